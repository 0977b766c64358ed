"""Writing down what people said."""

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.foundation.places.models import Place
from cantiere.programmes.models import Activity
from cantiere.thread.contributions.actions.search import show_soon
from cantiere.thread.contributions.models import ActorKind, Contribution, Receipt
from cantiere.thread.contributions.models.contribution import LONGEST

SLICE = 500


@dataclass(frozen=True, kw_only=True)
class Said:
    """One thing somebody said, as a kind hands it over.

    ``key`` is the kind's own, at most 80 signs, unique within the activity. ``person`` only when the thing
    was said under a name; ``named`` shows that name beside it. ``day`` is today unless said.
    """

    key: str
    text: str
    origin: str = ""
    day: date | None = None
    place: Place | None = None
    actor: str = ActorKind.UNSTATED
    person: Person | None = None
    named: bool = False
    in_room: bool = False
    receipt: Receipt | None = None
    published: bool = True
    held_why: str = ""


def clean(text: str) -> str:
    """Without what cannot be read: control signs, spaces at the ends; ``ValidationError`` when too long."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    read = "\n".join(
        "".join(
            sign
            for sign in line
            if sign == "\t" or unicodedata.category(sign) not in {"Cc", "Cs", "Cf"} or sign in "\u200c\u200d"
        ).rstrip()
        for line in lines
    ).strip()
    if len(read) > LONGEST:
        raise ValidationError(
            {
                "text": _(
                    "It is %(length)s characters long, at most %(most)s fit: shorten it, or split it in two."
                )
                % {"length": len(read), "most": LONGEST}
            }
        )
    return read if any(unicodedata.category(sign)[0] not in "ZC" for sign in read) else ""


@transaction.atomic
def contribute(*, activity: Activity, said: Said, by: Person | None = None) -> Contribution:
    """Write one thing down; refused when nothing is said. What stands, when its key was written before."""
    written = contribute_all(activity=activity, said=[said], by=by)
    if said.key not in written:
        raise ValidationError({"text": _("Nothing is written here yet.")})
    return written[said.key]


@transaction.atomic
def contribute_all(
    *, activity: Activity, said: Sequence[Said], by: Person | None = None
) -> dict[str, Contribution]:
    """Write many at once; gives them by key, those too that were written before and stay as they are.

    What says nothing is left out. ``by`` is who writes it down, not who said it.
    """
    rows = {each.key: _row(activity, each, text) for each in said if (text := clean(each.text))}
    # The order of the digests tells nothing of who came first, and two batches never wait for each other.
    order = sorted(rows, key=lambda key: hashlib.sha256(key.encode()).digest())
    Contribution.objects.bulk_create((rows[key] for key in order), batch_size=SLICE, ignore_conflicts=True)
    standing = _standing(activity, order)
    new = [row for row in standing.values() if row.pk == rows[row.key].pk]
    if new:
        log.record(by=by, verb="contributions.contribute", target=activity, count=len(new))
        show_soon(activity, new)
    return standing


def _row(activity: Activity, said: Said, text: str) -> Contribution:
    if not 0 < len(said.key) <= 80:
        raise ValueError("A key has between 1 and 80 signs.")
    return Contribution(
        activity=activity,
        key=said.key,
        text=text,
        origin=" ".join(clean(said.origin).split())[:160],
        day=said.day or timezone.localdate(),
        place=said.place,
        actor=ActorKind(said.actor),
        person=said.person,
        named=said.named and said.person is not None,
        in_room=said.in_room,
        receipt=said.receipt,
        published=said.published,
        held_why=said.held_why,
    )


def _standing(activity: Activity, keys: Sequence[str]) -> dict[str, Contribution]:
    found: dict[str, Contribution] = {}
    for start in range(0, len(keys), SLICE):
        part = keys[start : start + SLICE]
        rows = Contribution.objects.filter(activity=activity, key__in=part).select_related("place")
        found |= {row.key: row for row in rows}
    for row in found.values():
        row.activity = activity
    return found
