"""What the search, the notices and the index read of programmes, asked by key."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import override

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import richtext
from cantiere.foundation.core.access import Actor
from cantiere.foundation.core.slices import by_slices
from cantiere.foundation.search.sources import Findable
from cantiere.programmes.models import Activity, Programme


def findable_programme(programme: Programme) -> Findable:
    """What one can find a public programme by."""
    return {
        "key": f"programme:{programme.pk}",
        "kind": "Programme",
        "title": programme.title,
        "text": f"{programme.summary} {richtext.plain(programme.approach)}",
        "address": programme.get_absolute_url(),
        "day": programme.starts_on,
        "place_ids": [place.pk for place in programme.places.all()],
    }


def findable_activity(activity: Activity) -> Findable:
    """What one can find a public activity by."""
    with override("en"):  # the search page translates it for whoever reads
        kind = str(activity.kind.name)
    return {
        "key": f"activity:{activity.pk}",
        "kind": kind,
        "title": activity.title,
        "text": f"{activity.summary} {activity.place_note} {activity.outcome} {activity.programme.title}",
        "address": activity.get_absolute_url(),
        "day": activity.starts_on,
        "place_ids": [activity.place_id] if activity.place_id else [],
    }


def everything_public() -> Iterator[Findable]:
    """All public programmes and activities, to index them anew."""
    for programme in by_slices(Programme.objects.public().prefetch_related("places")):
        yield findable_programme(programme)
    for activity in by_slices(Activity.objects.public().select_related("programme")):
        yield findable_activity(activity)


def names_of(ids: Iterable[int]) -> Mapping[int, tuple[str, str]]:
    """Titles and addresses of programmes, for the list of what one follows."""
    rows = Programme.objects.filter(pk__in=ids)
    return {row.pk: (row.title, row.get_absolute_url()) for row in rows}


def seen_by(person: Actor, ids: Iterable[int]) -> Iterable[int]:
    """Those of these programmes that a person may see."""
    reader = person if isinstance(person, Person) else None
    return Programme.objects.visible_to(reader).filter(pk__in=ids).values_list("pk", flat=True)
