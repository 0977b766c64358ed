"""What came out of something held: written as a draft, published once, then told."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.foundation.core.edit import apply
from cantiere.foundation.notices import actions as notices
from cantiere.programmes.actions.activities import tell_outcome
from cantiere.programmes.actions.telling import tell_present
from cantiere.programmes.models import WithMinutes

FIELDS = {"short", "points", "minutes", "in_person_count"}


@transaction.atomic
def save_minutes(*, by: Person, held: WithMinutes, details: Mapping[str, object]) -> None:
    """Keep what was written; where the minutes are public already, the change is too."""
    changed = apply(held, details, allowed=FIELDS)
    if changed:
        log.record(by=by, verb=f"{held._meta.app_label}.save_minutes", target=held, changed=changed)
    if held.minutes_on is not None and held.short != held.activity.outcome:
        tell_outcome(by=by, activity=held.activity, outcome=held.short)


def _written(held: WithMinutes) -> None:
    if not (held.minutes or held.points or held.short):
        raise ValidationError({"minutes": _("There is nothing to publish yet: write the minutes first.")})


@transaction.atomic
def hand_in_minutes(*, by: Person, held: WithMinutes) -> None:
    """Whoever wrote them says that they are ready: who may publish is asked to approve them."""
    _written(held)
    if held.minutes_on is not None or held.minutes_ready_on is not None:
        return
    held.minutes_ready_on = timezone.localdate()
    held.save(update_fields=["minutes_ready_on"])
    log.record(by=by, verb=f"{held._meta.app_label}.hand_in_minutes", target=held)


@transaction.atomic
def publish_minutes(*, by: Person, held: WithMinutes) -> None:
    """Approve them and let everyone read; those who had a seat or came, and the followers, are told once."""
    _written(held)
    if held.minutes_on is not None:
        return
    activity = held.activity
    held.minutes_on, held.minutes_ready_on = timezone.localdate(), None
    held.save(update_fields=["minutes_on", "minutes_ready_on"])
    log.record(by=by, verb=f"{held._meta.app_label}.publish_minutes", target=held)
    once = f"activity-outcome:{activity.pk}"
    if activity.is_public:
        tell_present(
            activity=activity,
            once=once,
            title=format_lazy(gettext_lazy("The minutes are out: {title}"), title=activity.title),
            text=held.short or gettext_lazy("You can read what was said and what came out of it."),
        )
    if held.short:
        tell_outcome(by=by, activity=activity, outcome=held.short)
    elif activity.is_public:
        notices.tell(
            topic=activity.programme.topic,
            once=once,
            title=_("The minutes are out: {title}").format(title=activity.title),
            text=_("You can read what was said and what came out of it."),
            address=activity.get_absolute_url(),
        )


@transaction.atomic
def take_back_minutes(*, by: Person, held: WithMinutes) -> None:
    """Make the minutes a draft again, to mend them out of sight."""
    if held.minutes_on is None:
        return
    held.minutes_on, held.short = None, held.activity.outcome or held.short
    held.save(update_fields=["minutes_on", "short"])
    log.record(by=by, verb=f"{held._meta.app_label}.take_back_minutes", target=held)
    tell_outcome(by=by, activity=held.activity, outcome="")
