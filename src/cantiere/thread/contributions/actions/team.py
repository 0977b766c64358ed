"""Whether everyone may read it."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.thread.contributions.actions.search import show_contribution
from cantiere.thread.contributions.actions.telling import tell_authors
from cantiere.thread.contributions.models import ActorKind, Contribution


def rows_of(contributions: Iterable[Contribution]) -> list[Contribution]:
    """These rows as they are now, held until the transaction ends; without those withdrawn."""
    keys = sorted(each.pk for each in contributions)
    rows = Contribution.objects.select_for_update(of=("self",)).said().filter(pk__in=keys)
    return list(rows.select_related("activity__programme").order_by("pk"))


@transaction.atomic
def hold_back(*, by: Person, contributions: Iterable[Contribution], reason: str) -> int:
    """Only the team reads these; whoever said them is told why. Gives how many changed."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: whoever said it reads your reason.")})
    rows = [row for row in rows_of(contributions) if row.published]
    for row in rows:
        row.published, row.held_why = False, reason.strip()
        row.save(update_fields=["published", "held_why"])
        log.record(by=by, verb="contributions.hold_back", target=row)
        show_contribution(contribution=row)
    tell_authors(
        rows,
        once=f"held:{reason.strip()}",
        title=gettext_lazy("What you said is not published"),
        text=reason.strip(),
    )
    return len(rows)


@transaction.atomic
def publish(*, by: Person, contributions: Iterable[Contribution]) -> int:
    """Everyone may read these as soon as their activity is public. Gives how many changed."""
    rows = [row for row in rows_of(contributions) if not row.published]
    for row in rows:
        row.published, row.held_why = True, ""
        row.save(update_fields=["published", "held_why"])
        log.record(by=by, verb="contributions.publish", target=row)
        show_contribution(contribution=row)
    return len(rows)


@transaction.atomic
def unstate(*, contributions: Iterable[int], place: bool, actor: bool) -> int:
    """Forget from where, or on whose behalf, these (by number) were said; gives how many.

    For the kind that deletes what was live: who is one of a few would be known by it.
    """
    rows = Contribution.objects.filter(pk__in=list(contributions))
    forgotten = ({"place": None} if place else {}) | ({"actor": ActorKind.UNSTATED} if actor else {})
    return rows.update(**forgotten) if forgotten else 0
