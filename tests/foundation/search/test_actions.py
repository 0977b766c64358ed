"""Writing the index."""

import threading
from collections.abc import Iterator
from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection

from cantiere.foundation.core.slices import by_slices
from cantiere.foundation.search import actions, audiences, sources, tasks
from cantiere.foundation.search.models import Entry, EntryPlace, Trigram, Word
from tests.factories.search import make_entry

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_index_writes_an_entry() -> None:
    entry = make_entry(
        "Perché l’Acqua", "Le  città\0 d'acqua.", day=date(2026, 3, 24), place_ids=[7, 3], weight=2
    )
    assert (entry.title, entry.text, entry.day, entry.weight, entry.audience) == (
        "Perché l’Acqua",
        "Le città d'acqua.",
        date(2026, 3, 24),
        2,
        "",
    )
    assert entry.folded_title == " perche l acqua =perc =l =acqu "
    assert entry.folded == " perche l acqua citta "
    assert entry.roots == " perc l acqu citt "
    assert sorted(EntryPlace.objects.values_list("entry", "place_id")) == [(entry.pk, 3), (entry.pk, 7)]
    assert sorted(Word.objects.values_list("text", "written")) == [
        ("acqua", "acqua"),
        ("citta", "città"),
        ("perche", "perché"),
    ]
    assert Trigram.objects.filter(word__text="acqua").count() == 6


def test_rows_name_themselves() -> None:
    entry = make_entry("Via", key="a:1", place_ids=[7])
    rows = [entry, EntryPlace.objects.get(), Word.objects.get(), Trigram.objects.earliest("pk")]
    assert [str(row) for row in rows] == ["a:1", f"{entry.pk} · 7", "via", "  v"]


def test_index_again_says_anew() -> None:
    first = make_entry("Bosco", key="a:1", place_ids=[1, 2], day=date(2026, 1, 1))
    again = make_entry("Prato", key="a:1", place_ids=[2], audience="programme:1", kind="Page")
    assert (again.pk, again.title, again.day, again.kind, again.audience) == (
        first.pk,
        "Prato",
        None,
        "Page",
        "programme:1",
    )
    assert list(EntryPlace.objects.values_list("place_id", flat=True)) == [2]


def test_index_teaches_no_word_of_a_draft() -> None:
    make_entry("Segretissimo", audience="programme:1")
    assert not Word.objects.exists()


def test_index_reads_long_text_to_a_limit() -> None:
    entry = make_entry("x" * 400, "parola " * 10_000)
    assert (len(entry.title), len(entry.text)) == (300, actions.LONGEST)


def test_remove_takes_an_entry_away_with_its_places() -> None:
    make_entry(key="a:1", place_ids=[1])
    actions.remove(key="a:1")
    actions.remove(key="a:1")
    assert (Entry.objects.count(), EntryPlace.objects.count()) == (0, 0)


def test_in_places_finds_entries_of_any() -> None:
    one, two, _three = make_entry(place_ids=[1, 2]), make_entry(place_ids=[2]), make_entry(place_ids=[3])
    assert set(Entry.objects.in_places([1, 2])) == {one, two}


def test_forget_unused_words_keeps_those_of_public_entries() -> None:
    make_entry("Bosco nuovo", key="a:1")
    make_entry("Bosco", key="a:2")
    make_entry("Fiume", key="a:3")
    actions.remove(key="a:1")
    make_entry("Fiume", key="a:3", audience="programme:1")
    tasks.forget_unused_words.func()
    assert sorted(Word.objects.values_list("text", flat=True)) == ["bosco"]
    assert Trigram.objects.count() == len("bosco") + 1


def test_rebuild_writes_all_sources_and_removes_what_none_says() -> None:
    make_entry("Vecchio", key="a:1")
    make_entry("Vecchio", key="a:2")

    def source() -> list[sources.Findable]:
        # Indexed by somebody else meanwhile: stays.
        make_entry("Nel frattempo", key="b:9")
        return [
            {"key": "a:2", "kind": "Page", "title": "Nuovo", "text": "", "address": "/2/"},
            {
                "key": "a:3",
                "kind": "Page",
                "title": "Altro",
                "text": "",
                "address": "/3/",
                "audience": "programme:1",
            },
        ]

    sources.register(source)
    sources.register(source)
    assert actions.rebuild() == (2, 1)
    assert sorted(Entry.objects.values_list("key", "title")) == [
        ("a:2", "Nuovo"),
        ("a:3", "Altro"),
        ("b:9", "Nel frattempo"),
    ]


def test_command_counts_and_rebuilds(capsys: pytest.CaptureFixture[str]) -> None:
    make_entry("Vecchio")
    call_command("search")
    call_command("search", rebuild=True)
    assert capsys.readouterr().out.splitlines() == [
        "1 entries can be found.",
        "0 entries written, 1 removed.",
        "0 entries can be found.",
    ]
    assert not Word.objects.exists()


def test_audience_cannot_be_registered_for_two() -> None:
    audiences.register("programme", lambda _person: [1])
    with pytest.raises(ImproperlyConfigured):
        audiences.register("programme", lambda _person: [2])


@pytest.mark.django_db(transaction=True)
def test_index_by_many_at_once_leaves_one_entry() -> None:
    failed: list[Exception] = []

    def work(number: int) -> None:
        try:
            make_entry(f"Bosco numero {number % 3}", key="a:1", place_ids=[1, 2])
        except Exception as error:  # noqa: BLE001
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert (Entry.objects.count(), EntryPlace.objects.count()) == (1, 2)
    assert Word.objects.filter(text="bosco").count() == 1


@pytest.mark.django_db(transaction=True)
def test_all_is_indexed_anew_while_others_write() -> None:
    """On SQLite who reads with a cursor left open may write no more once somebody else has written."""
    Word.objects.bulk_create(Word(text=f"w{number}", written="w", length=4) for number in range(401))

    def write() -> None:
        Word.objects.filter(text="w0").update(written="W")
        connection.close()

    def source() -> Iterator[sources.Findable]:
        for number, word in enumerate(by_slices(Word.objects.all())):
            if number % 150 == 0:
                thread = threading.Thread(target=write)
                thread.start()
                thread.join(30)
            yield {"key": f"word:{word.pk}", "kind": "Word", "title": word.text, "text": "", "address": "/"}

    sources.register(source)
    assert actions.rebuild() == (401, 0)
