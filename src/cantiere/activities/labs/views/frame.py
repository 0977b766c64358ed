"""The workspace around the pages of a laboratory: one door for each thing its team does."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cantiere.activities.labs.models import Lab
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.access import can
from cantiere.programmes.views.workspace.frame import Door, activity_frame

# (address, name, rule); they stand after those that every activity has.
DOORS = (
    ("script", _("Run sheet"), "labs.prepare"),
    ("groups", _("Groups"), "labs.prepare"),
    ("lead", _("Desk"), "labs.run"),
    ("harvest", _("What was gathered"), "labs.publish"),
    ("minutes", _("Minutes"), "labs.run"),
)


def lab_frame(person: Person, lab: Lab, current: str = "edit", *crumbs: tuple[str, str]) -> dict[str, object]:
    """The context of a page of the workspace about a laboratory; ``current`` is the door it stands behind."""
    frame = activity_frame(person, lab.activity, current, *crumbs)
    own = [
        Door(label, reverse(f"labs:{name}", args=[lab.activity.slug]), name == current)
        for name, label, rule in DOORS
        if can(person, rule, lab)
    ]
    doors = frame["doors"]
    assert isinstance(doors, list)
    return frame | {"doors": [*doors[:1], *own, *doors[1:]], "lab": lab}
