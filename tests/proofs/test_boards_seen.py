"""Boards as people meet them: a real server, real browsers, a mouse, a finger, only keys, no network, no script."""

import json
import re
import secrets
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pycrdt
import pytest
from django.conf import settings

from cantiere.foundation.live import tickets
from tests.browser import Keyboard, needs_browser, too_wide, violations
from tests.proofs.boards import Person, a_note, number
from tests.proofs.house import House, free_port, until

pytestmark = [pytest.mark.long, needs_browser]
KEPT = "[data-stage=kept]"


class Served(NamedTuple):
    """A running toy house: where it is, and rooms nobody was in yet."""

    port: int
    rooms: list[int]


class Hall:
    """A room of its own, and windows on its boards; each is a person of its own."""

    def __init__(self, served: Served, browser: Any) -> None:
        self.port, self.room = served.port, served.rooms.pop()
        self.browser, self.contexts = browser, []
        self.site = f"http://127.0.0.1:{self.port}"
        self.complaints: list[str] = []

    def open(self, who: str, key: str = "t1", *, width: int = 1280, lead: bool = False, **more: Any) -> Any:
        """A window on a board."""
        context = self.browser.new_context(
            locale="it-IT", viewport={"width": width, "height": 860}, base_url=self.site, **more
        )
        context.set_default_timeout(30_000)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._said)
        self.visit(page, who, key, lead=lead)
        return page

    def _said(self, message: Any) -> None:
        # That there is no network is no complaint of ours.
        if message.type == "error" and not re.match("Failed to load|WebSocket connection", message.text):
            self.complaints.append(message.text)

    def visit(self, page: Any, who: str, key: str = "t1", *, lead: bool = False) -> None:
        page.goto(f"/boards/{key}/?room={self.room}&who={who}{'&lead' if lead else ''}")

    def mode(self, **body: Any) -> None:
        """Say what those who do not lead may do."""
        ticket = tickets.issue(room=self.room, actor="lead", audience="desk", lead=True)
        sent = {"key": secrets.token_hex(16), "kind": "mode", "slot": "", "body": body}
        request = urllib.request.Request(
            f"{self.site}/live/{self.room}/act",
            json.dumps(sent).encode(),
            {"Authorization": f"Live {ticket}"},
        )
        urllib.request.urlopen(request, timeout=20).read()

    def close(self) -> None:
        for context in self.contexts:
            context.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    house = House(tmp_path_factory.mktemp("boards") / "data", CANTIERE_SECRET_KEY=settings.SECRET_KEY)
    try:
        made = house.python(
            "from cantiere.foundation.live import actions\n"
            "print(*(actions.make(kind='tables', key=str(n)).pk for n in range(20)))"
        )
        port = free_port()
        house.start("serve", "--port", str(port), ready=" is at http")
        yield Served(port, [int(room) for room in made.split()[-20:]])
    finally:
        house.close()


@pytest.fixture
def hall(served: Served, browser: Any) -> Iterator[Hall]:
    made = Hall(served, browser)
    yield made
    made.close()
    assert made.complaints == []


def write(page: Any, text: str, area: str = "") -> None:
    """Add a note by the field below the board."""
    field = page.get_by_label("Nuova nota")
    field.click()
    if area:
        page.get_by_label("Area", exact=True).first.select_option(label=area)
    field.fill(text)
    field.press("Enter")


def kept(page: Any) -> None:
    """Wait until the server has everything."""
    page.locator(f".board-stage{KEPT}").wait_for()


def note(page: Any, text: str) -> Any:
    return page.locator(".note-face", has_text=text)


def told(page: Any) -> str:
    """What was read out of one's own steps."""
    return str(page.locator(".board-voice > [role=status]").first.text_content())


def test_two_people_on_one_board_see_the_same(hall: Hall) -> None:
    """Add, rewrite, drag, vote, comment: whatever one does the other sees, in the other view too."""
    one, two = hall.open("a", lead=True), hall.open("b", width=390, has_touch=True)
    two.get_by_text("Elenco").click()
    write(one, "Pochi autobus", "Debolezze")
    write(two, "La piazza", "Forze")
    note(two, "Pochi autobus").wait_for()
    note(one, "La piazza").wait_for()
    note(one, "Pochi autobus").scroll_into_view_if_needed()
    here = note(one, "Pochi autobus").bounding_box()
    there = one.locator("[data-area=t] .area-sheet").bounding_box()
    one.mouse.move(here["x"] + 20, here["y"] + 20)
    one.mouse.down()
    one.mouse.move(there["x"] + 200, here["y"] + 120, steps=4)
    one.mouse.move(there["x"] + 200, min(there["y"] + 90, 700), steps=6)
    one.mouse.up()
    two.locator("[data-area=t]", has_text="Pochi autobus").wait_for()
    until(lambda: "Spostata in Minacce" in told(one))
    note(two, "La piazza").click()
    two.get_by_label("Testo").fill("La piazza del mercato")
    two.get_by_role("button", name="Un bollino in più").click()
    two.get_by_text(re.compile("^Commenti")).click()
    two.get_by_label("Il tuo commento").fill("Sempre piena")
    two.get_by_role("button", name="Commenta").click()
    two.get_by_role("button", name="Fatto").click()
    mine = note(one, "La piazza del mercato")
    mine.wait_for()
    until(lambda: "1 bollino, 1 commento" in mine.text_content())
    until(lambda: "qualcuno sta scrivendo qui" not in mine.text_content())
    for page in (one, two):
        kept(page)


def test_everything_can_be_done_with_keys_alone(hall: Hall) -> None:
    """In the list: write, read, rewrite, colour, move, group, undo; the place of the focus shows at every stop."""
    page = hall.open("a", lead=True)
    kept(page)
    keys = Keyboard(page)
    keys.tab_to("Foglio", tag="input")
    page.keyboard.press("ArrowRight")
    assert page.locator(".board").get_attribute("data-view") == "list"
    keys.tab_to("Nuova nota", tag="textarea")
    for text in ("Uno", "Due", "Tre"):
        keys.type(text)
        page.keyboard.press("Enter")
        until(lambda: "Nota aggiunta in Forze" in told(page))
    page.locator("h1").evaluate("one => { one.tabIndex = -1; one.focus() }")
    at = keys.tab_to("^Uno", tag="button")
    assert re.search(r"Uno.*, giallo, Forze, 1 di 3, tua", at["name"])
    page.keyboard.press("ArrowDown")
    assert "2 di 3" in keys.stop()["name"]
    page.keyboard.press("Enter")
    page.keyboard.press("End")
    keys.type(" e mezzo")
    keys.tab_to("Sposta", tag="summary")
    page.keyboard.press("Enter")
    keys.tab_to("Area", tag="select")
    page.keyboard.type("Minacce")
    keys.tab_to("^Sposta$", tag="button")
    page.keyboard.press("Enter")
    until(lambda: "Spostata in Minacce" in told(page))
    page.keyboard.press("Escape")
    assert re.search("Due e mezzo.*, giallo, Minacce, 1 di 1", keys.stop()["name"])
    page.keyboard.press("Control+z")
    until(lambda: page.locator("[data-area=s] .note").count() == 3)
    until(lambda: "annullato" in told(page))
    note(page, "Due e mezzo").focus()
    page.keyboard.press("Enter")
    keys.tab_to("Togli", tag="button")
    page.keyboard.press("Enter")
    until(lambda: page.locator(".note").count() == 2)
    keys.stop()
    page.reload()
    kept(page)
    assert page.locator(".board").get_attribute("data-view") == "list"
    assert page.locator(".note").count() == 2


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_both_views_bear_axe(hall: Hall, width: int) -> None:
    page = hall.open("a", lead=True, width=width)
    for text in ("Trasporti la sera", "Trasporto scolastico", "Trasporti cari"):
        write(page, text)
    kept(page)
    for view in ("Elenco", "Foglio"):
        page.locator(".board-switch").get_by_text(view).click()
        assert violations(page) + too_wide(page) == []
        note(page, "Trasporti la sera").click()
        for summary in page.locator("dialog[open] summary").all():
            summary.click()
        assert violations(page) + too_wide(page) == []
        page.keyboard.press("Escape")
    page.locator(".board-menu > summary").click()
    assert violations(page) == []
    page.get_by_role("button", name="Proponi gruppi").click()
    assert violations(page) + too_wide(page) == []
    page.get_by_role("checkbox", name=re.compile("3 note")).check()
    page.get_by_role("button", name="Crea i gruppi spuntati").click()
    page.get_by_role("heading", name=re.compile("^Trasporti")).get_by_role("button").click()
    assert violations(page) + too_wide(page) == []
    small = page.evaluate(
        """() => [...document.querySelectorAll('.board button, .board summary, .board select')]
            .filter(one => one.checkVisibility())
            .map(one => [one.getBoundingClientRect(), one.textContent])
            .filter(([box]) => box.width < 24 || box.height < 24).map(([, text]) => text)"""
    )
    assert small == []


def test_a_board_that_is_frozen_keeps_what_was_half_written(hall: Hall) -> None:
    page = hall.open("a")
    write(page, "Prima")
    kept(page)
    page.get_by_label("Nuova nota").fill("a metà di una fra")
    hall.mode(add=False, dots=0)
    page.get_by_text("La lavagna è ferma: puoi leggere").wait_for()
    assert page.get_by_label("Nuova nota").input_value() == "a metà di una fra"
    assert page.get_by_role("button", name="Aggiungi").is_disabled()
    page.reload()
    kept(page)
    assert page.get_by_label("Nuova nota").input_value() == "a metà di una fra"
    hall.mode(add=True, dots=0)
    until(lambda: page.get_by_role("button", name="Aggiungi").is_enabled())
    page.get_by_label("Nuova nota").press("Enter")
    note(page, "a metà di una fra").wait_for()


def test_without_network_one_goes_on_and_it_leaves_later(hall: Hall) -> None:
    """Written, taken away again, page closed, opened: what stands is on the server when the network is back."""
    one, two = hall.open("a"), hall.open("b")
    kept(one)
    one.context.set_offline(True)
    one.get_by_text("Sei senza rete").wait_for()
    write(one, "Scritta in galleria")
    write(one, "Ripensata")
    one.get_by_role("button", name="Annulla").click()
    one.locator(".board-stage", has_text="Senza rete").wait_for()
    assert two.locator(".note").count() == 0
    one.close()
    again = one.context.new_page() if one.context else None
    assert again is not None
    again.context.set_offline(False)
    hall.visit(again, "a")
    note(two, "Scritta in galleria").wait_for()
    kept(again)
    assert two.locator(".note").count() == 1
    assert again.locator(".board-refused").is_hidden()


def test_a_change_that_came_too_late_is_given_back(hall: Hall) -> None:
    """Written without network; meanwhile the board is frozen: the person is told, and has their words."""
    page = hall.open("a")
    kept(page)
    page.context.set_offline(True)
    page.get_by_text("Sei senza rete").wait_for()
    write(page, "Arrivo tardi")
    hall.mode(add=False, dots=0)
    page.context.set_offline(False)
    said = page.locator(".board-refused")
    said.wait_for()
    assert "intanto la lavagna è stata fermata" in said.text_content()
    assert page.locator(".note").count() == 0
    said.get_by_role("button", name="Rimettilo nel campo").click()
    assert page.get_by_label("Nuova nota").input_value() == "Arrivo tardi"


def test_where_sockets_are_blocked_requests_do_the_same(hall: Hall) -> None:
    one = hall.open("a")
    two = hall.open("b")
    for page in (one, two):
        page.context.route_web_socket(re.compile("/live/"), lambda socket: socket.close())
    two.reload()
    until(lambda: two.locator(f".board-stage{KEPT}").count() == 1, within=60)
    write(one, "Da chi ha la presa")
    note(two, "Da chi ha la presa").wait_for()
    write(two, "Da chi non la ha")
    note(one, "Da chi non la ha").wait_for()
    kept(two)


def test_others_are_told_now_and_then_and_on_demand(hall: Hall) -> None:
    one, two = hall.open("a"), hall.open("b")
    kept(one)
    kept(two)
    for text in ("1", "2", "3"):
        write(two, text, "Minacce")
    write(two, "4", "Forze")
    region = one.locator(".board-voice > [role=status]").nth(1)
    until(lambda: region.text_content() != "", within=20)
    assert region.text_content() == "3 note nuove in Minacce, 1 in Forze."
    one.get_by_role("button", name=re.compile("Che cosa è cambiato")).click()
    assert one.locator("dialog[open] li").count() == 4
    assert "Nuova in Minacce" in one.locator("dialog[open]").text_content()


def test_paper_and_photos_come_in_by_who_leads(hall: Hall) -> None:
    page = hall.open("a", lead=True)
    page.get_by_label("Scrivo per chi è in sala o da un foglio").check()
    page.get_by_label("Tavolo o gruppo").fill("Tavolo 3")
    write(page, "Dalla carta")
    until(lambda: "dalla sala, tavolo 3" in note(page, "Dalla carta").text_content())
    page.locator("input[type=file]").set_input_files(
        {"name": "f.png", "mimeType": "image/png", "buffer": b"\x89PNG"}
    )
    page.locator(".note-photo").wait_for()
    page.get_by_label("Scrivo per chi è in sala o da un foglio").uncheck()
    page.locator("input[type=file]").set_input_files(
        {"name": "g.png", "mimeType": "image/png", "buffer": b"\x89PNG"}
    )
    photos = page.locator(".note", has=page.locator(".note-photo"))
    until(lambda: photos.filter(has_text="dalla sala, tavolo 3").count() == 2)
    kept(page)


def test_who_has_no_script_reads_and_writes(hall: Hall) -> None:
    page = hall.open("a", java_script_enabled=False)
    assert page.get_by_role("heading", name="Forze").is_visible()
    assert page.get_by_text("Molti volontari").is_visible()
    assert page.get_by_role("button", name="Aggiungi la nota").is_visible()


def longest_task(trace: bytes) -> float:
    """The most processor time, in milliseconds, that one task of a page's thread took in a trace.

    Processor time, not time: a machine that does other things as well does not make a page slow.
    """
    events = json.loads(trace)["traceEvents"]
    pages = {
        (one["pid"], one["tid"])
        for one in events
        if one["name"] == "thread_name" and one["args"]["name"] == "CrRendererMain"
    }
    took = [
        one.get("tdur", 0)
        for one in events
        if (one["pid"], one["tid"]) in pages and one["name"].endswith("RunTask")
    ]
    assert took
    return max(took) / 1000


def fill(writer: Person) -> None:
    """Three hundred notes in four areas."""

    def write_all(doc: Any) -> None:
        for n in range(300):
            made = a_note("by-z", f"nota {n} con qualche parola in più", area="swot"[n % 4], order=float(n))
            made |= {"x": float(n * 37 % 1000), "y": float(n * 91 % 1000)}
            doc["notes"][number()] = pycrdt.Map(made)

    writer.edit(write_all)
    writer.all_kept()


@pytest.mark.parametrize(("view", "width"), [("Foglio", 390), ("Foglio", 1280), ("Elenco", 390)])
def test_three_hundred_notes_on_a_slow_phone(
    hall: Hall, say: Callable[[str], None], view: str, width: int
) -> None:
    """CPU slowed six times: what somebody else writes shows, and no task holds the page for half a second.

    The aim is a tenth of a second. Seen while twelve others waited for two processors, which makes the same work
    take half as long again: 170 to 340 ms, most of it the browser's layout of the area that changed.
    """
    lead = tickets.issue(room=hall.room, actor="z", audience="group:t1", lead=True)
    writer = Person(hall.port, hall.room, "t1", lead).synced()
    fill(writer)
    page = hall.open("b", width=width)
    kept(page)
    page.locator(".board-switch").get_by_text(view).click()
    until(lambda: page.locator(".note").count() >= 300)
    page.wait_for_timeout(1000)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
    page.wait_for_timeout(1000)
    hall.browser.start_tracing(categories=["toplevel", "disabled-by-default-devtools.timeline"])
    for n in range(12):
        made = writer.note("by-z", f"nuova {n}", area="swot"[n % 4], order=1_000.0 + n)
        writer.set("notes", made, x=500.0, colour="blue")
        page.wait_for_timeout(250)
    writer.all_kept()
    until(lambda: page.locator(".note").count() >= 312, within=120)
    longest = longest_task(hall.browser.stop_tracing())
    writer.close()
    said = f"{view} at {width} px: {longest:.0f} ms"
    say(f"Boards: 300 notes, CPU slowed 6 times, longest task while another person writes, {said}")
    assert longest <= 500
