"""``cantiere jobs``: what waits, what is dead, and another chance for it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count
from django.utils import timezone

from cantiere.foundation.core.jobs import queue
from cantiere.foundation.core.models import Job, Mail


class Command(BaseCommand):
    help = "Lists what waits, runs and failed for good; --retry gives a dead job its attempts again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--retry", metavar="ID", help="the number of a dead job, or «all»")

    def handle(self, *_: Any, **options: Any) -> None:
        if options["retry"]:
            self._retry(options["retry"])
            return
        for row in Job.objects.values("queue", "status").annotate(n=Count("pk")).order_by("queue", "status"):
            self.stdout.write(f"{row['queue']:<12} {Job.Status(row['status']).label:<8} {row['n']}")
        for job in Job.objects.filter(status=Job.Status.FAILED).order_by("-finished_at")[:50]:
            when = timezone.localtime(job.finished_at).strftime("%Y-%m-%d %H:%M") if job.finished_at else ""
            last = job.error.strip().splitlines()[-1:] or [""]
            self.stdout.write(f"dead {job.pk} {when} {job.task} {job.args} after {job.attempts}: {last[0]}")
        troubled = Mail.objects.filter(status__in=[Mail.Status.FAILED, Mail.Status.DOUBT]).order_by("-pk")[
            :50
        ]
        for mail in troubled:
            self.stdout.write(f"mail {mail.pk} {mail.status}: {mail.answer}")

    def _retry(self, which: str) -> None:
        if which == "all":
            dead = Job.objects.filter(status=Job.Status.FAILED).values_list("pk", flat=True)
        elif which.isdigit():
            dead = Job.objects.filter(pk=int(which)).values_list("pk", flat=True)
        else:
            raise CommandError("--retry: write the number of a dead job, or «all».")
        again = sum(queue.retry(pk) for pk in list(dead))
        if not again:
            raise CommandError(f"No dead job {which}.")
        self.stdout.write(f"{again} back in the queue.")
