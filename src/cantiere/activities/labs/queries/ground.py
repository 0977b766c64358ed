"""The ground under the pins of a laboratory."""

from cantiere.activities.labs.models import Lab
from cantiere.foundation.places.ground import ground
from cantiere.foundation.places.models import Place


def ground_of(lab: Lab) -> str:
    """Where the borders of the programme's municipalities are served; empty where nobody puts pins."""
    if not lab.blocks.filter(plan__asks="pin").exists():
        return ""
    places = list(lab.activity.programme.places.all()[:20])
    found = (ground(Place.Kind.MUNICIPALITY, places) if places else None) or ground()
    return found.url if found is not None else ""
