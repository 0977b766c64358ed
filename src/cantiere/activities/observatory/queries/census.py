"""How a census stands: whether one may answer, and how many did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cantiere.activities.observatory.models import Record, Suggestion
from cantiere.activities.observatory.models.answers import CensusEntry, CensusInvitation
from cantiere.programmes.kinds import Waiting
from cantiere.programmes.models import Activity

GRACE = timedelta(hours=48)
"""For so long after the closing whoever has begun may still finish."""
State = CensusEntry.State


def may_begin(census: Activity) -> bool:
    """Whether new answers are taken now."""
    return census.is_public and census.is_open


def last_moment(entry: CensusEntry) -> datetime | None:
    """Until when it may be written in; ``None`` while nothing ends it."""
    free = entry.by_hand or entry.state == State.CHANGES_ASKED
    return None if free or entry.census.closes is None else entry.census.closes + GRACE


def may_write(entry: CensusEntry) -> bool:
    """Whether whoever answers may still write: until shortly after the closing, or when asked for changes."""
    if not entry.may_still_change or entry.census.cancelled_on is not None:
        return False
    until = last_moment(entry)
    return until is None or timezone.now() < until


def is_too_late(entry: CensusEntry) -> bool:
    """Whether it was begun and the time to send it is over: a curator may still finish it."""
    begun = entry.state == State.STARTED and not entry.by_hand and entry.census.cancelled_on is None
    return begun and not may_write(entry)


@dataclass(frozen=True)
class Figures:
    """What a census counts; ``of_invited`` are the answers that came by an invitation."""

    invited: int
    of_invited: int
    refused: int
    to_send: int
    answering: int
    submitted: int
    waiting: int
    asked: int
    published: int
    declined: int
    records: int = 0

    @property
    def answers(self) -> str:
        """«41 risposte su 67 inviti»: only those that came by an invitation have this base."""
        n = self.of_invited if self.invited else self.submitted
        answers = ngettext("%(n)s answer", "%(n)s answers", n) % {"n": n}
        if not self.invited:
            return answers
        words = ngettext(
            "%(answers)s of %(all)s invitation", "%(answers)s of %(all)s invitations", self.invited
        )
        return words % {"answers": answers, "all": self.invited}

    @property
    def beside(self) -> str:
        """«e altre 12 senza invito»; empty where there are none."""
        others = self.submitted - self.of_invited
        if not self.invited or not others:
            return ""
        words = ngettext(
            "and %(n)s more without an invitation", "and %(n)s more without an invitation", others
        )
        return words % {"n": others}


def figures(census: Activity) -> Figures:
    """Read in three queries."""
    submitted = Q(submitted_at__isnull=False)
    of_entries = CensusEntry.objects.filter(census=census).aggregate(
        answering=Count("pk", filter=Q(state=State.STARTED)),
        submitted=Count("pk", filter=submitted),
        waiting=Count("pk", filter=Q(state=State.SUBMITTED)),
        asked=Count("pk", filter=Q(state=State.CHANGES_ASKED)),
        published=Count("pk", filter=Q(state=State.PUBLISHED)),
        declined=Count("pk", filter=Q(state=State.DECLINED)),
    )
    invited = Q(invited_at__isnull=False)
    of_invitations = CensusInvitation.objects.filter(census=census).aggregate(
        invited=Count("pk", filter=invited),
        to_send=Count("pk", filter=~invited & Q(refused_at__isnull=True, entry=None) & ~Q(email="")),
        of_invited=Count("pk", filter=invited & Q(entry__submitted_at__isnull=False)),
        refused=Count("pk", filter=invited & Q(refused_at__isnull=False, entry=None)),
    )
    records = Record.objects.of(census).public().count()
    return Figures(**of_entries, **of_invitations, records=records)


def waiting_of(census: Activity) -> int:
    """How many answers a curator should look at."""
    return CensusEntry.objects.filter(census=census, state=State.SUBMITTED).count()


def waiting_in(censuses: Sequence[Activity]) -> list[Waiting]:
    """What waits in several censuses, in two queries."""
    found = []
    keys = [census.pk for census in censuses]
    sent = CensusEntry.objects.filter(census__in=keys, state=State.SUBMITTED)
    answers = dict(sent.order_by().values_list("census").annotate(n=Count("pk")))
    open_ones = Suggestion.objects.filter(record__census__in=keys, state=Suggestion.State.WAITING)
    suggested = dict(open_ones.order_by().values_list("record__census").annotate(n=Count("pk")))
    for census in censuses:
        if n := answers.get(census.pk, 0):
            text = ngettext(
                "%(n)s answer to “%(title)s” waits to be looked at.",
                "%(n)s answers to “%(title)s” wait to be looked at.",
                n,
            ) % {"n": n, "title": census.title}
            found.append(Waiting(text, _("Look at it"), _page("census_queue", census)))
        if n := suggested.get(census.pk, 0):
            text = ngettext(
                "%(n)s suggestion about the records of “%(title)s” waits for an answer.",
                "%(n)s suggestions about the records of “%(title)s” wait for an answer.",
                n,
            ) % {"n": n, "title": census.title}
            found.append(Waiting(text, _("Answer it"), _page("census_suggestions", census)))
    return found


def _page(name: str, census: Activity) -> str:
    return reverse(f"observatory:{name}", args=[census.slug])


def unfinished_of(census: Activity, email: str) -> CensusEntry | None:
    """What somebody at this address has begun and not sent."""
    begun = CensusEntry.objects.filter(census=census, email=email, by_hand=False)
    return begun.filter(state__in=[State.STARTED, State.CHANGES_ASKED]).order_by("-pk").first()
