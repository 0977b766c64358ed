"""Which data are open: of each kind of activity, what its public activities answer, put together.

A kind answers for one activity; whoever reuses data wants all meetings or all records. So a dataset is a kind
and a key, and its rows begin with the programme and the activity they come from. Rooms that know something of
activities of every kind answer in the same way (``programmes.additions.DataSource``).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import cast

from django.conf import settings
from django.db.models import Max, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext

from cantiere.engine.answers import Cell, Column, Dataset, Reach
from cantiere.foundation.core import log
from cantiere.programmes import additions
from cantiere.programmes.kinds import AnyKind, bring, kinds
from cantiere.programmes.models import Activity

FORMATS = ("csv", "json", "geojson")
SPOKEN = {"csv": "CSV", "json": "JSON", "geojson": "GeoJSON"}


@dataclass(frozen=True)
class Source:
    """Who answers: ``key`` begins the address, the acts of ``room`` make the data new."""

    key: str
    room: str
    datasets: Callable[[Activity], Sequence[Dataset]]


@dataclass(frozen=True)
class OpenDataset:
    """One open dataset of the installation; rows are read when they are asked for.

    ``touched`` tells when anything was last done in each room.
    """

    source: Source
    model: Dataset
    activities: Sequence[Activity]
    touched: Mapping[str, datetime]

    @property
    def name(self) -> str:
        """How it is called in addresses; stable as long as the source is."""
        return f"{self.source.key}-{self.model.key}".replace("_", "-")

    @property
    def title(self) -> str:
        return self.model.title

    @property
    def text(self) -> str:
        return self.model.text or gettext("%(title)s: what the public activities of this site say.") % {
            "title": self.model.title
        }

    @property
    def columns(self) -> list[Column]:
        """Where each row comes from, then what the kind says."""
        return [
            Column("programme", "string", gettext("Programme")),
            Column("activity", "string", gettext("Address of the activity")),
            *self.model.columns,
        ]

    @property
    def formats(self) -> list[str]:
        """GeoJSON only of what stands somewhere."""
        return [each for each in FORMATS if each != "geojson" or self.model.position]

    @property
    def links(self) -> list[tuple[str, str]]:
        """Each format with the address of its file."""
        return [(each, reverse("opendata:file", args=[f"{self.name}.{each}"])) for each in self.formats]

    @property
    def downloads(self) -> list[tuple[str, str]]:
        """The same, each format as people call it."""
        return [(SPOKEN[each], link) for each, link in self.links]

    @property
    def url(self) -> str:
        """The page that describes it."""
        return reverse("opendata:dataset", args=[self.name])

    @cached_property
    def issued(self) -> datetime | None:
        """When the first of it was published."""
        return min((each.published_at for each in self.activities if each.published_at), default=None)

    @cached_property
    def modified(self) -> datetime:
        """When anything was last done in its room; before anything was, when it was first published."""
        newest = max((each.published_at for each in self.activities if each.published_at), default=None)
        last = self.touched.get(self.source.room)
        return max(filter(None, [last, newest]), default=timezone.now())

    def rows(self) -> Iterator[Sequence[Cell]]:
        """All rows, activity by activity."""
        for activity in self.activities:
            for dataset in self.source.datasets(activity):
                if dataset.key == self.model.key and dataset.reach is Reach.OPEN:
                    origin = (activity.programme.title, f"{settings.URL}{activity.get_absolute_url()}")
                    for row in dataset.rows():
                        yield *origin, *row


def open_datasets() -> list[OpenDataset]:
    """All open datasets: by kind, then those of other rooms; without public activities there is none."""
    public = list(Activity.objects.public().select_related("programme", "place").order_by("pk"))
    bring(public)
    of_kind: dict[AnyKind, list[Activity]] = {kind: [] for kind in kinds()}
    for activity in public:
        of_kind[activity.kind].append(activity)
    touched = cast("Mapping[str, datetime]", SimpleLazyObject(log.last_of_rooms))
    found = []
    for kind, activities in of_kind.items():
        found += _of(Source(kind.key, kind.model._meta.app_label, kind.datasets), activities, touched)
    for added in additions.data():
        activities = list(added.activities().select_related("programme", "place").order_by("pk"))
        found += _of(Source(added.key, added.room, added.datasets), activities, touched)
    return found


def _of(source: Source, activities: Sequence[Activity], touched: Mapping[str, datetime]) -> list[OpenDataset]:
    models = source.datasets(activities[0]) if activities else []
    return [OpenDataset(source, model, activities, touched) for model in models if model.reach is Reach.OPEN]


def open_dataset(name: str) -> OpenDataset | None:
    """The one of this name."""
    return next((each for each in open_datasets() if each.name == name), None)


def catalogue_days() -> tuple[datetime | None, datetime | None]:
    """When the first activity was published, and the last."""
    ends = Activity.objects.public().aggregate(first=Min("published_at"), last=Max("published_at"))
    return ends["first"], ends["last"]
