"""What the pages of meetings read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, Sum
from django.utils import timezone

from cantiere.activities.meetings.models import Meeting, Page, PageDocument
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.access import can
from cantiere.programmes.models import Activity, Appointment, Enrolment, Goal, Partnership


@dataclass(frozen=True)
class Turnout:
    """People with a confirmed seat, those of them who came, and those of these who connected online.

    ``unnamed`` were there and gave no name.
    """

    confirmed: int
    attended: int
    online: int
    unnamed: int = 0

    def present(self, counted: int | None) -> int:
        """Everyone who took part: those counted on paper in the room stand for those checked in there."""
        in_room = self.attended - self.online + self.unnamed
        return self.online + (max(counted, in_room) if counted is not None else in_room)


def turnout(activity: Activity) -> Turnout:
    """The figures of a meeting, in two queries."""
    came = Q(attended_on__isnull=False)
    figures = activity.enrolments.aggregate(
        confirmed=Count("pk", filter=Q(state=Enrolment.State.CONFIRMED)),
        attended=Count("pk", filter=came),
        online=Count("pk", filter=came & Q(online=True)),
    )
    unnamed = activity.participations.filter(person=None).aggregate(total=Sum("times"))["total"] or 0
    return Turnout(**figures, unnamed=unnamed)


@dataclass(frozen=True)
class MeetingView:
    """Everything the page of a meeting says to one reader."""

    meeting: Meeting
    activity: Activity
    sessions: Sequence[Appointment]
    partnerships: Sequence[Partnership]
    goals: Sequence[Goal]
    figures: Turnout | None
    may_edit: bool
    may_run: bool
    video_link: str
    now: datetime

    @property
    def edit_url(self) -> str:
        """Where the team prepares it."""
        return self.activity.kind.edit_url(self.activity)

    @property
    def is_over(self) -> bool:
        """Whether its last session has ended."""
        return bool(self.sessions) and max(each.ends for each in self.sessions) <= self.now

    @property
    def shows_minutes(self) -> bool:
        """Whether this reader sees points and minutes: everyone once published, the team before."""
        own = self.meeting
        return bool(own.short or own.points or own.minutes) and (own.minutes_on is not None or self.may_run)

    @property
    def short(self) -> str:
        """What came out, in two sentences; the team also sees those of the draft."""
        draft = self.meeting.short if self.may_run and self.meeting.minutes_on is None else ""
        return draft or self.activity.outcome

    @property
    def shows_outcome(self) -> bool:
        """Whether there is anything to say of what came out."""
        return self.shows_minutes or bool(self.activity.outcome)

    @property
    def is_moved(self) -> bool:
        """Whether the page still has to say that it moved."""
        return self.meeting.moved_on is not None and not self.is_over

    @property
    def moved_from(self) -> datetime | None:
        """When it was to begin before; ``None`` when only the place changed."""
        before = self.meeting.moved_from
        return before if self.sessions and before != self.sessions[0].starts else None

    @property
    def present(self) -> int:
        """How many took part, as far as anyone counted."""
        return self.figures.present(self.meeting.in_person_count) if self.figures else 0


def meeting_view(meeting: Meeting, person: Person | None, now: datetime | None = None) -> MeetingView:
    """Read a meeting's page; six queries for a visitor."""
    activity, now = meeting.activity, now or timezone.now()
    sessions = list(activity.appointments.order_by("starts", "pk"))
    started = any(each.starts <= now for each in sessions)
    return MeetingView(
        meeting=meeting,
        activity=activity,
        sessions=sessions,
        partnerships=organisers(activity),
        goals=list(activity.goals.all()),
        figures=turnout(activity) if started else None,
        may_edit=can(person, "meetings.edit", meeting),
        may_run=can(person, "meetings.run", meeting),
        video_link=meeting.video_link
        if meeting.is_online and can(person, "meetings.see_link", meeting)
        else "",
        now=now,
    )


def organisers(activity: Activity) -> list[Partnership]:
    """Who stands behind it: promoters and lead partners of the programme."""
    first = [Partnership.Role.PROMOTER, Partnership.Role.LEAD]
    return list(activity.programme.partnerships.filter(role__in=first).select_related("organisation"))


@dataclass(frozen=True)
class PageView:
    """Everything a page says to one reader."""

    page: Page
    activity: Activity
    documents: Sequence[PageDocument]
    partnerships: Sequence[Partnership]
    goals: Sequence[Goal]
    may_edit: bool

    @property
    def edit_url(self) -> str:
        """Where the team prepares it."""
        return self.activity.kind.edit_url(self.activity)


def page_view(page: Page, person: Person | None) -> PageView:
    """Read a page."""
    return PageView(
        page=page,
        activity=page.activity,
        documents=list(page.documents.all()),
        partnerships=organisers(page.activity),
        goals=list(page.activity.goals.all()),
        may_edit=can(person, "meetings.edit", page),
    )
