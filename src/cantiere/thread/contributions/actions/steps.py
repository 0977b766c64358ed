"""Reporting what became of contributions. Upper rooms call :func:`step`."""

import hashlib
from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.programmes.models import Activity
from cantiere.thread.contributions.actions.telling import tell_authors
from cantiere.thread.contributions.models import Contribution, Step

SLICE = 500


@transaction.atomic
def step(
    *,
    contributions: Iterable[Contribution],
    kind: str,
    words: str,
    reference: str = "",
    link: str = "",
    on: date | None = None,
    by: Person | None = None,
) -> int:
    """Say of many at once what became of them; whoever said them is told. Gives how many had not it yet.

    ``reference`` names the event (``"proposal:12"``): reported twice it counts once, whatever the words.
    Without one the words themselves name it. ``link`` begins with ``/`` or ``https://``.
    """
    kind, words = Step.Kind(kind), " ".join(words.split())
    _check(words, link)
    reference = reference or f"words:{hashlib.sha256(f'{words}{link}'.encode()).hexdigest()[:32]}"
    asked = sorted({each.pk for each in contributions})
    told = dict(
        Step.objects.filter(contribution__in=asked, kind=kind, reference=reference).values_list(
            "contribution", "pk"
        )
    )
    rows = list(Contribution.objects.said().filter(pk__in=set(asked) - told.keys()).order_by("pk"))
    fields = {
        "kind": kind,
        "words": words,
        "link": link,
        "reference": reference,
        "on": on or timezone.localdate(),
    }
    Step.objects.bulk_create(
        [Step(contribution=row, **fields) for row in rows], batch_size=SLICE, ignore_conflicts=True
    )
    if rows:
        log.record(
            by=by,
            verb="contributions.step",
            target=rows[0],
            kind=kind.value,
            reference=reference,
            count=len(rows),
        )
        title = format_lazy(gettext_lazy("What became of what you said: {what}"), what=kind.label.lower())
        tell_authors(rows, once=f"{kind}:{reference}", title=title, text=words)
    return len(rows)


def _check(words: str, link: str) -> None:
    if len(words) > 600:
        raise ValidationError({"words": _("At most 600 signs: the rest can stand behind the link.")})
    local = link.startswith("/") and url_has_allowed_host_and_scheme(link, None)
    if link and not local and not link.startswith("https://"):
        raise ValidationError({"link": _("Write the whole address, beginning with https://.")})


@transaction.atomic
def take_back_step(*, by: Person, activity: Activity, kind: str, reference: str) -> int:
    """It was reported by mistake: take it from all contributions of the activity. Gives from how many."""
    found = Step.objects.filter(contribution__activity=activity, kind=kind, reference=reference)
    number = found.delete()[0]
    if number:
        log.record(
            by=by, verb="contributions.take_back_step", target=activity, kind=kind, reference=reference
        )
    return number
