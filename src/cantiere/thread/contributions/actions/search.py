"""Keeping the search of the site true about what was said."""

from collections.abc import Sequence

from django.db import transaction

from cantiere.foundation.core.slices import by_slices
from cantiere.foundation.search import actions as search
from cantiere.programmes.models import Activity
from cantiere.thread.contributions.models import Contribution
from cantiere.thread.contributions.queries.findable import findable, key_of

FEW = 20


@transaction.atomic
def show_contribution(*, contribution: Contribution) -> None:
    """Findable as it stands now, or no longer."""
    if contribution.is_public:
        search.index(**findable(contribution))
    else:
        search.remove(key=key_of(contribution))


@transaction.atomic
def show_soon(activity: Activity, contributions: Sequence[Contribution]) -> None:
    """Make what was just written findable; much of it later, so that nobody waits."""
    from cantiere.thread.contributions import tasks

    if not activity.is_public:
        return
    if len(contributions) > FEW:
        tasks.show_activity.enqueue(activity.pk)
        return
    for contribution in contributions:
        show_contribution(contribution=contribution)


def show_activity(*, activity: Activity) -> None:
    """Make all that was said in a public activity findable, each in a transaction of its own."""
    if not activity.is_public:
        return
    for contribution in by_slices(Contribution.objects.filter(activity=activity).select_related("place")):
        contribution.activity = activity
        show_contribution(contribution=contribution)


@transaction.atomic
def appeared_or_disappeared(*, activity: Activity) -> None:
    """The activity became public, or no longer is: what was said in it follows."""
    from cantiere.thread.contributions import tasks

    if not activity.is_public:
        hide_activity(activity=activity)
    elif Contribution.objects.filter(activity=activity).exists():
        tasks.show_activity.enqueue(activity.pk)


@transaction.atomic
def hide_activity(*, activity: Activity) -> None:
    """The activity is no longer public: at once nothing said in it can be found."""
    for contribution in Contribution.objects.filter(activity=activity).only("pk"):
        search.remove(key=key_of(contribution))
