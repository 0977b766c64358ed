"""Takes the pictures of README and guide from a served demonstration.

``script/server`` in one window, ``.venv/bin/python -m tests.journeys.pictures http://localhost:8000`` in another. The
demonstration must be fresh: its laboratory is held.
"""

import io
import re
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser import launch
from tests.journeys.evening import join, open_laboratory, press, write_note

FOLDER = Path(__file__).parents[2] / "docs" / "images"
COORDINATOR = "bruno@example.org"
LAB = "laboratorio-1-che-territorio-vogliamo-essere"
WORDS = {
    "Anna": ("laborioso", "lambrusco"), "Bice": ("aperto",), "Ciro": ("lambrusco", "argini"), "Dora": ("cooperazione",),
    "Elio": ("laborioso", "biciclette"), "Fatima": ("giovane",), "Gino": ("lambrusco",), "Hana": ("aperto", "pianura"),
    "Ivo": ("laborioso", "meccanica"), "Lia": ("lambrusco", "cooperazione"),
}  # fmt: skip
NOTES = (
    "La meccanica di precisione: piccole officine che lavorano per il mondo", "Il lambrusco si conosce ovunque",
    "Le cooperative si aiutano fra loro", "Argini ciclabili da un paese all’altro", "Le scuole tecniche sono vicine",
    "Chi arriva da fuori trova lavoro", "Le sagre le fanno i volontari", "Le botteghe tengono vivo il centro",
)  # fmt: skip


def shot(page):
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def save(picture, name, colours=128):
    """A palette of few colours: a third of the weight, and nobody sees the difference."""
    picture.quantize(colours, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


def keep(page, name):
    save(shot(page), name)


def together(screen, desk, phone):
    """The hall's screen and the desk one above the other, a phone beside them."""
    gap, width = 24, 900
    left = [
        each.resize((width, each.height * width // each.width), Image.Resampling.LANCZOS)
        for each in (screen, desk)
    ]
    height = sum(each.height for each in left) + 3 * gap
    made = Image.new("RGB", (width + phone.width + 3 * gap, height), "#dfe7e3")
    top = gap
    for each in left:
        made.paste(each, (gap, top))
        top += each.height + gap
    made.paste(phone, (width + 2 * gap, (height - phone.height) // 2))
    return made


def laboratory(window):
    """People say a word, then work at their tables, as the desk, the screen of the hall and a phone see it."""
    desk, screen = window(1280, 1010), window(1280, 720)
    sign_in(desk, COORDINATOR)
    code = open_laboratory(desk, screen, LAB)
    people = {name: window(390, 844) for name in WORDS}
    for name, page in people.items():
        join(page, code, name, sound=False)
    press(desk, "Comincia:")
    press(desk, "Avanti: Una parola")
    press(desk, "Apri la domanda")
    for name, page in people.items():
        for place, word in enumerate(WORDS[name], 1):
            page.get_by_label(f"Parola {place}").fill(word)
        page.get_by_role("button", name="Invia").click()
        page.get_by_text("Registrato").first.wait_for()
    press(desk, "Chiudi le risposte")
    press(desk, "Mostra i risultati")
    screen.get_by_text("laborioso").first.wait_for()
    screen.wait_for_timeout(1500)
    hall = shot(screen)
    press(desk, "Avanti: Forze, debolezze")
    press(desk, "Forma i gruppi")
    for page, text in zip(list(people.values())[:-2], NOTES, strict=True):
        write_note(page, text)
    press(desk, "Via:")
    helped = people["Lia"]
    helped.get_by_role("button", name="Chiedi aiuto").click()
    desk.get_by_text("Chiede aiuto").first.wait_for()
    desk.wait_for_timeout(1500)
    phone = people["Anna"]
    phone.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    save(together(hall, shot(desk), shot(phone)), "laboratorio", 144)


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
        laboratory(window)
        browser.close()


if __name__ == "__main__":
    take(sys.argv[1].rstrip("/"))
