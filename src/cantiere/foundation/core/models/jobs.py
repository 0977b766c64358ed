"""Work to be done later, and the times at which the clock gave it out."""

from django.db import models
from django.utils import timezone


class Job(models.Model):
    """One piece of work. Whoever holds the lease and its token may finish it; nobody else can.

    Arguments are plain JSON and name rows by number, never personal data. ``dedupe_key`` is unique for
    as long as the row is kept (done: 7 days; dead: 90 days).
    """

    class Status(models.TextChoices):
        READY = "READY", "ready"
        RUNNING = "RUNNING", "running"
        SUCCESSFUL = "SUCCESSFUL", "done"
        FAILED = "FAILED", "dead"

    task = models.CharField(max_length=200)
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    queue = models.CharField(max_length=20)
    priority = models.SmallIntegerField(default=0)
    run_after = models.DateTimeField(default=timezone.now)
    enqueued_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    attempts_allowed = models.PositiveSmallIntegerField(default=5)
    lease_until = models.DateTimeField(null=True)
    token = models.CharField(max_length=32, blank=True)
    worker = models.CharField(max_length=80, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.READY)
    started_at = models.DateTimeField(null=True)
    last_attempted_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    result = models.JSONField(null=True)
    error_class = models.CharField(max_length=200, blank=True)
    error = models.TextField(blank=True)
    dedupe_key = models.CharField(max_length=200, null=True, unique=True)

    class Meta:
        indexes = [
            models.Index("queue", "status", models.F("priority").desc(), "run_after", "id", name="next_job"),
            models.Index(fields=["status", "finished_at"], name="finished_jobs"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.task.rpartition('.')[2]} {self.status}"


class Tick(models.Model):
    """A scheduled moment that was given out; unique, so that two processes never give it out twice."""

    schedule = models.CharField(max_length=200)
    due_at = models.DateTimeField()
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["schedule", "due_at"], name="one_tick_a_moment")]

    def __str__(self) -> str:
        return f"{self.schedule} {self.due_at:%Y-%m-%d %H:%M}"
