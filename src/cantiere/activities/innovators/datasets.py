"""Rows of a map that others may reuse, and those for the team."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext

from cantiere.activities.innovators.models import Innovator, InnovatorMap, InnovatorQuerySet
from cantiere.engine.answers import Cell, Column, Dataset, Reach
from cantiere.foundation.core.slices import by_slices

SLICE = 500


def open_rows(own: InnovatorMap, of: InnovatorQuerySet | None = None) -> Iterable[Sequence[Cell]]:
    """Those on a public map, or of ``of``, who agreed to stand in the open data; no e-mail, no story."""
    if not own.activity.is_public:
        return
    rows = Innovator.objects.all() if of is None else of
    rows = rows.filter(map=own, state=Innovator.State.PUBLISHED, open_data=True)
    for each in by_slices(rows.select_related("place__parent"), SLICE):
        yield (
            *_said(each),
            _exact(each.place.lng),
            _exact(each.place.lat),
            f"{settings.URL}{each.get_absolute_url()}",
        )


def team_rows(own: InnovatorMap) -> Iterable[Sequence[Cell]]:
    """Every entry with its state and its e-mail."""
    for each in by_slices(own.innovators.select_related("place__parent"), SLICE):
        yield (
            each.get_state_display(),
            *_said(each),
            each.interests,
            each.email,
            each.made_on,
            each.consented_on,
            each.published_on,
            each.right_on,
        )


def _said(each: Innovator) -> tuple[Cell, ...]:
    return (
        each.name,
        str(each.get_kind_display()),
        each.organisation,
        each.place.name,
        each.place.code,
        each.what,
        "; ".join(each.sector_labels),
        each.offers,
        each.needs,
        each.website,
    )


def _said_columns() -> list[Column]:
    return [
        Column("name", "string", gettext("Name, as the innovator gave it")),
        Column("kind", "string", gettext("Person, group, organisation or firm")),
        Column("organisation", "string", gettext("Where they work or belong")),
        Column("place", "string", gettext("Municipality")),
        Column("place_code", "string", gettext("ISTAT code of the municipality")),
        Column("what", "string", gettext("What they do, in one line")),
        Column("sectors", "string", gettext("Sectors")),
        Column("offers", "string", gettext("What they offer")),
        Column("needs", "string", gettext("What they look for")),
        Column("website", "string", gettext("Website")),
    ]


def open_columns() -> list[Column]:
    """What the open rows hold."""
    return [
        *_said_columns(),
        Column("longitude", "number", gettext("Longitude of the municipality")),
        Column("latitude", "number", gettext("Latitude of the municipality")),
        Column("address", "string", gettext("Web page")),
    ]


def team_columns() -> list[Column]:
    """What the rows for the team hold."""
    return [
        Column("state", "string", gettext("Where the entry stands")),
        *_said_columns(),
        Column("interests", "string", gettext("Interests")),
        Column("email", "string", gettext("E-mail (not to be published)")),
        Column("made_on", "date", gettext("Day of the nomination")),
        Column("consented_on", "date", gettext("Day of the consent")),
        Column("published_on", "date", gettext("Day of the publication")),
        Column("right_on", "date", gettext("Day on which it was last said to be right")),
    ]


def datasets(own: InnovatorMap) -> list[Dataset]:
    """Open: who agreed to it. For the team: all entries."""
    return [
        Dataset(
            "innovators",
            gettext("Innovators"),
            open_columns(),
            lambda: open_rows(own),
            Reach.OPEN,
            text=gettext("Those on the map who agreed to it, each at the centre of their municipality."),
            theme="SOCI",
            position=("longitude", "latitude"),
        ),
        Dataset("entries", gettext("All entries of the map"), team_columns(), lambda: team_rows(own)),
    ]


def _exact(degrees: float | None) -> Decimal | None:
    return None if degrees is None else Decimal(f"{degrees:.5f}")
