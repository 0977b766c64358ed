"""What one can find a contribution by."""

from collections.abc import Iterator

from cantiere.foundation.search.sources import Findable
from cantiere.thread.contributions.models import Contribution


def key_of(contribution: Contribution) -> str:
    """How the search calls it."""
    return f"contribution:{contribution.pk}"


def findable(contribution: Contribution) -> Findable:
    """Its words and where they were said; who said them is not searched."""
    return {
        "key": key_of(contribution),
        "kind": "Contribution",
        "title": contribution.short,
        "text": f"{contribution.text} {contribution.activity.title}",
        "address": contribution.get_absolute_url(),
        "day": contribution.day,
        "weight": -1,
    }


def everything_public() -> Iterator[Findable]:
    """All public contributions, to index them anew."""
    rows = Contribution.objects.public().select_related("activity__programme")
    for contribution in rows.iterator(200):
        yield findable(contribution)
