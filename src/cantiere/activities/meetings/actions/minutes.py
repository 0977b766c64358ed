"""What came out of a meeting: written as a draft, published once, then told."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cantiere.activities.meetings.models import Meeting
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.foundation.core.edit import apply
from cantiere.foundation.notices import actions as notices
from cantiere.programmes import actions as programmes

FIELDS = {"short", "points", "minutes", "in_person_count"}


@transaction.atomic
def save_minutes(*, by: Person, meeting: Meeting, details: Mapping[str, object]) -> None:
    """Keep what was written; where the minutes are public already, the change is too."""
    changed = apply(meeting, details, allowed=FIELDS)
    if changed:
        log.record(by=by, verb="meetings.save_minutes", target=meeting, changed=changed)
    if meeting.minutes_on is not None and meeting.short != meeting.activity.outcome:
        programmes.tell_outcome(by=by, activity=meeting.activity, outcome=meeting.short)


@transaction.atomic
def publish_minutes(*, by: Person, meeting: Meeting) -> None:
    """Let everyone read what came out; those who had a seat and the followers are told, once."""
    if not (meeting.minutes or meeting.points or meeting.short):
        raise ValidationError({"minutes": _("There is nothing to publish yet: write the minutes first.")})
    if meeting.minutes_on is not None:
        return
    activity = meeting.activity
    meeting.minutes_on = timezone.localdate()
    meeting.save(update_fields=["minutes_on"])
    log.record(by=by, verb="meetings.publish_minutes", target=meeting)
    once = f"activity-outcome:{activity.pk}"
    if activity.is_public:
        programmes.tell_enrolled(
            activity=activity,
            only_confirmed=True,
            once=once,
            title=format_lazy(gettext_lazy("The minutes are out: {title}"), title=activity.title),
            text=meeting.short or gettext_lazy("You can read what was said and what came out of it."),
        )
    if meeting.short:
        programmes.tell_outcome(by=by, activity=activity, outcome=meeting.short)
    elif activity.is_public:
        notices.tell(
            topic=activity.programme.topic,
            once=once,
            title=_("The minutes are out: {title}").format(title=activity.title),
            text=_("You can read what was said and what came out of it."),
            address=activity.get_absolute_url(),
        )


@transaction.atomic
def take_back_minutes(*, by: Person, meeting: Meeting) -> None:
    """Make the minutes a draft again, to mend them out of sight."""
    if meeting.minutes_on is None:
        return
    meeting.minutes_on, meeting.short = None, meeting.activity.outcome or meeting.short
    meeting.save(update_fields=["minutes_on", "short"])
    log.record(by=by, verb="meetings.take_back_minutes", target=meeting)
    programmes.tell_outcome(by=by, activity=meeting.activity, outcome="")
