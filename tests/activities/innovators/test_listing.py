"""How the list reads: in its order, a part at a time, from one index."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Count
from django.utils import timezone

from cantiere.activities.innovators import queries
from cantiere.activities.innovators.models import Innovator
from tests.factories import innovators as make
from tests.factories import places

pytestmark = pytest.mark.django_db


def test_cards_keep_the_order_and_a_part_is_read_when_asked_for():
    own = make.innovator_map()
    names = ("Ada Filanti", "Bice Terra", "Cleo Fermi", "Dora Lume")
    for days, name in enumerate(names):
        row = make.published(own, f"{name[:4].strip().lower()}@example.org", name=name)
        Innovator.objects.filter(pk=row.pk).update(published_on=timezone.localdate() - timedelta(days=days))
    cards = queries.Cards(queries.matching(own, {}), queries.tally(queries.matching(own, {})).number)
    assert len(cards) == 4
    assert [each.name for each in cards[:4]] == list(names)
    assert [each.name for each in cards[1:3]] == ["Bice Terra", "Cleo Fermi"]
    Innovator.objects.get(name="Bice Terra").delete()
    assert [each.name for each in cards[:2]] == ["Ada Filanti", "Cleo Fermi"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the other plans by how much there is")
@pytest.mark.parametrize("chosen", [{}, {"kind": "person"}, {"sectors": ["crafts"], "kind": "firm"}])
def test_all_but_words_is_read_from_the_index(chosen):
    plan = queries.matching(make.innovator_map(), chosen).values_list("pk", "place_id").explain()
    assert "USING COVERING INDEX innovators_of_a_map" in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the other plans by how much there is")
@pytest.mark.parametrize("chosen", [{}, {"kind": "person"}, {"sectors": ["crafts"], "kind": "firm"}])
def test_they_are_counted_from_an_index_in_its_order(chosen):
    plan = (
        queries.matching(make.innovator_map(), chosen).order_by().values_list("place").annotate(Count("pk"))
    )
    assert "USING COVERING INDEX innovators_by_place" in plan.explain()
    assert "TEMP B-TREE" not in plan.explain()


def test_cards_tell_long_offers_in_short():
    assert Innovator(offers="pane").offers_in_short == "pane"
    assert Innovator(offers="- pane\n- sale").offers_in_short == "pane · sale"
    short = Innovator(needs="telaio " * 40).needs_in_short
    assert len(short) <= 110
    assert short.endswith("…")


def test_innovators_follow_their_municipality_unless_it_was_divided():
    here, own = places.loaded(), make.innovator_map()
    moved, divided = (
        make.published(own, f"{code}@example.org", place=here[code]) for code in ("036001", "036036")
    )
    places.merge("036001", "036002")
    places.merge("036036", "036002", "036006")
    moved.refresh_from_db()
    divided.refresh_from_db()
    assert (moved.place, divided.place) == (here["036002"], here["036036"])
