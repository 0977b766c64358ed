"""Making the groups people work in."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cantiere.activities.labs.actions.telling import tell_script
from cantiere.activities.labs.models import Group, Lab
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.foundation.core.edit import apply

FIELDS = {"name", "link", "paper", "facilitator"}
MOST_GROUPS = 80


@transaction.atomic
def set_number_of_groups(*, by: Person | None, lab: Lab, number: int) -> None:
    """As many groups as wanted: new ones at the end, the last ones go."""
    if not 0 <= number <= MOST_GROUPS:
        raise ValidationError({"number": _("From none to 80 groups.")})
    Lab.objects.select_for_update().get(pk=lab.pk)
    groups = list(lab.groups.all())
    taken = {group.key for group in groups}
    free = (key for place in range(1, 2 * MOST_GROUPS + 1) if (key := f"t{place}") not in taken)
    for place in range(len(groups), number):
        Group.objects.create(lab=lab, key=next(free), order=place, name=_name(lab, place + 1))
    for group in groups[number:]:
        group.delete()
    log.record(by=by, verb="labs.set_number_of_groups", target=lab, number=number)
    tell_script(lab=lab)


def _name(lab: Lab, number: int) -> str:
    words = _("Table %(number)s") if lab.is_in_person else _("Group %(number)s")
    return words % {"number": number}


@transaction.atomic
def edit_groups(*, by: Person | None, lab: Lab, wanted: Mapping[int, Mapping[str, object]]) -> None:
    """Change names, links and facilitators of several groups at once, by their keys in the database."""
    groups = lab.groups.filter(pk__in=wanted)
    changed = [group.key for group in groups if apply(group, wanted[group.pk], allowed=FIELDS)]
    if changed:
        log.record(by=by, verb="labs.edit_groups", target=lab, groups=changed)
        tell_script(lab=lab)


@transaction.atomic
def remove_group(*, by: Person | None, group: Group) -> None:
    """Take one away."""
    lab = group.lab
    log.record(by=by, verb="labs.remove_group", target=group, name=group.name)
    group.delete()
    for order, each in enumerate(lab.groups.all()):
        if each.order != order:
            each.order = order
            each.save(update_fields=["order"])
    tell_script(lab=lab)
