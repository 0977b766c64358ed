"""What is done to a programme as a whole."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.foundation.core.edit import apply, free_slug
from cantiere.foundation.notices import actions as notices
from cantiere.foundation.search import actions as search
from cantiere.programmes import additions
from cantiere.programmes.actions.activities import add_activity, copy_activity, show_in_search
from cantiere.programmes.blueprints import Blueprint
from cantiere.programmes.models import Change, Goal, Partnership, Phase, Programme, TeamMember
from cantiere.programmes.queries import problems_of
from cantiere.programmes.queries.found import findable_programme

FIELDS = {
    "title", "summary", "approach", "places", "starts_on", "ends_on", "cover", "cover_alt", "contact",
}  # fmt: skip
TAKEN = {"nuovo"}  # the workspace's page that creates programmes


@transaction.atomic
def create_programme(*, by: Person, blueprint: Blueprint, details: Mapping[str, object]) -> Programme:
    """A draft with the blueprint's outline; whoever creates it coordinates it."""
    programme = Programme(form=blueprint.form, slug=_free_address(str(details["title"])))
    apply(programme, details, allowed=FIELDS)
    TeamMember.objects.create(programme=programme, person=by, role=TeamMember.Role.COORDINATOR)
    for order, plan in enumerate(blueprint.phases):
        phase = Phase.objects.create(
            programme=programme, title=str(plan.title), summary=str(plan.summary), order=order
        )
        for kind_key, title in plan.activities:
            add_activity(
                by=by, programme=programme, kind_key=kind_key, details={"title": str(title), "phase": phase}
            )
    log.record(by=by, verb="programmes.create", target=programme, blueprint=blueprint.key)
    return programme


@transaction.atomic
def edit_programme(*, by: Person, programme: Programme, details: Mapping[str, object]) -> list[str]:
    """Change what the programme says of itself; the names of the fields that changed."""
    changed = apply(programme, details, allowed=FIELDS)
    if changed:
        log.record(by=by, verb="programmes.edit", target=programme, changed=changed)
        _show_in_search(programme)
    return changed


@transaction.atomic
def publish_programme(*, by: Person, programme: Programme) -> None:
    """Let everyone see it; refused with what is still missing."""
    problems = problems_of(programme)
    if problems:
        raise ValidationError([problem.text for problem in problems])
    if programme.published_at is None:
        programme.published_at = timezone.now()
        programme.save(update_fields=["published_at"])
        log.record(by=by, verb="programmes.publish", target=programme)
    _show_in_search(programme)
    for activity in programme.activities.filter(published_at__isnull=False).select_related(
        "programme", "place"
    ):
        show_in_search(activity)
        additions.appeared_or_disappeared(activity)


@transaction.atomic
def record_change(
    *, by: Person, programme: Programme, kind: str, on: date, reason: str, what: str = "",
    phase: Phase | None = None, days: int | None = None, ends_on: date | None = None,
) -> Change:  # fmt: skip
    """Pause, resume, re-plan, extend or close, saying why; public, and told to the followers at once.

    ``ends_on`` moves the programme's last day; ``days`` alone moves it by as many.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    _can_happen(programme, kind)
    if phase is not None and phase.programme_id != programme.pk:
        raise ValidationError({"phase": _("This phase belongs to another programme.")})
    change = Change.objects.create(
        programme=programme, kind=kind, on=on, reason=reason, what=what, phase=phase, days=days
    )
    if kind == Change.Kind.PAUSED:
        programme.paused_on = on
    elif kind in {Change.Kind.RESUMED, Change.Kind.CLOSED}:
        programme.paused_on = None
        programme.closed_on = on if kind == Change.Kind.CLOSED else None
    if kind == Change.Kind.EXTENDED and days and not ends_on and not phase and programme.ends_on:
        ends_on = programme.ends_on + timedelta(days=days)
    programme.ends_on = ends_on or programme.ends_on
    programme.save(update_fields=["paused_on", "closed_on", "ends_on"])
    log.record(by=by, verb="programmes.record_change", target=change, kind=kind)
    _tell_change(change)
    return change


@transaction.atomic
def correct_change(*, by: Person, change: Change, reason: str) -> Change:
    """Set right what was told of a change: a new one beside it, for the first text stays as it is."""
    correction = Change.objects.create(
        programme=change.programme,
        kind=Change.Kind.CORRECTED,
        on=timezone.localdate(),
        reason=reason,
        phase=change.phase,
        corrects=change,
    )
    log.record(by=by, verb="programmes.correct_change", target=correction, corrects=change.pk)
    _tell_change(correction)
    return correction


def _free_address(title: str) -> str:
    slug = free_slug(Programme, title)
    return free_slug(Programme, f"{title} programma") if slug in TAKEN else slug


def _can_happen(programme: Programme, kind: str) -> None:
    paused, closed = programme.paused_on is not None, programme.closed_on is not None
    if kind == Change.Kind.RESUMED and not (paused or closed):
        raise ValidationError(_("The programme is not paused: there is nothing to resume."))
    if kind == Change.Kind.PAUSED and paused:
        raise ValidationError(_("The programme is already paused."))
    if closed and kind != Change.Kind.RESUMED:
        raise ValidationError(_("The programme is closed: resume it first."))


def _tell_change(change: Change) -> None:
    programme = change.programme
    if not programme.is_public:
        return
    notices.tell(
        topic=programme.topic,
        once=f"change:{change.pk}",
        title=f"{programme.title}: {change.get_kind_display().lower()}",
        text=change.reason,
        address=programme.get_absolute_url(),
        urgent=True,
    )


@transaction.atomic
def copy_programme(*, by: Person, programme: Programme, title: str) -> Programme:
    """A draft with the same outline: goals, phases, partners, activities with their settings; no results."""
    target = Programme.objects.create(
        slug=_free_address(title),
        title=title,
        summary=programme.summary,
        form=programme.form,
        approach=programme.approach,
        contact=programme.contact,
    )
    target.places.set(programme.places.all())
    TeamMember.objects.create(programme=target, person=by, role=TeamMember.Role.COORDINATOR)
    goals = {g.pk: Goal.objects.create(programme=target, title=g.title, text=g.text, order=g.order)
             for g in programme.goals.all()}  # fmt: skip
    phases = {p.pk: Phase.objects.create(programme=target, title=p.title, summary=p.summary, order=p.order)
              for p in programme.phases.all()}  # fmt: skip
    Partnership.objects.bulk_create(
        Partnership(
            programme=target, organisation_id=p.organisation_id, role=p.role, note=p.note, order=p.order
        )
        for p in programme.partnerships.all()
    )
    for activity in programme.activities.prefetch_related("goals"):
        phase = phases[activity.phase_id] if activity.phase_id else None
        copied = copy_activity(by=by, activity=activity, programme=target, phase=phase)
        copied.goals.set(goals[goal.pk] for goal in activity.goals.all())
    log.record(by=by, verb="programmes.copy", target=target, source=programme.pk)
    return target


def _show_in_search(programme: Programme) -> None:
    if programme.is_public:
        search.index(**findable_programme(programme))
