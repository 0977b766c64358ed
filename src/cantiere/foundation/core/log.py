"""The audit log: actions say what they did."""

import hashlib
import json
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from cantiere.foundation.core.access import Actor
from cantiere.foundation.core.models import AuditEntry, AuditSeal


def record(*, by: Actor, verb: str, target: Model, **data: object) -> None:
    """Note an act in the transaction that does it; ``data`` holds what changed, no personal data."""
    AuditEntry.objects.create(
        by_id=by.pk if by is not None else None,
        verb=verb,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        data=data,
    )


# The verbs one after the other, and the last act of each: seeks in the index, however many acts there are.
_LAST = """
    WITH RECURSIVE verbs(verb) AS (
        SELECT MIN(verb) FROM core_auditentry
        UNION ALL
        SELECT (SELECT MIN(later.verb) FROM core_auditentry later WHERE later.verb > verbs.verb)
        FROM verbs WHERE verbs.verb IS NOT NULL
    )
    SELECT verb, (SELECT MAX(id) FROM core_auditentry act WHERE act.verb = verbs.verb)
    FROM verbs WHERE verb IS NOT NULL
"""


def last_of_rooms() -> dict[str, datetime]:
    """When anything was last done in each room, by its name."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST)
        last: dict[str, int] = {}
        for verb, pk in cursor.fetchall():
            room = verb.partition(".")[0]
            last[room] = max(pk, last.get(room, 0))
    moments = dict(AuditEntry.objects.filter(pk__in=last.values()).values_list("pk", "at"))
    return {room: moments[pk] for room, pk in last.items()}


def _digest(entries: list[AuditEntry], previous: str) -> str:
    digest = hashlib.sha256(previous.encode())
    for entry in entries:
        line = [entry.pk, entry.at.isoformat(), entry.verb, entry.target_type, entry.target_id, entry.data]
        digest.update(json.dumps(line, sort_keys=True, ensure_ascii=False).encode())
    return digest.hexdigest()


# On PostgreSQL a transaction may commit after one with a higher number: wait until none can be open.
SETTLED = timedelta(minutes=1)


@transaction.atomic
def seal(settled: timedelta = SETTLED) -> AuditSeal | None:
    """Close the settled entries since the last seal with a digest; nothing to close gives ``None``."""
    last = AuditSeal.objects.select_for_update().order_by("-up_to").first()
    since = AuditEntry.objects.filter(pk__gt=last.up_to if last else 0).order_by("pk")
    newest = since.filter(at__lte=timezone.now() - settled).last()
    if newest is None:
        return None
    entries = list(since.filter(pk__lte=newest.pk))
    digest = _digest(entries, last.digest if last else "")
    return AuditSeal.objects.create(up_to=entries[-1].pk, entries=len(entries), digest=digest)


def verify() -> AuditSeal | None:
    """The first seal that no longer fits its entries, or ``None`` when all do."""
    since, previous = 0, ""
    for sealed in AuditSeal.objects.order_by("up_to"):
        entries = list(AuditEntry.objects.filter(pk__gt=since, pk__lte=sealed.up_to).order_by("pk"))
        if len(entries) != sealed.entries or _digest(entries, previous) != sealed.digest:
            return sealed
        since, previous = sealed.up_to, sealed.digest
    return None
