"""The workspace around a census."""

from django.urls import reverse
from django.utils.translation import gettext as _

from cantiere.activities.observatory.models import Suggestion
from cantiere.activities.observatory.queries.census import waiting_of
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.access import can
from cantiere.programmes.models import Activity
from cantiere.programmes.views.workspace.frame import Door, activity_frame


def census_frame(
    person: Person, activity: Activity, current: str = "edit", *crumbs: tuple[str, str]
) -> dict[str, object]:
    """The frame of a page about one census, with its doors; also for curators who are in no team."""
    frame = activity_frame(person, activity, current, *crumbs)
    may_edit = can(person, "programmes.edit_activity", activity)
    queue = reverse("observatory:census_queue", args=[activity.slug])
    waiting = waiting_of(activity)
    suggested = Suggestion.objects.filter(record__census=activity, state=Suggestion.State.WAITING).count()
    own = [
        Door(_counted(_("Answers"), waiting), queue, current == "queue"),
        Door(
            _counted(_("Suggestions"), suggested),
            reverse("observatory:census_suggestions", args=[activity.slug]),
            current == "suggestions",
        ),
        Door(_("Records"), reverse("observatory:census_records", args=[activity.slug]), current == "records"),
        Door(_("Sheets"), reverse("observatory:imports", args=[activity.slug]), current == "imports"),
    ]
    if may_edit:
        invitations = reverse("observatory:census_invitations", args=[activity.slug])
        own.insert(1, Door(_("Invitations"), invitations, current == "invitations"))
    doors = list(frame["doors"])  # type: ignore[call-overload]
    frame["doors"] = [*doors[:1], *own, *doors[1:]] if may_edit else [*own, *doors]
    if not may_edit:
        programme = activity.programme
        frame["crumbs"] = [
            (programme.title, programme.get_absolute_url()),
            (activity.title, queue if crumbs else ""),
            *crumbs,
        ]
    return frame


def _counted(label: str, count: int) -> str:
    return f"{label} ({count})" if count else label
