"""Reading: what is shown, what is told, what a record takes."""

from datetime import date
from decimal import Decimal

import pytest

from cantiere.foundation.questionnaires import actions, queries
from tests.factories import places as make_places
from tests.factories import questionnaires as make

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_answers_are_bound_to_the_fields_of_a_record():
    places = make_places.loaded()
    begun = make.filled()
    actions.save_page(response=begun, page="who", raw={"body": "other", "body_other": "Pro Loco"})
    actions.save_page(response=begun, page="where", raw={"funded": "yes", "amount": "12.345,50"})
    actions.save_page(response=begun, page="call", raw={"year": "2019"})
    record = queries.bound(begun.version, begun.answers)
    assert record.pop("place").code == "036002"
    assert [place.code for place in record.pop("territory")] == ["036001", "036002"]
    assert record == {
        "title": "Il patto del Sorbara", "body": "other", "body_other": "Pro Loco",
        "website": "https://example.org", "started_on": date(2020, 6, 12), "funded": "yes",
        "amount": Decimal("12345.5"), "call_year": 2019, "methods": ["ost"], "methods_other": "",
        "story": "Sei mesi di lavoro.",
    }  # fmt: skip
    assert places


def test_what_was_not_answered_is_bound_empty(django_assert_num_queries):
    version = make.version()
    with django_assert_num_queries(0):
        record = queries.bound(version, {"amount": 5})
    assert list(record.pop("territory")) == []
    assert record == {
        "title": "", "body": "", "body_other": "", "website": "", "place": None, "started_on": None, "funded": "",
        "amount": None, "call_year": None, "methods": [], "methods_other": "", "story": "",
    }  # fmt: skip


def test_places_are_read_when_they_are_used(django_assert_num_queries):
    places = make_places.loaded()
    version = make.version()
    with django_assert_num_queries(0):
        record = queries.bound(version, {"seat": places["036002"].pk, "territory": [places["036"].pk]})
    with django_assert_num_queries(1):
        assert str(record["place"]) == "Bomporto (MO)"


def test_answers_are_shown_in_words():
    make_places.loaded()
    begun = make.filled()
    actions.save_page(
        response=begun, page="how", raw={"methods": ["ost", "other"], "methods_other": "Teatro"}
    )
    shown = {row.name: row for page in queries.shown(begun) for row in page.rows}
    assert [page.title for page in queries.shown(begun)] == ["Chi racconta", "Dove e quando", "Come"]
    assert shown["body"].text == "Ente pubblico"
    assert shown["seat"].text == "Bomporto (MO)"
    assert shown["territory"].items == ["Bastiglia (MO)", "Bomporto (MO)"]
    assert shown["started"].text == "venerdì 12 giugno 2020"
    assert shown["methods"].items == ["Open Space", "Altro: Teatro"]
    assert shown["website"].url == "https://example.org"
    assert shown["email"].personal
    assert "amount" not in shown
    assert "intro" not in shown


def test_pages_of_the_same_length_cost_the_same(django_assert_max_num_queries):
    make_places.loaded()
    begun = make.filled()
    many = "Bastiglia\nBomporto\nBologna\nSiena\nMontalcino"
    actions.save_page(response=begun, page="where", raw={"territory": many})
    with django_assert_max_num_queries(1):
        queries.shown(begun)
    with django_assert_max_num_queries(0):
        queries.progress(begun)


def test_what_is_to_mend_is_told_with_its_page():
    make_places.loaded()
    begun = make.response()
    actions.save_page(response=begun, page="where", raw={"seat": "Bomprto", "funded": "no"})
    assert [(each.question, each.page, each.message) for each in queries.told(begun)] == [
        ("title", "who", "Scrivi una risposta."),
        ("body", "who", "Scegli una risposta."),
        ("seat", "where", "Nessun luogo si chiama «Bomprto». Cercavi Bomporto (MO)?"),
    ]


def test_how_far_somebody_has_come():
    begun = make.response()
    assert queries.progress(begun).next == "who"
    actions.save_page(response=begun, page="who", raw=make.WHOLE["who"])
    actions.save_page(response=begun, page="where", raw={"funded": "yes", "amount": "5"})
    progress = queries.progress(begun)
    assert ([group.name for group in progress.pages], sorted(progress.done), progress.next) == (
        ["who", "where", "call", "how"],
        ["where", "who"],
        "call",
    )
