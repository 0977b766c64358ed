import re

from hypothesis import given
from hypothesis import strategies as st

from cantiere.engine import drawing

SQUARE = ((11.0, 44.0), (11.4, 44.0), (11.4, 44.3), (11.0, 44.3), (11.0, 44.0))
NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")


def test_a_strand_starts_and_ends_in_the_middle():
    assert drawing.strand("a").startswith("M0 12C")
    assert drawing.strand("a").endswith("100 12")
    assert drawing.strand("a", upright=True).endswith("12 100")


@given(st.text(max_size=20), st.booleans(), st.booleans())
def test_a_strand_stays_in_its_box(seed, bend, upright):
    values = [float(n) for n in NUMBERS.findall(drawing.strand(seed, bend=bend, upright=upright))]
    along, across = (values[1::2], values[::2]) if upright else (values[::2], values[1::2])
    assert all(0 <= value <= drawing.STRAND_LENGTH for value in along)
    assert all(0 <= value <= drawing.STRAND_WIDTH for value in across)


def test_a_bend_leaves_the_straight_way():
    straight = [float(n) for n in NUMBERS.findall(drawing.strand("x"))][1::2]
    bent = [float(n) for n in NUMBERS.findall(drawing.strand("x", bend=True))][1::2]
    assert max(abs(y - 12) for y in bent) > 9 > max(abs(y - 12) for y in straight)


def test_the_same_name_gives_the_same_cover_and_another_name_another():
    first = drawing.cover("Pistoia2030")
    assert drawing.cover("Pistoia2030") == first
    assert drawing.cover("PASSO") != first


def test_a_cover_without_territory_has_no_border():
    assert drawing.cover("Senza confini").border == ""
    assert len(drawing.cover("Senza confini").lines) == 9


def test_a_cover_draws_every_ring_of_the_territory_inside_its_box():
    island = tuple((x + 0.5, y) for x, y in SQUARE)
    border = drawing.cover("Arcipelago", (SQUARE, island)).border
    values = [float(n) for n in NUMBERS.findall(border)]
    assert border.count("Z") == 2
    assert min(values) >= 0
    assert max(values[::2]) <= drawing.COVER_WIDTH
    assert max(values[1::2]) <= drawing.COVER_HEIGHT


def test_a_long_border_is_thinned():
    ring = tuple((11 + i / 5000, 44 + (i % 7) / 500) for i in range(5000))
    assert drawing.cover("Costa", (ring,)).border.count("L") <= 190


@given(st.text(max_size=40))
def test_a_cover_can_be_drawn_for_any_name(name):
    for line in drawing.cover(name).lines:
        assert line.startswith("M")
        assert line.endswith("Z")


def test_a_cover_is_light():
    assert sum(map(len, drawing.cover("Unione delle Terre d'Argine", (SQUARE,)).lines)) < 6000
