"""The audit log cannot be altered unnoticed."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cantiere.foundation.core import log
from cantiere.foundation.core.models import AuditEntry, AuditSeal, Submission

NOW = timedelta(0)
pytestmark = pytest.mark.django_db


@pytest.fixture
def acts() -> list[AuditEntry]:
    target = Submission.objects.create(key="k" * 20, fingerprint="x")
    for number in range(6):
        log.record(by=None, verb=f"act {number}", target=target, number=number)
        if number in {2, 4}:
            log.seal(NOW)
    return list(AuditEntry.objects.order_by("pk"))


def test_an_act_says_what_was_done_to_what(acts: list[AuditEntry]) -> None:
    first = acts[0]
    assert (first.verb, first.target_type, first.target_id, first.data) == (
        "act 0", "core.submission", "k" * 20, {"number": 0},
    )  # fmt: skip


def test_untouched_seals_fit(acts: list[AuditEntry]) -> None:
    assert [seal.entries for seal in AuditSeal.objects.order_by("up_to")] == [3, 2]
    assert log.verify() is None
    log.seal(NOW)
    assert log.seal(NOW) is None
    out = StringIO()
    call_command("audit", verify=True, stdout=out)
    assert "Every seal fits" in out.getvalue()


@pytest.mark.parametrize("change", ["data", "delete", "insert", "verb", "seal"])
def test_every_change_is_noticed(acts: list[AuditEntry], change: str) -> None:
    if change == "data":
        AuditEntry.objects.filter(pk=acts[1].pk).update(data={"number": 9})
    elif change == "delete":
        acts[3].delete()
    elif change == "insert":
        acts[5].delete()
        log.seal(NOW)
        AuditEntry.objects.filter(pk=acts[4].pk).delete()
        AuditEntry.objects.create(pk=acts[4].pk, verb="x", target_type="y", target_id="z")
    elif change == "verb":
        AuditEntry.objects.filter(pk=acts[4].pk).update(verb="nothing")
    else:
        AuditSeal.objects.order_by("up_to").first().delete()  # type: ignore[union-attr]
    assert log.verify() is not None
    with pytest.raises(CommandError, match="were changed"):
        call_command("audit", verify=True, stdout=StringIO())


def test_a_forged_seal_does_not_fit_the_one_after_it(acts: list[AuditEntry]) -> None:
    AuditEntry.objects.filter(pk=acts[1].pk).update(data={"number": 9})
    first, second = AuditSeal.objects.order_by("up_to")
    forged = list(AuditEntry.objects.filter(pk__lte=first.up_to).order_by("pk"))
    AuditSeal.objects.filter(pk=first.pk).update(digest=log._digest(forged, ""))
    assert log.verify() == second


def test_forgetting_who_did_it_breaks_no_seal(acts: list[AuditEntry]) -> None:
    AuditEntry.objects.update(by=None)
    assert log.verify() is None


def test_what_may_still_be_joined_by_a_late_commit_is_not_sealed(acts: list[AuditEntry]) -> None:
    assert log.seal() is None
    AuditEntry.objects.filter(pk=acts[5].pk).update(at=timezone.now() - timedelta(minutes=2))
    sealed = log.seal()
    assert sealed is not None
    assert (sealed.up_to, sealed.entries) == (acts[5].pk, 1)


@pytest.mark.database
def test_the_last_act_of_each_room_is_found_without_reading_all_acts() -> None:
    target = Submission.objects.create(key="k" * 20, fingerprint="x")
    assert log.last_of_rooms() == {}
    for verb in ("labs.open", "labs.close", "meetings.open", "labs.open", "meetings.move", "a.b"):
        log.record(by=None, verb=verb, target=target)
    last = {entry.verb.partition(".")[0]: entry.at for entry in AuditEntry.objects.order_by("pk")}
    with CaptureQueriesContext(connection) as captured:
        assert log.last_of_rooms() == last
    assert len(captured) == 2
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + captured[0]["sql"])
            plan = " ".join(row[3] for row in cursor.fetchall())
        assert "SCAN core_auditentry" not in plan.replace("USING COVERING INDEX", "")
        assert plan.count("core_audit_last_of_verb") == 3
