"""Preparing a run sheet: what keeps a block from running, when each begins, where areas lie."""

from datetime import UTC, datetime

import pytest

from cantiere.engine.lab import (
    Block,
    BreakPlan,
    GroupsPlan,
    HarvestPlan,
    Option,
    PlenaryPlan,
    QuestionPlan,
    VotePlan,
)
from cantiere.engine.lab.checking import missing, sources
from cantiere.engine.lab.layout import areas_of, blocks_on, board_of, columns_for, headings, laid_out
from cantiere.engine.lab.options import kept, lines_of
from cantiere.engine.lab.script import Area, Script, Table
from cantiere.engine.lab.timetable import length, starts

AREAS = (Area("a1", "Idee"),)
TWO = (Option("o1", "Sì"), Option("o2", "No"))
IDEAS = Block("b1", QuestionPlan("Che cosa manca?", "ideas"), "Domanda")
TABLES = Block("b2", GroupsPlan(areas=AREAS), "Ai tavoli")
TALK = Block("b3", GroupsPlan(), "A voce")
WALL = Block("b4", HarvestPlan("b2"), "Raccolta")


def at(hour, minute=0, day=1):
    return datetime(2026, 6, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("plan", "earlier", "expected"),
    [
        (PlenaryPlan(), [], []),
        (BreakPlan(), [], []),
        (QuestionPlan("Che cosa manca?"), [], []),
        (QuestionPlan(""), [], [("prompt", "no_prompt")]),
        (QuestionPlan("Quale?", "single", TWO[:1]), [], [("options", "few_options")]),
        (QuestionPlan("Quale?", "single", TWO), [], []),
        (QuestionPlan("Quali?", "multiple", TWO, most=3), [], [("most", "most_beyond")]),
        (QuestionPlan("Quanto?", "scale"), [], []),
        (QuestionPlan("Dove?", "pin"), [], []),
        (QuestionPlan("D'accordo?", "statements"), [], [("options", "no_statements")]),
        (QuestionPlan("D'accordo?", "statements", TWO[:1]), [], []),
        (QuestionPlan("Quale?", "quiz", TWO), [], [("right", "no_right")]),
        (QuestionPlan("Quale?", "quiz", TWO, right=("o9",)), [], [("right", "no_right")]),
        (QuestionPlan("Quale?", "quiz", TWO, right=("o2",)), [], []),
        (GroupsPlan(tables=("t1",)), [], []),
        (GroupsPlan(tables=("t9",)), [], [("tables", "group_gone")]),
        (GroupsPlan("rotate", of="b1"), [IDEAS], [("of", "no_earlier_groups")]),
        (GroupsPlan("rotate", of="b1"), [IDEAS, TABLES], [("of", "no_source")]),
        (GroupsPlan("same", of="b2"), [IDEAS, TABLES], []),
        (GroupsPlan(dots=3), [], [("dots", "dots_without_board")]),
        (GroupsPlan("rotate", of="b2", goes_on=True, dots=3), [IDEAS, TABLES], []),
        (HarvestPlan("b5"), [TABLES, Block("b5", GroupsPlan("same", of="b2", goes_on=True), "Ancora")], []),
        (HarvestPlan("b3"), [TALK], [("of", "nothing_to_gather")]),
        (HarvestPlan("b3"), [TABLES, TALK], [("of", "no_source")]),
        (HarvestPlan("b1"), [IDEAS], []),
        (VotePlan("", "Che cosa prima?"), [], [("of", "nothing_to_weigh")]),
        (VotePlan("b4", ""), [TABLES, WALL], [("prompt", "no_prompt")]),
        (VotePlan("b4", "Che cosa prima?"), [TABLES, WALL], []),
    ],
)  # fmt: skip
def test_what_keeps_a_block_from_running(plan, earlier, expected):
    assert missing(Block("b8", plan, "Prova"), earlier, {"t1", "t2"}) == expected


def test_work_in_groups_needs_groups():
    assert missing(TABLES, [], set()) == [("tables", "no_groups")]


def test_groups_that_are_dealt_anew_follow_nobody():
    assert sources(GroupsPlan(), [TABLES]) == []
    assert sources(GroupsPlan("rotate"), [IDEAS, TABLES, TALK]) == [TABLES, TALK]
    assert sources(VotePlan(), [IDEAS, TABLES, TALK, WALL]) == [IDEAS, TABLES, WALL]


def test_blocks_begin_one_after_the_other():
    assert starts([10, 20, 5], [(at(18), at(20))]) == [at(18), at(18, 10), at(18, 30)]


def test_without_sessions_nobody_knows_when():
    assert starts([10, 20], []) == [None, None]
    assert length([]) == 0


def test_what_does_not_fit_begins_with_the_next_session():
    sessions = [(at(18), at(19)), (at(9, day=2), at(10, day=2))]
    assert starts([60, 30, 45, 10], sessions) == [at(18), at(9, day=2), at(9, 30, day=2), at(10, 15, day=2)]
    assert length(sessions) == 120


def test_a_session_too_short_for_anything_is_left_out():
    sessions = [(at(18), at(18)), (at(19), at(20))]
    assert starts([10], sessions) == [at(19)]


@pytest.mark.parametrize(
    ("count", "columns"), [(0, 1), (1, 1), (2, 2), (3, 2), (4, 2), (5, 3), (9, 3), (10, 4)]
)
def test_areas_stand_near_to_a_square(count, columns):
    assert columns_for(count) == columns


@pytest.mark.parametrize(("count", "columns"), [(1, 1), (3, 3), (4, 2), (5, 3), (7, 3)])
def test_areas_cover_the_board_and_never_each_other(count, columns):
    placed = laid_out([Area(f"a{n}", "x") for n in range(count)], columns)
    assert sum(area.w * area.h for area in placed) == pytest.approx(1000 * 1000, rel=0.01)
    covered = set()
    for area in placed:
        cells = {
            (x, y) for x in range(area.x, area.x + area.w, 10) for y in range(area.y, area.y + area.h, 10)
        }
        assert not cells & covered
        covered |= cells
        assert area.x + area.w <= 1000
        assert area.y + area.h <= 1000


def test_no_area_needs_no_place():
    assert laid_out([], 2) == ()


def texts(*options):
    return [(option.key, option.text) for option in options]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Autobus", "Bici", "Piedi"], [("o1", "Autobus"), ("o2", "Bici"), ("o3", "Piedi")]),
        (["Autobus", "Biciclette", "Piedi"], [("o1", "Autobus"), ("o2", "Biciclette"), ("o3", "Piedi")]),
        (["Piedi", "Autobus", "Bici"], [("o3", "Piedi"), ("o1", "Autobus"), ("o2", "Bici")]),
        (["Autobus", "Treno", "Bici", "Piedi"], [("o1", "Autobus"), ("new", "Treno"), ("o2", "Bici"), ("o3", "Piedi")]),
        (["Bici"], [("o2", "Bici")]),
        (["Uno", "Due", "Tre", "Quattro"], [("o1", "Uno"), ("o2", "Due"), ("o3", "Tre"), ("new", "Quattro")]),
        ([], []),
    ],
)  # fmt: skip
def test_options_keep_their_keys_when_words_change(lines, expected):
    old = [Option("o1", "Autobus"), Option("o2", "Bici"), Option("o3", "Piedi")]
    assert texts(*kept(old, lines, lambda: "new")) == expected


def test_lines_lose_the_signs_of_a_list():
    assert lines_of("- Autobus\n\n* Bici  rosse\n•Piedi\n  \n") == ["Autobus", "Bici rosse", "Piedi"]


def cafe(*plans):
    blocks = {f"r{place}": Block(f"r{place}", plan, "Giro") for place, plan in enumerate(plans, 1)}
    return Script(blocks, {key: Table(key, key) for key in ("t1", "t2")})


ROUNDS = cafe(
    GroupsPlan(areas=(Area("a1", "Vediamo", w=500), Area("a2", "Sorprende", x=500, w=500))),
    GroupsPlan("rotate", of="r1", goes_on=True, areas=(Area("a1", "Ritorna"),)),
    GroupsPlan("rotate", of="r2", goes_on=True),
)


def test_a_table_keeps_its_board_when_people_go_on():
    assert [board_of(ROUNDS, key, "t1") for key in ROUNDS.blocks] == ["r1.t1"] * 3
    assert list(blocks_on(ROUNDS, "r1.t2")) == ["r1", "r2", "r3"]
    assert headings(ROUNDS, "r1.t1") == {
        "a1": ("r1", "Vediamo"),
        "a2": ("r1", "Sorprende"),
        "r2.a1": ("r2", "Ritorna"),
    }


def test_new_areas_stand_above_those_that_were_there_and_none_covers_another():
    assert areas_of(ROUNDS, "r1") == ROUNDS.blocks["r1"].plan.areas
    assert areas_of(ROUNDS, "r2") == (
        Area("r2.a1", "Ritorna", y=0, h=500),
        Area("a1", "Vediamo", w=500, y=500, h=500),
        Area("a2", "Sorprende", x=500, w=500, y=500, h=500),
    )
    assert areas_of(ROUNDS, "r3") == areas_of(ROUNDS, "r2")


def test_a_board_that_all_share_goes_on_shared_and_talk_has_none():
    shared = cafe(
        GroupsPlan(areas=AREAS, shared=True), GroupsPlan("same", of="r1", goes_on=True), GroupsPlan()
    )
    assert [board_of(shared, key, "t1") for key in shared.blocks] == ["r1", "r1", ""]
    assert list(blocks_on(shared, "r1")) == ["r1", "r2"]
    assert blocks_on(shared, "") == blocks_on(shared, "r1.t1") == blocks_on(shared, "r3.t1") == {}


def test_blocks_that_go_on_from_each_other_end():
    circle = cafe(
        GroupsPlan("same", of="r2", goes_on=True, areas=AREAS), GroupsPlan("same", of="r1", goes_on=True)
    )
    assert board_of(circle, "r1", "t1")
    assert board_of(cafe(GroupsPlan("same", of="gone", goes_on=True, areas=AREAS)), "r1", "t1") == "r1.t1"
