"""From a sheet of paper to the answer: typed in the room, followed on a phone with a code, corrected, answered."""

import re

import pytest

from tests.browser import assert_sound, needs_browser

pytestmark = [pytest.mark.journey, needs_browser]
MEETING = "tavolo-di-negoziazione-riconvocazione"
PROGRAMME = "passo-patto-di-sviluppo-per-le-imprese-del-sorbara"
SAID = ("Una navetta la domenica", "Il mercatto coperto in inverno", "Più luce alla fermata")


def test_what_is_said_in_a_room_is_followed_to_its_answer(visit):
    team = visit(by="bruno@example.org")
    team.goto(f"/gestione/attivita/{MEETING}/contributi/scrivi/")
    team.get_by_label("Che cosa è stato detto").fill("\n".join(SAID))
    team.get_by_label("In quale momento").fill("Tavolo 3, seconda domanda")
    team.get_by_label("Prepara una ricevuta da stampare").check()
    assert_sound(team)
    team.get_by_role("button", name="Scrivi", exact=True).click()
    team.get_by_text("3 contributi scritti.").wait_for()
    code = team.locator(".receipt-code").inner_text().strip()
    team.locator(".slip img").evaluate("picture => picture.decode()")
    assert_sound(team)
    team.reload()
    assert team.locator(".receipt-code").inner_text().strip() == code

    phone = visit(width=390, height=844)
    phone.goto("/che-ne-e-stato/")
    phone.get_by_label("Codice della tua ricevuta").fill("000 000 0000")
    phone.get_by_role("button", name="Guarda").click()
    phone.get_by_role("link", name="Nessuna ricevuta ha questo codice").or_(
        phone.locator(".invalid-feedback", has_text="Nessuna ricevuta ha questo codice")
    ).first.wait_for()
    assert_sound(phone)
    phone.get_by_label("Codice della tua ricevuta").fill(code.lower().replace("0", "o"))
    phone.get_by_role("button", name="Guarda").click()
    phone.wait_for_url("**/che-ne-e-stato/ricevuta/")
    for words in SAID:
        phone.get_by_role("heading", name=words).wait_for()
    assert_sound(phone)

    phone.get_by_role("link", name=re.compile("Correggi.*mercatto")).click()
    phone.get_by_label("Che cosa hai detto").fill("Il mercato coperto in inverno")
    assert_sound(phone)
    phone.get_by_role("button", name="Salva").click()
    phone.get_by_role("heading", name="Il mercato coperto in inverno").wait_for()
    phone.get_by_text("Testo corretto da chi l’ha detto").wait_for()

    team.goto(f"/gestione/attivita/{MEETING}/contributi/?mostra=senza-tema")
    for words in ("Una navetta", "Il mercato coperto"):
        team.get_by_role("checkbox", name=words).check()
    team.get_by_label("oppure un tema nuovo").fill("La domenica in paese")
    team.get_by_role("button", name="Mettili nel tema").click()
    team.get_by_text("2 contributi messi in «La domenica in paese».").wait_for()
    team.goto(f"/gestione/attivita/{MEETING}/contributi/")
    assert_sound(team)
    team.get_by_role("checkbox", name="Il mercato coperto").check()
    team.get_by_label("Che cosa è successo").select_option("Accolto in parte")
    team.get_by_label("In parole").fill(
        "Da novembre a febbraio, il sabato: la domenica la piazza è già occupata."
    )
    team.get_by_role("button", name="Scrivilo accanto").click()
    team.get_by_text("Scritto accanto a 1 contributo.").wait_for()

    phone.reload()
    phone.get_by_text("La domenica in paese, con un altro contributo").first.wait_for()
    phone.get_by_text("la domenica la piazza è già occupata").wait_for()
    assert phone.get_by_role("link", name=re.compile("Correggi.*mercato")).count() == 0
    assert_sound(phone)
    phone.get_by_role("button", name="Chiudi la ricevuta").click()
    phone.wait_for_url("**/che-ne-e-stato/")
    phone.goto("/che-ne-e-stato/ricevuta/")
    phone.wait_for_url("**/che-ne-e-stato/")

    public = visit()
    public.goto(f"/programmi/{PROGRAMME}/contributi/?esito=accolto-in-parte&q=mercato")
    public.get_by_role("link", name="Il mercato coperto in inverno").click()
    public.get_by_text("Testo corretto da chi l’ha detto").wait_for()
    assert_sound(public)


def test_the_square_code_writes_the_code_and_leaves_the_address(visit):
    phone = visit(width=390, height=844)
    phone.goto("/che-ne-e-stato/#PASS02020K")
    assert phone.get_by_label("Codice della tua ricevuta").input_value() == "PASS02020K"
    assert phone.url.endswith("/che-ne-e-stato/")
    phone.get_by_role("button", name="Guarda").click()
    phone.get_by_text("3 cose che hai detto").wait_for()


def test_without_script_the_receipt_opens_too(visit):
    page = visit(width=390, script=False)
    page.goto("/che-ne-e-stato/")
    page.get_by_label("Codice della tua ricevuta").fill("pas s02 o20k")
    page.get_by_role("button", name="Guarda").click()
    page.get_by_text("3 cose che hai detto").wait_for()
    assert_sound(page)
