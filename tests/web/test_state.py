"""What whoever looks after the installation sees."""

import pytest
from django.urls import reverse
from django.utils import timezone

from cantiere.foundation.core.models import AuditEntry, Job, Mail
from tests.factories import accounts

pytestmark = pytest.mark.django_db


def dead_job():
    return Job.objects.create(
        task="stanza.tasks.lavoro", status=Job.Status.FAILED, attempts=5, finished_at=timezone.now()
    )


def mail(number, status):
    return Mail.objects.create(
        once=f"m{number}", sender="a@example.org", to=f"b{number}@example.org", subject=f"Oggetto {number}", text="x",
        message_id=f"<{number}@example.org>", status=status,
    )  # fmt: skip


def test_troubled_mail_is_shown_and_sent_mail_is_not():
    for number, status in enumerate(["failed", "in doubt", "sent"]):
        mail(number, status)
    html = accounts.signed_in(accounts.administrator()).get(reverse("web:state")).content.decode()
    assert [f"Oggetto {n}" in html for n in range(3)] == [True, True, False]


def test_dead_job_is_put_back_once_and_noted():
    job = dead_job()
    client = accounts.signed_in(accounts.administrator())
    for _time in range(2):
        assert client.post(reverse("web:retry", args=[job.pk]), {"once": "r" * 22}).status_code == 302
    job.refresh_from_db()
    assert job.status == Job.Status.READY
    assert AuditEntry.objects.filter(verb="web.retry").count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_state_costs_the_same_for_one_and_three(count, django_assert_max_num_queries):
    client = accounts.signed_in(accounts.administrator())
    for number in range(count):
        dead_job()
        mail(number, "failed")
    with django_assert_max_num_queries(11):
        client.get(reverse("web:state"))
