"""Themes with how much was said about each; only what everyone may read is counted."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from cantiere.programmes.models import Programme
from cantiere.thread.contributions.models import ANSWERS, Coding, Contribution, Step, Theme


@dataclass(frozen=True)
class ThemeCount:
    """A theme, with how many contributions belong to it or to its parts."""

    theme: Theme
    count: int
    parts: tuple["ThemeCount", ...] = ()

    @property
    def total(self) -> int:
        """As ``count``: a contribution under two parts counts once in each."""
        return self.count


@dataclass(frozen=True)
class Counts:
    """How much was said in a programme, and what became of it."""

    total: int
    coded: int
    answered: int


def by_theme(programme: Programme) -> list[ThemeCount]:
    """The themes of a programme in their order, parts under what they are part of; two queries."""
    public = Contribution.objects.public().filter(activity__programme=programme)
    themes = list(Theme.objects.filter(programme=programme).select_related("parent"))
    pairs = public.filter(themes__isnull=False).values_list("themes", "pk")
    held: dict[int, set[int]] = {}
    for theme, contribution in pairs:
        held.setdefault(theme, set()).add(contribution)
    return [_counted(theme, themes, held) for theme in themes if theme.parent_id is None]


def _counted(theme: Theme, themes: list[Theme], held: dict[int, set[int]]) -> ThemeCount:
    below = [each for each in themes if each.parent_id == theme.pk]
    everything = held.get(theme.pk, set()).union(*(held.get(each.pk, set()) for each in below))
    parts = tuple(ThemeCount(each, len(held.get(each.pk, ()))) for each in below)
    return ThemeCount(theme, len(everything), parts)


def counts(programme: Programme) -> Counts:
    """What everyone may read of a programme, in numbers; one query."""
    answered = Step.objects.filter(contribution=OuterRef("pk"), kind__in=ANSWERS)
    coded = Coding.objects.filter(contribution=OuterRef("pk"))
    found = Contribution.objects.public().filter(activity__programme=programme)
    numbers = found.annotate(has_answer=Exists(answered), has_theme=Exists(coded)).aggregate(
        total=Count("pk"),
        coded=Count("pk", filter=Q(has_theme=True)),
        answered=Count("pk", filter=Q(has_answer=True)),
    )
    return Counts(**numbers)


def sizes(themes: Iterable[int]) -> dict[int, int]:
    """How many public contributions belong to each of these themes."""
    rows = Contribution.objects.public().filter(themes__in=list(themes)).values_list("themes")
    return dict(rows.annotate(n=Count("pk")).order_by())
