"""A map that becomes public, or no longer is: who is on it follows, into the index and out of it."""

from django.db import transaction

from cantiere.activities.innovators.finding_tasks import show_innovators_in_search
from cantiere.activities.innovators.models import Innovator
from cantiere.activities.innovators.queries.found import key_of
from cantiere.foundation.search import actions as search
from cantiere.programmes.models import Activity


@transaction.atomic
def appeared_or_disappeared(*, activity: Activity) -> None:
    """At once nobody on a withdrawn map can be found; who is on a public one soon can."""
    there = Innovator.objects.filter(map=activity.pk)
    if not activity.is_public:
        search.remove_all(keys=map(key_of, there.order_by().values_list("pk", flat=True)))
    elif there.exists():
        show_innovators_in_search.enqueue(activity.pk)
