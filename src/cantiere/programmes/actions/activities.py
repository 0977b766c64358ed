"""What is done to the row of an activity; its kind sees to its own."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.foundation.core.edit import apply, free_slug, reorder
from cantiere.foundation.notices import actions as notices
from cantiere.foundation.search import actions as search
from cantiere.programmes import additions
from cantiere.programmes.actions import letters
from cantiere.programmes.actions.enrolment import copy_rules
from cantiere.programmes.actions.seats import lock
from cantiere.programmes.kinds import kind_of
from cantiere.programmes.models import Activity, Phase, Programme
from cantiere.programmes.queries.found import findable_activity

FIELDS = {
    "title",
    "summary",
    "phase",
    "goals",
    "place",
    "place_note",
    "opens",
    "closes",
    "starts_on",
    "ends_on",
}
WHERE = {"place", "place_note"}
IN_CALENDARS = WHERE | {"title", "summary"}


@transaction.atomic
def add_activity(
    *, by: Person, programme: Programme, kind_key: str, details: Mapping[str, object]
) -> Activity:
    """A new draft, with the kind's own row."""
    kind = kind_of(kind_key)
    activity = Activity(
        programme=programme,
        kind_key=kind.key,
        slug=free_slug(Activity, str(details["title"])),
        order=programme.activities.count(),
    )
    apply(activity, details, allowed=FIELDS)
    _stand_in_a_phase(activity)
    kind.setup(activity)
    log.record(by=by, verb="programmes.add_activity", target=activity, kind=kind.key)
    return activity


@transaction.atomic
def edit_activity(*, by: Person | None, activity: Activity, details: Mapping[str, object]) -> list[str]:
    """Change the row; the names of the fields that changed."""
    changed = apply(activity, details, allowed=FIELDS)
    _stand_in_a_phase(activity)
    if changed:
        log.record(by=by, verb="programmes.edit_activity", target=activity, changed=changed)
        show_in_search(activity)
    if IN_CALENDARS & set(changed):
        renew_appointments(activity)
    if activity.is_public and WHERE & set(changed):
        letters.tell_place(activity)
    return changed


@transaction.atomic
def hold_on(*, activity: Activity, first: date | None, last: date | None) -> None:
    """Called by a kind when its appointments move: the days the activity is held."""
    Activity.objects.filter(pk=activity.pk).update(starts_on=first, ends_on=last)
    activity.starts_on, activity.ends_on = first, last
    show_in_search(activity)


@transaction.atomic
def publish_activity(*, by: Person, activity: Activity) -> None:
    """Let everyone see it; refused with what is still missing."""
    problems = activity.kind.problems(activity)
    if problems:
        raise ValidationError(list(problems))
    if activity.published_at is None:
        activity.published_at = timezone.now()
        activity.save(update_fields=["published_at"])
        log.record(by=by, verb="programmes.publish_activity", target=activity)
        additions.appeared_or_disappeared(activity)
    show_in_search(activity)
    if activity.is_public:
        _tell_followers(activity, _("New in {programme}"), f"activity-published:{activity.pk}")


@transaction.atomic
def withdraw_activity(*, by: Person, activity: Activity) -> None:
    """Back to a draft; refused when people already enrolled or took part in it."""
    lock(activity)
    if activity.participations.exists() or activity.enrolments.current().exists():
        raise ValidationError(_("People already enrolled or took part: cancel it instead, saying why."))
    activity.published_at = None
    activity.save(update_fields=["published_at"])
    search.remove(key=f"activity:{activity.pk}")
    additions.appeared_or_disappeared(activity)
    log.record(by=by, verb="programmes.withdraw_activity", target=activity)


@transaction.atomic
def cancel_activity(*, by: Person, activity: Activity, why: str) -> None:
    """Keep it in public, saying that it is not held and why; who enrolled and who follows is told at once."""
    lock(activity)  # who enrols at this moment does so before, and is told, or finds it cancelled
    activity.cancelled_on, activity.cancelled_why = timezone.localdate(), why
    activity.save(update_fields=["cancelled_on", "cancelled_why"])
    renew_appointments(activity)
    log.record(by=by, verb="programmes.cancel_activity", target=activity)
    if activity.is_public:
        letters.tell_cancelled(activity)
        _tell_followers(
            activity, _("Cancelled in {programme}"), f"activity-cancelled:{activity.pk}", urgent=True
        )


@transaction.atomic
def restore_activity(*, by: Person, activity: Activity) -> None:
    """It is held after all."""
    activity.cancelled_on, activity.cancelled_why = None, ""
    activity.save(update_fields=["cancelled_on", "cancelled_why"])
    log.record(by=by, verb="programmes.restore_activity", target=activity)


@transaction.atomic
def tell_outcome(*, by: Person | None, activity: Activity, outcome: str) -> None:
    """Say in public what came of it; followers are told once the activity is public."""
    activity.outcome = outcome
    activity.outcome_on = (activity.outcome_on or timezone.localdate()) if outcome else None
    activity.save(update_fields=["outcome", "outcome_on"])
    log.record(by=by, verb="programmes.tell_outcome", target=activity)
    show_in_search(activity)
    if outcome and activity.is_public:
        notices.tell(
            topic=activity.programme.topic,
            once=f"activity-outcome:{activity.pk}",
            title=_("What came of it: {title}").format(title=activity.title),
            text=outcome,
            address=activity.get_absolute_url(),
        )


@transaction.atomic
def copy_activity(
    *, by: Person, activity: Activity, programme: Programme, phase: Phase | None, title: str = ""
) -> Activity:
    """A draft with the same settings and no results; dates are left to be set again."""
    if phase is not None and phase.programme_id != programme.pk:
        raise ValidationError({"phase": _("This phase belongs to another programme.")})
    target = Activity(
        programme=programme,
        phase=phase,
        kind_key=activity.kind_key,
        title=title or activity.title,
        summary=activity.summary,
        place=activity.place,
        place_note=activity.place_note,
        order=programme.activities.count(),
    )
    target.slug = free_slug(Activity, target.title)
    target.save()
    if programme.pk == activity.programme_id:
        target.goals.set(activity.goals.all())
    activity.kind.copy(activity, target)
    copy_rules(source=activity, target=target)
    log.record(by=by, verb="programmes.copy_activity", target=target, source=activity.pk)
    return target


@transaction.atomic
def move_activity(*, by: Person, activity: Activity, step: int) -> None:
    """One place up or down within its phase."""
    same_phase = activity.programme.activities.select_for_update().filter(phase=activity.phase)
    rows = list(same_phase)
    reorder(rows, activity, step)
    log.record(by=by, verb="programmes.move_activity", target=activity, step=step)


@transaction.atomic
def remove_activity(*, by: Person, activity: Activity) -> None:
    """Delete a draft; what was public is cancelled, not deleted."""
    if activity.published_at is not None or activity.participations.exists():
        raise ValidationError(_("Only a draft can be removed: cancel what was already public."))
    if objections := additions.objections(activity):
        raise ValidationError([str(words) for words in objections])
    log.record(by=by, verb="programmes.remove_activity", target=activity.programme, title=activity.title)
    activity.delete()


def renew_appointments(activity: Activity) -> None:
    """What calendars show of the activity changed: its title, its place, or that it is cancelled."""
    activity.appointments.update(version=F("version") + 1, changed_at=timezone.now())


def _stand_in_a_phase(activity: Activity) -> None:
    in_phases = activity.programme.is_in_phases
    if in_phases and activity.phase is None:
        raise ValidationError({"phase": _("Choose the phase in which this activity stands.")})
    if activity.phase is not None and activity.phase.programme_id != activity.programme_id:
        raise ValidationError({"phase": _("This phase belongs to another programme.")})


def show_in_search(activity: Activity) -> None:
    """Make a public activity findable, or say anew what it is."""
    if activity.is_public:
        search.index(**findable_activity(activity))


def _tell_followers(activity: Activity, title: str, once: str, *, urgent: bool = False) -> None:
    notices.tell(
        topic=activity.programme.topic,
        once=once,
        title=title.format(programme=activity.programme.title),
        text=f"{activity.title}. {activity.cancelled_why or activity.summary}",
        address=activity.get_absolute_url(),
        urgent=urgent,
    )
