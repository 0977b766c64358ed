"""The words of the board's island, and the component that brings it to a page."""

import json
import re

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from cantiere.foundation.ui import boards
from tests.architecture.source import ROOT

ISLAND = [*(ROOT / "frontend/board").glob("*.ts"), *(ROOT / "frontend/islands/board").glob("*.ts")]
# Words whose last part is told by a value: the values it may have.
MADE = {
    "colour_": ["yellow", "green", "blue", "pink", "orange", "grey"],
    "news_": ["new", "text", "moved", "gone", "group", "comment"],
    "did_": ["new", "text", "moved", "gone", "group", "comment"],
    "stage_": ["saved", "sent", "kept", "joining", "away", "gone"],
    "refused_": ["forbidden", "limits", "wrong", "closed", "anew"],
    "place_": [f"{row}{column}" for row in range(3) for column in range(3)],
    "shift_": ["left", "right", "up", "down"],
    "view_": ["sheet", "list", "sheet_now", "list_now"],
}


def said_by_the_island():
    """Every word that the code asks for."""
    text = "\n".join(file.read_text(encoding="utf-8") for file in ISLAND)
    plain = {
        word
        for call in re.findall(r"\.say\(\s*([^`][^;]*?)[,)]", text)
        for word in re.findall(r"\"([a-z_0-9]+)\"", call)
    }
    started = set(re.findall(r"`([a-z]+_)\$\{", text))
    undone = {f"{word}_done" for word in ("undo", "redo")} if "_done`" in text else set()
    assert started >= MADE.keys() - {"view_"}
    return plain | {f"{start}{end}" for start, ends in MADE.items() for end in ends} | undone


def test_the_island_has_every_word_that_it_says_and_no_other():
    assert set(boards.words()) == said_by_the_island()


def test_words_are_italian_and_tell_one_from_several():
    with translation.override("it"):
        words = boards.words()
    assert words["dots_left"] == ["Ti resta {n} bollino.", "Ti restano {n} bollini."]
    assert words["stage_saved"] == "Salvato sul telefono"
    assert words["news_new"] == ["{n} nota nuova in {area}", "{n} note nuove in {area}"]


@pytest.mark.parametrize("script", ["</script><b>", "Forze"])
def test_the_component_holds_the_board_and_what_stands_without_script(script):
    board = boards.BoardData(
        room=7,
        key="k.t1",
        ticket="T",
        renew="/renew/",
        areas=[boards.Area("s", script, "Che cosa?")],
        written=[boards.Written(script, [("Persone", ["Molte"])], ["Una <nota>"]), boards.Written("Vuota")],
    )
    with translation.override("it"):
        page = render_to_string("ui/components/board.html", {"board": board})
    areas = re.search(r"<script id=\"board-areas\" type=\"application/json\">(.*?)</script>", page)[1]
    assert json.loads(areas)[0] == {
        "key": "s", "title": script, "prompt": "Che cosa?", "x": 0, "y": 0, "w": 1000, "h": 1000
    }  # fmt: skip
    assert 'room="7" key="k.t1" ticket="T" renew="/renew/"' in page
    assert "<li>Una &lt;nota&gt;</li>" in page
    assert "Ancora nessuna nota." in page
    assert "<form" not in page
