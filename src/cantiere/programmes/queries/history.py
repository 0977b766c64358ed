"""The audit log of one programme, in words, for its team."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import ForeignKey, Model, Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cantiere.foundation.core.models import AuditEntry
from cantiere.foundation.places.models import Place
from cantiere.programmes.models import Activity, Change, Goal, Partnership, Phase, Programme, TeamMember

# What each act is called; %(what)s is the name of what it was done to.
ACTS = {
    "programmes.create": gettext_noop("Created the programme"),
    "programmes.edit": gettext_noop("Edited the description: %(fields)s"),
    "programmes.publish": gettext_noop("Published the programme"),
    "programmes.copy": gettext_noop("Copied the programme from another one"),
    "programmes.record_change": gettext_noop("Told a change: %(what)s"),
    "programmes.correct_change": gettext_noop("Corrected what was told of a change"),
    "programmes.add_phase": gettext_noop("Added the phase “%(what)s”"),
    "programmes.edit_phase": gettext_noop("Edited the phase “%(what)s”: %(fields)s"),
    "programmes.move_phase": gettext_noop("Moved the phase “%(what)s”"),
    "programmes.remove_phase": gettext_noop("Removed the phase “%(what)s”"),
    "programmes.add_goal": gettext_noop("Added the goal “%(what)s”"),
    "programmes.edit_goal": gettext_noop("Edited the goal “%(what)s”"),
    "programmes.move_goal": gettext_noop("Moved the goal “%(what)s”"),
    "programmes.remove_goal": gettext_noop("Removed the goal “%(what)s”"),
    "programmes.add_activity": gettext_noop("Added the activity “%(what)s”"),
    "programmes.edit_activity": gettext_noop("Edited the activity “%(what)s”: %(fields)s"),
    "programmes.publish_activity": gettext_noop("Published the activity “%(what)s”"),
    "programmes.withdraw_activity": gettext_noop("Made the activity “%(what)s” a draft again"),
    "programmes.cancel_activity": gettext_noop("Cancelled the activity “%(what)s”"),
    "programmes.restore_activity": gettext_noop("Took back the cancellation of “%(what)s”"),
    "programmes.tell_outcome": gettext_noop("Told what came of “%(what)s”"),
    "programmes.copy_activity": gettext_noop("Copied an activity to “%(what)s”"),
    "programmes.move_activity": gettext_noop("Moved the activity “%(what)s”"),
    "programmes.remove_activity": gettext_noop("Removed the draft “%(what)s”"),
    "programmes.set_enrolment": gettext_noop("Set how people enrol in “%(what)s”"),
    "programmes.add_partner": gettext_noop("Added the partner %(what)s"),
    "programmes.edit_partner": gettext_noop("Edited the partner %(what)s"),
    "programmes.remove_partner": gettext_noop("Removed the partner %(what)s"),
    "programmes.add_team_member": gettext_noop("Gave a role: %(what)s"),
    "programmes.invite_team_member": gettext_noop("Invited somebody to the team: %(role)s"),
    "programmes.withdraw_invitation": gettext_noop("Withdrew an invitation to the team"),
    "programmes.remove_team_member": gettext_noop("Ended a role in the team: %(role)s"),
}
PARTS: tuple[type[Model], ...] = (Activity, Change, Goal, Partnership, Phase, TeamMember)
RELATED = {Partnership: ("organisation",), TeamMember: ("person",)}


@dataclass(frozen=True)
class Line:
    """One act: when, who, what."""

    at: datetime
    who: str
    what: str


def entries_of(programme: Programme) -> QuerySet[AuditEntry]:
    """What was done to a programme and to its parts; people's enrolments are no part of it."""
    own = Q(target_type=Programme._meta.label_lower, target_id=str(programme.pk))
    for model in PARTS:
        keys = model._default_manager.filter(programme=programme).values_list("pk", flat=True)
        own |= Q(target_type=model._meta.label_lower, target_id__in=[str(key) for key in keys])
    return AuditEntry.objects.filter(own, verb__in=ACTS).select_related("by").order_by("-pk")


def in_words(programme: Programme, entries: Iterable[AuditEntry]) -> Sequence[Line]:
    """Each entry as a sentence."""
    rows = list(entries)
    names = _names(programme, rows)
    return [Line(row.at, str(row.by) if row.by else _("Cantiere"), _sentence(row, names)) for row in rows]


def _names(programme: Programme, rows: Iterable[AuditEntry]) -> dict[tuple[str, str], str]:
    wanted: dict[str, set[str]] = {}
    for row in rows:
        wanted.setdefault(row.target_type, set()).add(row.target_id)
    names = {(Programme._meta.label_lower, str(programme.pk)): programme.title}
    for model in PARTS:
        label = model._meta.label_lower
        if label in wanted:
            found = model._default_manager.select_related(*RELATED.get(model, ())).filter(
                pk__in=wanted[label]
            )
            names |= {(label, str(each.pk)): _name(each) for each in found}
    return names


def _name(part: Model) -> str:
    return part.get_kind_display() if isinstance(part, Change) else str(part)


def _sentence(row: AuditEntry, names: dict[tuple[str, str], str]) -> str:
    role = row.data.get("role", "")
    words = {
        "what": row.data.get("title") or names.get((row.target_type, row.target_id), ""),
        "fields": _fields(row),
        "role": str(TeamMember.Role(role).label) if role in TeamMember.Role.values else role,
    }
    return (_(ACTS[row.verb]) % words).rstrip(": ")


def _label(field: object) -> str:
    if isinstance(field, ForeignKey) and field.related_model is Place:
        return _("municipality")
    return str(getattr(field, "verbose_name", ""))


def _fields(row: AuditEntry) -> str:
    changed = row.data.get("changed") or []
    models: tuple[type[Model], ...] = (Programme, *PARTS)
    model = {each._meta.label_lower: each for each in models}[row.target_type]
    known = {field.name: field for field in model._meta.get_fields()}
    labels = [_label(known[name]) for name in changed if name in known]
    return capfirst(", ".join(labels)).lower()
