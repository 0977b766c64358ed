"""Innovators follow their municipality, when it merges with others."""

from django.db import transaction

from cantiere.activities.innovators.actions.keeping import show
from cantiere.activities.innovators.models import Innovator
from cantiere.foundation.core import log
from cantiere.foundation.core.access import Actor
from cantiere.foundation.places.models import Place


@transaction.atomic
def follow_places(by: Actor) -> None:
    """Move innovators to what their municipality became; where it was divided only they know."""
    today = {ended: heirs for ended, heirs in Place.objects.heirs().items() if len(heirs) == 1}
    rows = Innovator.objects.select_for_update(of=("self",)).filter(place__in=today)
    for innovator in rows.select_related("map__activity__programme"):
        (innovator.place_id,) = today[innovator.place_id]
        innovator.save(update_fields=["place"])
        show(innovator)
        log.record(by=by, verb="innovators.follow_places", target=innovator)
