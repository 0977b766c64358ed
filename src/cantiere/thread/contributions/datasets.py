"""What was said, as open data: the text, the day, what became of it; who spoke only where many are alike."""

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from cantiere.engine.answers import Cell, Column, Dataset, Reach
from cantiere.programmes.additions import DataSource
from cantiere.programmes.models import Activity
from cantiere.thread.contributions.models import Contribution
from cantiere.thread.contributions.queries.becoming import followed
from cantiere.thread.contributions.queries.shown import FEWEST, shown_in

SLICE = 200


def _activities() -> "QuerySet[Activity]":
    said = Contribution.objects.public().filter(activity=OuterRef("pk"))
    return Activity.objects.public().filter(Exists(said))


def datasets_of(activity: Activity) -> Sequence[Dataset]:
    """The contributions of one activity."""
    columns = [
        Column("address", "string", _("Address of the contribution")),
        Column("day", "date", _("Day on which it was said")),
        Column("text", "string", _("What was said")),
        Column("origin", "string", _("Where in the meeting")),
        Column("actor", "string", _("Who spoke; empty where fewer than %(n)s are alike") % {"n": FEWEST}),
        Column(
            "place",
            "string",
            _("Where they come from; empty where fewer than %(n)s are alike") % {"n": FEWEST},
        ),
        Column("place_code", "string", _("Code of the place (ISTAT)")),
        Column("themes", "string", _("Themes, between semicolons")),
        Column("edited_by_team", "boolean", _("Whether the team corrected the text")),
        Column("steps", "string", _("What became of it: day, kind and words of each step, between bars")),
    ]
    return [
        Dataset(
            key="contributions",
            title=_("Contributions"),
            columns=columns,
            rows=lambda: _rows(activity),
            reach=Reach.OPEN,
            text=_(
                "What people said in meetings, laboratories and questionnaires, and what became of it. "
                "Who spoke and where from stand only where at least %(n)s in the same activity are alike."
            )
            % {"n": FEWEST},
            theme="GOVE",
        )
    ]


def _rows(activity: Activity) -> Iterator[Sequence[Cell]]:
    found = Contribution.objects.public().filter(activity=activity).select_related("place")
    numbers = list(found.order_by("pk").values_list("pk", flat=True))
    shown = shown_in([activity.pk])
    for start in range(0, len(numbers), SLICE):
        for each in followed(
            list(found.filter(pk__in=numbers[start : start + SLICE]).order_by("pk")), own=False
        ):
            row, place = each.contribution, shown.place(each.contribution)
            yield (
                f"{settings.URL}{row.get_absolute_url()}",
                row.day,
                row.text,
                row.origin,
                shown.actor(row) or None,
                place.name if place else None,
                place.code if place else None,
                "; ".join(theme.name for theme in each.themes),
                each.edited_by_team is not None,
                " | ".join(f"{step.on.isoformat()} {step.kind}: {step.words}" for step in each.steps),
            )


SOURCE = DataSource("thread", "contributions", _activities, datasets_of)
