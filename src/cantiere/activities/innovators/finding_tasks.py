"""Keeping the index of the site true about a whole map, behind the page."""

from django.db import transaction

from cantiere.activities.innovators.actions.keeping import show
from cantiere.activities.innovators.models import Innovator
from cantiere.foundation.core.jobs import job
from cantiere.foundation.core.slices import by_slices, portions

AT_ONCE = 25
"""In one transaction: everyone who writes waits as long."""


@job(queue="maintenance", attempts=4, backoff=5, external=True)
def show_innovators_in_search(own: int) -> None:
    """Index those on a public map who agreed to be found; it may be begun again."""
    on_map = Innovator.objects.public().filter(map=own, searchable=True)
    keys = (innovator.pk for innovator in by_slices(on_map.only("pk")))
    for some in portions(keys, AT_ONCE):
        with transaction.atomic():
            rows = Innovator.objects.select_for_update(of=("self",)).filter(pk__in=some)
            for innovator in rows.select_related("map__activity__programme"):
                show(innovator)
