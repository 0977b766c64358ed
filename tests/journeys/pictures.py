"""Takes the pictures of README and guide from a served demonstration.

``script/server`` in one window, ``.venv/bin/python -m tests.journeys.pictures http://localhost:8000`` in another.
"""

import io
import re
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser import launch

FOLDER = Path(__file__).parents[2] / "docs" / "images"
COORDINATOR = "bruno@example.org"


def keep(page, name):
    """A palette of 128 colours: a third of the weight, and nobody sees the difference."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(128, dither=Image.Dither.NONE)
    picture.save(FOLDER / f"{name}.png", optimize=True)


def sign_in(page, email):
    page.goto("/entra/")
    page.fill("input[type=email]", email)
    page.click("text=Mandami il codice")
    page.wait_for_url(re.compile("codice"))
    mail = page.context.new_page()
    mail.goto("/posta-di-prova/")
    page.fill("input[name=code]", re.search(r"\d{4}-\d{4}", mail.inner_text("main"))[0])
    mail.close()
    page.click("main button.btn-primary")
    page.wait_for_load_state()


def take(site):
    with sync_playwright() as playwright:
        browser = launch(playwright)

        def window(width, height):
            return browser.new_context(
                base_url=site,
                locale="it-IT",
                timezone_id="Europe/Rome",
                viewport={"width": width, "height": height},
            ).new_page()

        desk = window(1280, 1250)
        desk.goto("/")
        keep(desk, "home")
        meeting = desk.locator("main a[href*='/incontri/']").first.get_attribute("href")
        desk = window(1280, 860)
        desk.goto(meeting)
        keep(desk, "incontro")
        phone = window(390, 844)
        phone.goto("/programmi/pistoia2030/")
        keep(phone, "telefono")
        team = window(1280, 1000)
        sign_in(team, COORDINATOR)
        team.goto("/gestione/programmi/pistoia2030/")
        keep(team, "gestione")
        browser.close()


if __name__ == "__main__":
    take(sys.argv[1].rstrip("/"))
