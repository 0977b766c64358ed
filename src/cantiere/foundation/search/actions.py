"""Writing the index; callers are actions, inside their own transaction.

No line in the audit log: an entry only repeats what the action beside it has logged.
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from cantiere.engine import words
from cantiere.foundation.core.slices import portions
from cantiere.foundation.search import sources
from cantiere.foundation.search.models import Entry, EntryPlace, Trigram, Word

LONGEST = 20_000


@transaction.atomic
def index(
    *,
    key: str,
    kind: str,
    title: str,
    text: str,
    address: str,
    audience: str = "",
    day: date | None = None,
    place_ids: Iterable[int] = (),
    weight: int = 0,
) -> None:
    """Make something findable, or say anew what it is; ``key`` is ``"activity:12"``.

    ``kind`` is an English msgid; ``text`` is plain, read up to 20,000 signs; ``audience`` is ``""`` for
    everyone or a registered one (``"programme:12"``); heavier entries come before lighter ones.
    """
    title, text = _plain(title)[:300], _plain(text)[:LONGEST]
    spelt = words.spellings(f"{title} {text}")
    entry = Entry(
        key=key,
        kind=kind,
        title=title,
        text=text,
        address=address,
        audience=audience,
        day=day,
        weight=weight,
        **_folded(title, list(spelt)),
    )
    told = [field.name for field in Entry._meta.concrete_fields if field.name not in {"id", "key"}]
    Entry.objects.bulk_create([entry], update_conflicts=True, unique_fields=["key"], update_fields=told)
    _place(key, set(place_ids))
    if not audience:
        _learn(spelt)


@transaction.atomic
def remove(*, key: str) -> None:
    """Make something no longer findable; nothing happens when it was not."""
    Entry.objects.filter(key=key).delete()


@transaction.atomic
def remove_all(*, keys: Iterable[str]) -> None:
    """Make many things no longer findable at once."""
    for some in portions(keys):
        Entry.objects.filter(key__in=some).delete()


def rebuild() -> tuple[int, int]:
    """Index everything anew from the registered sources; gives how many were written and removed.

    What is indexed meanwhile by others stays: only keys known before and said by no source are removed.
    """
    before = set(Entry.objects.values_list("key", flat=True))
    said: set[str] = set()
    for found in portions(sources.everything()):
        with transaction.atomic():
            for one in found:
                index(**one)
                said.add(one["key"])
    gone = sorted(before - said)
    with transaction.atomic():
        for keys in portions(gone):
            Entry.objects.filter(key__in=keys).delete()
    return len(said), len(gone)


def forget_unused_words() -> int:
    """Drop the words that stand in no public entry any more; gives how many."""
    known = dict(Word.objects.values_list("text", "pk"))
    for folded in Entry.objects.filter(audience="").values_list("folded", flat=True).iterator(500):
        for word in folded.split():
            known.pop(word, None)
    for unused in portions(known.values()):
        with transaction.atomic():
            Word.objects.filter(pk__in=unused).delete()
    return len(known)


def _plain(text: str) -> str:
    return " ".join(text.replace("\0", "").split())


def _folded(title: str, telling: list[str]) -> dict[str, str]:
    """The columns that are searched: words between spaces, so that `` citta`` finds a beginning."""
    titled = words.words(title)
    everything = list(dict.fromkeys([*titled, *telling]))
    roots = words.roots(everything)
    odd = [root for word in everything if not word.startswith(root := words.stem(word))]
    return {
        "folded_title": _spaced([*titled, *(f"={root}" for root in words.roots(titled))]),
        "folded": _spaced([*everything, *odd]),
        "roots": _spaced(roots),
    }


def _spaced(parts: list[str]) -> str:
    return f" {' '.join(parts)} "


def _place(key: str, place_ids: set[int]) -> None:
    entry = Entry.objects.only("pk").get(key=key)
    EntryPlace.objects.filter(entry=entry).exclude(place_id__in=place_ids).delete()
    rows = [EntryPlace(entry=entry, place_id=place_id) for place_id in sorted(place_ids)]
    EntryPlace.objects.bulk_create(rows, ignore_conflicts=True)


def _learn(spelt: dict[str, str]) -> None:
    """Add the words not known yet; in order, so that two transactions never wait for each other."""
    short = {word: written for word, written in spelt.items() if len(word) <= 60}
    known = set(Word.objects.filter(text__in=short).values_list("text", flat=True))
    new = sorted(short.keys() - known)
    if not new:
        return
    Word.objects.bulk_create(
        [Word(text=word, written=short[word][:80], length=len(word)) for word in new], ignore_conflicts=True
    )
    Trigram.objects.bulk_create(
        [
            Trigram(gram=gram, word_id=pk)
            for pk, word in Word.objects.filter(text__in=new).order_by("text").values_list("pk", "text")
            for gram in words.trigrams(word)
        ],
        ignore_conflicts=True,
    )
