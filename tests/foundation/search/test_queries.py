"""What is found, in which order, and by whom."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model

from cantiere.foundation.search import audiences
from cantiere.foundation.search.queries import PER_PAGE, find
from tests.factories.search import make_entry

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def titles(query: str, person: object = None, **told: str | int) -> list[str]:
    return [result.entry.title for result in find(query, person, **told).results]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "instead"),
    [
        ("laboratorio", ""),
        ("laboratori", ""),
        ("LABORATORI", ""),
        ("labora", ""),
        ("labboratorio", "laboratorio"),
        ("laboraotrio", "laboratorio"),
        ("laboratoryo", "laboratorio"),
        ("citta", ""),
        ("città", ""),
        ("citta'", ""),
        ("CITTÀ", ""),
        ("cita'", "città"),
        ("l'innovazione", ""),
        ("l’innovazione", ""),
        ("innovazioni", ""),
        ("dell'inovazione", "innovazione"),
        ("labboratorio della citta", "laboratorio città"),
        ("il laboratorio", ""),
        ("laboratorio innovazione città", ""),
        ("esperienze", ""),
        ("esperienza", ""),
    ],
)
def test_find_forgives_accents_forms_and_slips(query: str, instead: str) -> None:
    entry = make_entry("Laboratorio", "Innovazione per la città. Una esperienza.")
    make_entry("Un castello", "di sabbia")
    answer = find(query, None)
    assert [result.entry for result in answer.results] == [entry]
    assert (answer.total, answer.instead) == (1, instead)


@pytest.mark.parametrize(
    "query", ["xilofono", "laboratorio castello", "%", "_", "la_oratorio", "labo%", "\\", "'; --", ""]
)
def test_find_gives_nothing_for_what_is_nowhere(query: str) -> None:
    make_entry("Laboratorio")
    make_entry("Un castello")
    answer = find(query, None)
    assert (answer.total, list(answer.results), answer.instead) == (
        (0, [], "")
        if "labo%" not in query
        else (1, list(answer.results), "")  # the sign is no word: what is left is a beginning
    )


def test_find_needs_every_word() -> None:
    make_entry("Laboratorio", "sul bosco")
    make_entry("Laboratorio", "sul fiume")
    assert find("laboratorio bosco", None).total == 1


def test_find_keeps_titles_of_common_words() -> None:
    make_entry("Chi sono", "Una pagina")
    assert titles("chi sono") == ["Chi sono"]


def test_find_puts_titles_first_then_weight_then_the_latest() -> None:
    make_entry("Testo", "il bosco", day=date(2026, 6, 1), weight=9)
    make_entry("Bosco vecchio", day=date(2025, 1, 1))
    make_entry("Bosco nuovo", day=date(2026, 1, 1))
    make_entry("Bosco senza giorno")
    make_entry("Boschi importanti", weight=5)
    assert titles("bosco") == [
        "Boschi importanti",
        "Bosco nuovo",
        "Bosco vecchio",
        "Bosco senza giorno",
        "Testo",
    ]


def test_find_counts_kinds_and_filters_by_one() -> None:
    make_entry("Bosco", kind="Meeting")
    make_entry("Bosco", kind="Meeting")
    make_entry("Bosco in pagina", kind="Page")
    answer = find("bosco", None, kind="Page")
    assert ([(kind.key, kind.count) for kind in answer.kinds], answer.total) == (
        [("Meeting", 2), ("Page", 1)],
        1,
    )
    assert titles("bosco", kind="Page") == ["Bosco in pagina"]
    assert titles("bosco", kind="Nothing") == []


def test_find_shows_a_page_at_a_time() -> None:
    for number in range(PER_PAGE + 3):
        make_entry(f"Bosco {number}")
    assert (len(titles("bosco")), len(titles("bosco", page=2)), len(titles("bosco", page="x"))) == (20, 3, 20)
    assert find("bosco", None).total == PER_PAGE + 3
    better = find("bosko", None)
    assert (better.total, len(better.results), better.instead) == (PER_PAGE + 3, PER_PAGE, "bosco")


def test_find_shows_a_draft_to_its_team_only() -> None:
    member = get_user_model().objects.create_user("team@example.org")
    other = get_user_model().objects.create_user("other@example.org")
    audiences.register("programme", lambda person: {12} if person.pk == member.pk else {13})
    draft = make_entry("Bozza riservata", audience="programme:12", kind="Page")
    make_entry("Bozza aperta")
    assert set(titles("bozza", member)) == {"Bozza riservata", "Bozza aperta"}
    for person in (other, None):
        answer = find("bozza", person)
        assert titles("bozza", person) == ["Bozza aperta"]
        assert (answer.total, [kind.key for kind in answer.kinds]) == (1, ["Meeting"])
        assert (find("riservata", person).total, find("riservata", person).kinds) == (0, ())
        # A slip leads nobody to a word that stands only in a draft.
        assert find("risservata", person).instead == ""
    assert [result.entry for result in find("riservata", member).results] == [draft]


def test_find_answers_the_same_whether_a_draft_holds_the_word_or_not() -> None:
    make_entry("Bosco")
    before = find("bosca nera", None), find("boscx", None)
    make_entry("Bosca nera boscx", audience="programme:12")
    after = find("bosca nera", None), find("boscx", None)
    assert [(answer.total, answer.instead) for answer in before] == [
        (answer.total, answer.instead) for answer in after
    ]


def test_find_offers_no_spelling_that_leads_nowhere() -> None:
    make_entry("Bosco", key="a:1")
    make_entry("Bosco", key="a:1", audience="programme:1")
    assert (find("bosko", None).instead, find("bosko", None).total) == ("", 0)


def test_find_offers_first_the_word_that_is_spelt_most_alike() -> None:
    make_entry("Valle Aperta")
    make_entry("Chi aspetta", "Nella valle")
    assert find("valle appertta", None).instead == "valle aperta"
