"""The run sheet: blocks in their order, and the groups people work in."""

import secrets
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cantiere.activities.labs.models.lab import Lab
from cantiere.engine.lab import Block as Step
from cantiere.engine.lab import Plan, Table, plan_of
from cantiere.engine.lab.script import LONGEST_MINUTES
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.richtext import MarkdownField
from cantiere.programmes.models.held import https


def new_key() -> str:
    """What the log of the laboratory calls a block: it never changes, whatever the order or the title."""
    return f"b{secrets.token_hex(3)}"


class Block(models.Model):
    """A timed stretch of a laboratory; ``plan`` is JSON that :mod:`cantiere.engine.lab.script` reads."""

    address_related: ClassVar[tuple[str, ...]] = ("lab__activity__programme", "lab__room")

    class Kind(models.TextChoices):
        PLENARY = "plenary", _("Everybody together")
        QUESTION = "question", _("Live question")
        GROUPS = "groups", _("Work in groups")
        BREAK = "break", _("Break")
        HARVEST = "harvest", _("Gathering")
        VOTE = "vote", _("Vote")

    class Asks(models.TextChoices):
        IDEAS = "ideas", _("Ideas, each in one's own words")
        WORDS = "words", _("Single words, gathered in a cloud")
        SINGLE = "single", _("One answer among several")
        MULTIPLE = "multiple", _("Several answers among several")
        SCALE = "scale", _("A scale")
        RANKING = "ranking", _("An order of preference")
        POINTS = "points", _("A hundred points to share out")
        STATEMENTS = "statements", _("Statements to agree or disagree with")
        QUIZ = "quiz", _("A quiz with one right answer")
        PIN = "pin", _("A place on the map")

    lab = models.ForeignKey(Lab, models.CASCADE, related_name="blocks")
    key = models.CharField(max_length=8, default=new_key, editable=False)
    order = models.PositiveSmallIntegerField(default=0, editable=False)
    kind = models.CharField(_("what happens"), max_length=8, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=120)
    goal = models.CharField(
        _("what it is for"), max_length=240, blank=True, help_text=_("In one sentence; people read it too.")
    )
    minutes = models.PositiveSmallIntegerField(
        pgettext_lazy("how long", "minutes"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_MINUTES)],
    )
    material = MarkdownField(
        _("what is needed"), blank=True, help_text=_("For the team: paper, pens, a projector, who does what.")
    )
    hands_on = models.CharField(
        _("what it hands on"), max_length=240, blank=True, help_text=_("What the next block begins with.")
    )
    plan = models.JSONField(default=dict, editable=False)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("block of the run sheet")
        constraints = [models.UniqueConstraint(fields=["lab", "key"], name="lab_block_keyed_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def asks(self) -> str:
        """How people answer, in words; empty where nothing is asked."""
        asked = self.plan.get("asks", "ideas") if self.kind == self.Kind.QUESTION else self.plan.get("asks")
        return str(self.Asks(asked).label) if asked else ""

    @property
    def read_plan(self) -> Plan:
        """The plan as the rules read it."""
        return plan_of(self.kind, self.plan)

    @property
    def step(self) -> Step:
        """The block as the rules of the laboratory know it."""
        return Step(self.key, self.read_plan, self.title, self.goal, self.minutes)


class Group(models.Model):
    """A table in the hall, or a room online, that people work in; ``key`` is what the log calls it."""

    address_related: ClassVar[tuple[str, ...]] = ("lab__activity__programme", "lab__room")

    lab = models.ForeignKey(Lab, models.CASCADE, related_name="groups")
    key = models.CharField(max_length=8, editable=False)
    order = models.PositiveSmallIntegerField(default=0, editable=False)
    name = models.CharField(_("name"), max_length=60)
    link = models.CharField(
        _("link of its video call"),
        max_length=500,
        blank=True,
        validators=[https],
        help_text=_("Zoom, Webex, Jitsi, BigBlueButton, Teams: never needed."),
    )
    paper = models.BooleanField(
        _("works on paper"), default=False, help_text=_("Its facilitator types or photographs the notes.")
    )
    facilitator = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("facilitator")
    )

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("group")
        constraints = [
            models.UniqueConstraint(fields=["lab", "key"], name="lab_group_keyed_once"),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="https://"), name="lab_group_link_is_https"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def table(self) -> Table:
        """The group as the rules of the laboratory know it."""
        return Table(self.key, self.name, self.paper, online=bool(self.link))
