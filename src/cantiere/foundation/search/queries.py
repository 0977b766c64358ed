"""Looking something up: at most three queries beside the resolvers of audiences, five with a place."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, Window
from django.utils.translation import gettext

from cantiere.engine import words
from cantiere.foundation.core.access import Actor
from cantiere.foundation.places.models import Place
from cantiere.foundation.search.models import Entries, Entry, Word

PER_PAGE = 20
Pieces = list[tuple[str, bool]]


@dataclass(frozen=True)
class Result:
    """An entry as the page shows it: text in pieces, each with whether it was looked for."""

    entry: Entry
    title: Pieces
    excerpt: Pieces

    @property
    def kind(self) -> str:
        return gettext(self.entry.kind)


@dataclass(frozen=True)
class Kind:
    """A kind among the results, and how many are of it."""

    key: str
    count: int

    @property
    def name(self) -> str:
        return gettext(self.key)


@dataclass(frozen=True)
class Answer:
    """What was found; ``instead`` is the better spelling these results are for."""

    tokens: Sequence[str]
    total: int = 0
    kinds: Sequence[Kind] = ()
    page: Page[int] | None = None
    instead: str = ""
    results: Sequence[Result] = field(default=())


def find(
    query: str, person: Actor, *, kind: str = "", place: Place | None = None, page: str | int = 1
) -> Answer:
    """What this person may see of what holds all words of the query; nothing found tries other spellings.

    ``place`` keeps what belongs to it or to a place in it.
    """
    tokens = words.asked(query)
    if not tokens:
        return Answer(tokens)
    visible = Entry.objects.visible_to(person)
    if place is not None:
        visible = visible.in_places(_inside(place))
    found = list(visible.holding(tokens).best_first(tokens).values_list("pk", "kind"))
    if not found:
        return _spelt_better(visible, tokens)
    counts = Counter(key for _, key in found)
    kinds = sorted((Kind(key, count) for key, count in counts.items()), key=lambda one: one.name)
    here = Paginator([pk for pk, key in found if kind in {"", key}], PER_PAGE).get_page(page)
    entries = Entry.objects.in_bulk(list(here))
    results = _results([entries[pk] for pk in here if pk in entries], tokens)
    return Answer(tokens, here.paginator.count, kinds, here, results=results)


def _inside(place: Place) -> set[int]:
    """Today's places in a place, of every kind, itself among them."""
    below = Q(pk=place.pk) | Q(parent=place) | Q(parent__parent=place)
    parts = Place.objects.current().filter(below).values_list("pk", flat=True)
    return {*parts, *Place.objects.within(place).values_list("pk", flat=True)}


def _results(entries: Sequence[Entry], tokens: Sequence[str]) -> list[Result]:
    return [
        Result(entry, words.mark(entry.title, tokens), words.excerpt(entry.text, tokens)) for entry in entries
    ]


def _spelt_better(visible: Entries, tokens: Sequence[str]) -> Answer:
    """The first page of results for the nearest known words."""
    known = dict(Word.objects.like(tokens).values_list("text", "written"))
    better = [_better(token, known) for token in tokens]
    if better == tokens:
        return Answer(tokens)
    counted = visible.holding(better).best_first(better).annotate(total=Window(Count("pk")))
    found: list[Any] = list(counted[:PER_PAGE])
    if not found:
        return Answer(tokens)
    instead = " ".join(known.get(token, token) for token in better)
    return Answer(better, int(found[0].total), instead=instead, results=_results(found, better))


def _better(token: str, known: dict[str, str]) -> str:
    if any(words.matches(word, token) for word in known):
        return token
    return words.nearest(token, known) or token
