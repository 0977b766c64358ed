"""What the public page of a census says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils import timezone

from cantiere.activities.observatory.models import Census
from cantiere.activities.observatory.models.answers import CensusEntry
from cantiere.activities.observatory.models.vocabularies import Sheet
from cantiere.activities.observatory.queries.census import Figures, figures, may_begin, may_write
from cantiere.activities.observatory.queries.questionnaires import MINUTES, TITLES, sheets_of
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.access import can
from cantiere.programmes.models import Activity

Standing = Literal["before", "open", "after", "cancelled"]


@dataclass(frozen=True)
class Asked:
    """One of the questionnaires: for whom, how long it takes."""

    sheet: Sheet
    title: str
    minutes: int
    call: str


@dataclass(frozen=True)
class CensusView:
    """Everything the page says to one reader."""

    census: Census
    activity: Activity
    standing: Standing
    figures: Figures
    asked: Sequence[Asked]
    mine: Sequence[CensusEntry]
    may_edit: bool
    may_curate: bool
    now: datetime

    @property
    def is_open(self) -> bool:
        """Whether new answers are taken from anyone."""
        return self.standing == "open"


def _standing(activity: Activity) -> Standing:
    if activity.cancelled_on is not None:
        return "cancelled"
    if activity.is_open:
        return "open"
    ahead = activity.opens is None or activity.opens > timezone.now()
    return "before" if ahead else "after"


def census_view(census: Census, person: Person | None) -> CensusView:
    """Read in few queries."""
    activity = census.activity
    asked = [Asked(sheet, str(TITLES[sheet]), MINUTES[sheet], census.call) for sheet in sheets_of(census)]
    return CensusView(
        census=census,
        activity=activity,
        standing=_standing(activity),
        figures=figures(activity),
        asked=asked,
        mine=mine(activity, person),
        may_edit=can(person, "observatory.edit_census", census),
        may_curate=can(person, "observatory.curate", census),
        now=timezone.now(),
    )


def mine(activity: Activity, person: Person | None) -> list[CensusEntry]:
    """The answers that somebody signed in can go on with: those under their own address."""
    if person is None or not person.email:
        return []
    rows = CensusEntry.objects.filter(census=activity, email=person.email, by_hand=False)
    found = list(rows.select_related(*CensusEntry.address_related).order_by("-pk"))
    return [entry for entry in found if may_write(entry) or entry.submitted_at]


__all__ = ["Asked", "CensusView", "census_view", "may_begin", "mine"]
