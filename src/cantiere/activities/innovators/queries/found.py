"""What the search and the notices read of innovators and their maps, asked by key."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext_noop

from cantiere.activities.innovators.models import Innovator, InnovatorMap
from cantiere.activities.innovators.sectors import labels
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.access import Actor, can
from cantiere.foundation.core.richtext import plain
from cantiere.foundation.core.slices import by_slices
from cantiere.foundation.search.sources import Findable


def key_of(pk: int) -> str:
    """How the index calls an innovator."""
    return f"innovator:{pk}"


def findable(innovator: Innovator) -> Findable:
    """What one can find a public innovator by, who agreed to be found."""
    told = [
        innovator.what, innovator.organisation, innovator.offers, innovator.needs, innovator.interests,
        *labels(innovator.sectors), plain(innovator.story),
    ]  # fmt: skip
    return {
        "key": key_of(innovator.pk),
        "kind": gettext_noop("Innovator"),
        "title": innovator.name,
        "text": " ".join(filter(None, told)),
        "address": innovator.get_absolute_url(),
        "day": innovator.published_on,
        "place_ids": [innovator.place_id],
    }


def everything_public() -> Iterator[Findable]:
    """All who agreed to be found, to index them anew."""
    for innovator in by_slices(Innovator.objects.public().filter(searchable=True)):
        yield findable(innovator)


def _maps(ids: Iterable[int]) -> list[InnovatorMap]:
    return list(InnovatorMap.objects.filter(pk__in=ids).select_related("activity__programme"))


def names_of(ids: Iterable[int]) -> Mapping[int, tuple[str, str]]:
    """Titles and addresses of maps, for the list of what one follows."""
    return {own.pk: (own.activity.title, own.activity.get_absolute_url()) for own in _maps(ids)}


def seen_by(person: Actor, ids: Iterable[int]) -> Iterable[int]:
    """Those of these maps that a person may see."""
    reader = person if isinstance(person, Person) else None
    return [own.pk for own in _maps(ids) if can(reader, "innovators.see", own)]
