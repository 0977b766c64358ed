"""A whole world café: prepared from the shelf, three rounds in which everybody meets others, results."""

import re

import pytest

from tests.browser import Keyboard, assert_sound, needs_browser
from tests.journeys.evening import (
    close,
    harvest_and_publish,
    join,
    open_laboratory,
    pairs,
    prepare,
    press,
    seats_now,
    write_note,
)

pytestmark = [pytest.mark.journey, needs_browser]
NAMES = ("Anna", "Bice", "Ciro")  # who has a page open
ROUNDS = (
    ("Primo giro", "Che cosa vediamo", "Il mercato si svuota"),
    ("Secondo giro", "Che cosa ritorna", "Le botteghe tornano in ogni racconto"),
    ("Terzo giro", "Che cosa proponiamo", "Aprire le botteghe una sera al mese"),
)


def _write_by_keyboard(page, text):
    """Somebody with a keyboard alone finds the field, writes, and hears that it is there."""
    keys = Keyboard(page)
    keys.tab_to("Nuova nota", tag="textarea")
    keys.type(text)
    page.keyboard.press("Enter")
    page.locator(".note", has_text=text).first.wait_for()


def _round(desk, slug, phones, keyboard, number, before):
    """Groups, a note at each table, the call back; gives who sat where and what stood at which table."""
    title, area, text = ROUNDS[number]
    press(desk, f"Avanti: {title}")
    press(desk, "Forma i gruppi")
    press(desk, "Via: 20 minuti")
    block = desk.locator("li[aria-current='step']").get_attribute("id").removeprefix("step-")
    seats, written = seats_now(desk, slug, block), {}
    for phone, who in zip((*phones, keyboard), NAMES, strict=True):
        phone.get_by_role("heading", name=title, level=1).wait_for()
        (table,) = [table for table, names in seats.items() if who in names]
        # Their phone no longer says the table of the round before.
        phone.locator(".lab-table-name", has_text=table).first.wait_for()
        phone.get_by_role("heading", name=area).first.wait_for()
        # At a new table stands what those before wrote there.
        for earlier in before.get(table, ()):
            phone.locator(".note", has_text=earlier).first.wait_for(state="attached")
        note = f"{text} ({number}, {table})"
        if phone is keyboard:
            _write_by_keyboard(phone, note)
        else:
            write_note(phone, note)
        written.setdefault(table, []).append(note)
    assert_sound(phones[number % 2])
    assert_sound(keyboard)
    press(desk, "Richiama tutti in plenaria")
    return seats, {table: [*before.get(table, ()), *written.get(table, ())] for table in {*before, *written}}


def test_a_world_cafe_from_the_shelf_to_its_results(visit):
    desk, screen = visit(by="bruno@example.org"), visit(width=1920, height=1080)
    phones, keyboard = [visit(width=390, height=844), visit(width=360, height=740)], visit()
    slug = prepare(desk, "Un caffè sul mercato", method="World café", tables=3)
    code = open_laboratory(desk, screen, slug)
    for page, name in zip([*phones, keyboard], NAMES, strict=True):
        join(page, code, name, sound=page is keyboard)
    for name in ("Dora", "Elio", "Fede", "Gino", "Ines", "Lara"):
        other = visit(script=False)
        join(other, code, name, sound=False)
        other.close()

    press(desk, "Comincia: Benvenuti al caffè")
    screen.get_by_role("heading", name="Benvenuti al caffè").wait_for()
    met, notes = [], {}
    for number in range(3):
        seats, notes = _round(desk, slug, phones, keyboard, number, notes)
        assert sorted(map(len, seats.values())) == [3, 3, 3]
        assert not met or not pairs(seats) & set().union(*met), seats
        met.append(pairs(seats))
    assert_sound(screen)

    press(desk, "Avanti: Che cosa portano i tavoli")
    press(desk, "Raccogli le lavagne")
    screen.get_by_text("Aprire le botteghe una sera al mese").first.wait_for()
    assert screen.get_by_text("Il mercato si svuota").count() == 0  # of earlier rounds the boards keep it
    press(desk, "Avanti: Che cosa conta di più per noi")
    press(desk, "Apri la domanda")
    phones[1].get_by_role("checkbox", name=re.compile("Aprire le botteghe")).first.check()
    phones[1].get_by_role("button", name="Invia").click()
    phones[1].get_by_text("Registrato").first.wait_for()
    press(desk, "Chiudi le risposte")
    press(desk, "Mostra i risultati")
    assert_sound(desk)

    close(desk)
    phones[0].get_by_role("heading", name="Il laboratorio è finito").wait_for()
    assert_sound(phones[0])
    harvest_and_publish(desk, slug)
    phones[0].get_by_role("button", name="Le mie parole").click()
    phones[0].get_by_text("Il mercato si svuota").first.wait_for()
    assert_sound(phones[0])
    visitor = visit(width=390)
    visitor.goto(f"/laboratori/{slug}/risultati/")
    for title, _area, text in ROUNDS:
        visitor.get_by_role("heading", name=title).wait_for()
        visitor.get_by_text(text).first.wait_for()
    assert_sound(visitor)
