"""What can be found, and the words everyone may see it by."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import add
from typing import Any

from django.db import models
from django.db.models import Case, Q, Value, When

from cantiere.engine import words
from cantiere.foundation.core.access import Actor
from cantiere.foundation.search import audiences


class Entries(models.QuerySet["Entry"]):
    """Reading; conditions on words are plain ``LIKE``, so that both engines answer the same."""

    def visible_to(self, person: Actor) -> "Entries":
        """What is for everyone, and what is for the audiences this person belongs to."""
        return self.filter(audience__in=["", *audiences.of(person)])

    def holding(self, tokens: Sequence[str]) -> "Entries":
        """Entries with every one of these words, its beginning or another form of it."""
        return self.filter(*(_holds(token) for token in tokens))

    def best_first(self, tokens: Sequence[str]) -> "Entries":
        """Most words in the title first, then weight, then the latest."""
        in_title: Any = reduce(
            add, (Case(When(_titled(token), then=Value(1)), default=Value(0)) for token in tokens), Value(0)
        )
        latest = models.F("day").desc(nulls_last=True)
        return self.annotate(in_title=in_title).order_by("-in_title", "-weight", latest, "-pk")

    def in_places(self, place_ids: Iterable[int]) -> "Entries":
        """Entries that belong to one of these places."""
        found = EntryPlace.objects.filter(place_id__in=list(place_ids)).values("entry_id")
        return self.filter(pk__in=found)


def _holds(token: str) -> Q:
    """One cheap look at what the word and its root begin with spares most entries the two exact ones."""
    root = words.stem(token)
    exact = Q(folded__contains=f" {token}") | Q(roots__contains=f" {root} ")
    return Q(folded__contains=f" {words.shared_beginning(token, root)}") & exact


def _titled(token: str) -> Q:
    return Q(folded_title__contains=f" {token}") | Q(folded_title__contains=f" ={words.stem(token)} ")


class Entry(models.Model):
    """One thing that can be found, written by the actions of the room it belongs to."""

    key = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=60)  # in English: each reader's page translates it
    title = models.CharField(max_length=300)
    address = models.CharField(max_length=500)
    audience = models.CharField(max_length=60, blank=True)
    day = models.DateField(null=True, blank=True)
    weight = models.SmallIntegerField(default=0)
    folded_title = models.TextField(editable=False)
    folded = models.TextField(editable=False)  # holds a word that begins with each of the roots
    roots = models.TextField(editable=False)
    # Last on purpose: SQLite then reads past it without fetching its pages.
    text = models.TextField(blank=True)

    objects = Entries.as_manager()

    def __str__(self) -> str:
        return self.key


class EntryPlace(models.Model):
    """A place an entry belongs to, by its number: the room of places stands beside this one."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    place_id = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "place_id"], name="search_place_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} · {self.place_id}"


class Words(models.QuerySet["Word"]):
    """Reading."""

    def like(self, tokens: Sequence[str]) -> "Words":
        """The words that share most of their trigrams with any of these, 100 for each."""
        grams = {gram for token in tokens for gram in words.trigrams(token)}
        share = models.Count("trigrams") * 1.0 / (models.F("length") + 2)
        found = self.filter(trigrams__gram__in=grams).annotate(share=share)
        return found.order_by("-share", "text")[: 100 * len(tokens)]


class Word(models.Model):
    """A word of what everyone may see; nobody is offered a word from a draft."""

    text = models.CharField(max_length=60, unique=True)
    written = models.CharField(max_length=80)
    length = models.PositiveSmallIntegerField()

    objects = Words.as_manager()

    def __str__(self) -> str:
        return self.written


class Trigram(models.Model):
    """Three signs in a row of a word: two words that share many are spelt alike."""

    gram = models.CharField(max_length=3)
    word = models.ForeignKey(Word, models.CASCADE, related_name="trigrams")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gram", "word"], name="search_gram_once")]

    def __str__(self) -> str:
        return self.gram
