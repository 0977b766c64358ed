"""What one can find a contribution by."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop

from cantiere.foundation.core.slices import by_slices
from cantiere.foundation.search.sources import Findable
from cantiere.thread.contributions.models import Contribution

KIND = gettext_noop("Contribution")  # the search page translates it for whoever reads


def key_of(contribution: Contribution) -> str:
    """How the search calls it."""
    return f"contribution:{contribution.pk}"


def findable(contribution: Contribution) -> Findable:
    """Its words and where they were said; who said them is not searched."""
    return {
        "key": key_of(contribution),
        "kind": KIND,
        "title": contribution.short,
        "text": f"{contribution.text} {contribution.activity.title}",
        "address": contribution.get_absolute_url(),
        "day": contribution.day,
        "weight": -1,
    }


def everything_public() -> Iterator[Findable]:
    """All public contributions, to index them anew."""
    rows = Contribution.objects.public().select_related("activity__programme")
    for contribution in by_slices(rows):
        yield findable(contribution)
