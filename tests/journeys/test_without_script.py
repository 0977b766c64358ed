"""A participant whose browser runs no script does everything all the same."""

import pytest

from tests.browser import assert_sound, needs_browser

pytestmark = [pytest.mark.journey, needs_browser]


def test_a_participant_without_script(visit, sign_in):
    page = visit(width=390, height=844, script=False)
    page.goto("/")
    assert_sound(page)
    box = page.locator("main").get_by_role("searchbox").or_(page.locator("main input[name=q]")).first
    box.fill("fasilitare distansa")
    box.press("Enter")
    page.wait_for_url("**/cerca/**")
    assert_sound(page)
    page.locator("main").get_by_role("link", name="facilitare un gruppo").first.click()
    page.get_by_role("heading", name="Laboratorio: facilitare un gruppo a distanza", level=1).wait_for()

    page.goto("/incontri/prepariamo-il-nuovo-bando-partecipazione/")
    page.get_by_role("link", name="Iscriviti").click()
    sign_in(page, "piero@example.org", name="Piero", start=None)
    page.get_by_label("Qualcosa che dobbiamo sapere").fill("Mi servono i sottotitoli")
    page.get_by_role("button", name="Iscriviti").click()
    page.wait_for_url("**/incontri/prepariamo-il-nuovo-bando-partecipazione/")
    page.get_by_text("Hai un posto").first.wait_for()
    assert_sound(page)

    page.get_by_role("link", name="Le mie attività").first.click()
    page.locator("main").get_by_role("link", name="Prepariamo il nuovo Bando partecipazione").first.wait_for()
    assert_sound(page)

    page.goto("/programmi/next-generation-siena/")
    page.get_by_role("button", name="Segui il programma").first.click()
    page.get_by_role("button", name="Lo segui").first.wait_for()
    assert_sound(page)
    page.goto("/le-mie-attivita/")
    page.locator("main").get_by_role("link", name="Next Generation Siena").wait_for()

    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Esci").or_(page.get_by_role("link", name="Esci")).first.click()
    page.wait_for_load_state()
    if "/esci/" in page.url:
        assert_sound(page)
        page.locator("main").get_by_role("button", name="Esci").click()
    page.get_by_role("link", name="Accedi").first.wait_for()
    assert page.goto("/le-mie-attivita/").url.split("?")[0].endswith("/entra/")
    assert_sound(page)
