"""A questionnaire, the versions it went through, and what people answered."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cantiere.engine.questionnaire import Schema, from_json

# By digest, which names one content for ever.
_schemas: dict[str, Schema] = {}


class Questionnaire(models.Model):
    """What the versions have in common: the word by which a room asks for it."""

    key = models.SlugField(max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=200)

    def __str__(self) -> str:
        return self.title


class Version(models.Model):
    """A questionnaire as it was at one time; never changed, for answers refer to it."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    schema = models.JSONField()
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("questionnaire", "number")
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="one_version_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire_id}.{self.number}"

    def save(self, *args: Any, **options: Any) -> None:
        """Only once: a changed schema is another version."""
        if not self._state.adding:
            raise TypeError("A version never changes: publish another.")
        super().save(*args, **options)

    @property
    def parsed(self) -> Schema:
        """The schema, read once in a process."""
        known = _schemas.get(self.digest)
        if known is None:
            known = _schemas[self.digest] = from_json(self.schema, checked=False)
        return known


class Response(models.Model):
    """Somebody's answers to one version, from the first page to the last.

    Whoever has no account comes back with a key, of which only the digest is kept.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        COMPLETE = "complete", _("Complete")

    address: ClassVar[str] = "key_digest"
    address_related: ClassVar[tuple[str, ...]] = ("version__questionnaire",)

    version = models.ForeignKey(Version, models.PROTECT, related_name="responses")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    key_digest = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    # By name: values; what was typed and could not be accepted; the revision in which a page was last saved.
    answers = models.JSONField(default=dict)
    unfinished = models.JSONField(default=dict)
    pages = models.JSONField(default=dict)
    # The answers as they were sent, while they stand open again.
    sent = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["version", "state", "completed_at"], name="responses_of_a_version")]

    def __str__(self) -> str:
        return f"{self.pk}: {self.version_id}"

    @property
    def is_complete(self) -> bool:
        """Whether it was sent."""
        return self.state == self.State.COMPLETE

    @property
    def schema(self) -> Schema:
        """The questionnaire as it was when this was begun."""
        return self.version.parsed
