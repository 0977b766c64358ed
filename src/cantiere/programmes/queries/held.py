"""What the page of something held on a day reads, whatever its kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from cantiere.programmes.models import Activity, Appointment, Enrolment, Goal, Held, Partnership, WithMinutes
from cantiere.programmes.queries.turnout import Turnout, turnout


@dataclass(frozen=True)
class HeldView:
    """Everything the page of what is held says to one reader."""

    held: WithMinutes
    activity: Activity
    sessions: Sequence[Appointment]
    partnerships: Sequence[Partnership]
    goals: Sequence[Goal]
    figures: Turnout | None
    may_edit: bool
    may_run: bool
    video_link: str
    link_is_public: bool
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
        own = self.held
        return bool(own.short or own.points or own.minutes) and (own.minutes_on is not None or self.may_run)

    @property
    def short(self) -> str:
        """What came out, in two sentences; the team also sees those of the draft."""
        draft = self.held.short if self.may_run and self.held.minutes_on is None else ""
        return draft or self.activity.outcome

    @property
    def shows_outcome(self) -> bool:
        """Whether there is anything to say of what came out."""
        return self.shows_minutes or bool(self.activity.outcome)

    @property
    def is_moved(self) -> bool:
        """Whether the page still has to say that it moved."""
        return self.held.moved_on is not None and not self.is_over

    @property
    def moved_from(self) -> datetime | None:
        """When it was to begin before; ``None`` when only the place changed."""
        before = self.held.moved_from
        return before if self.sessions and before != self.sessions[0].starts else None

    @property
    def present(self) -> int:
        """How many took part, as far as anyone counted."""
        return self.figures.present(self.held.in_person_count) if self.figures else 0


def held_view(
    held: WithMinutes,
    *,
    may_edit: bool,
    may_run: bool,
    may_connect: bool,
    link_is_public: bool = False,
    now: datetime | None = None,
) -> HeldView:
    """Read the page of what is held, for somebody who may so much; five queries."""
    activity, now = held.activity, now or timezone.now()
    sessions = list(activity.appointments.order_by("starts", "pk"))
    started = any(each.starts <= now for each in sessions)
    return HeldView(
        held=held,
        activity=activity,
        sessions=sessions,
        partnerships=organisers(activity),
        goals=list(activity.goals.all()),
        figures=turnout(activity) if started else None,
        may_edit=may_edit,
        may_run=may_run,
        video_link=held.video_link if held.is_online and may_connect else "",
        link_is_public=link_is_public,
        now=now,
    )


def organisers(activity: Activity) -> list[Partnership]:
    """Who stands behind it: promoters and lead partners of the programme."""
    first = [Partnership.Role.PROMOTER, Partnership.Role.LEAD]
    return list(activity.programme.partnerships.filter(role__in=first).select_related("organisation"))


def problems_of_held(held: Held) -> list[str]:
    """What blocks publishing: no day, nowhere to go, no link, more people than seats."""
    activity, found = held.activity, []
    if not activity.appointments.exists():
        found.append(gettext("Give the meeting a day and an hour."))
    if held.is_in_person and not (activity.place_id or activity.place_note):
        found.append(gettext("Say where the meeting is held."))
    if held.is_online and not held.video_link:
        found.append(gettext("Paste the link of the video call."))
    capacity = activity.enrolment_rules.capacity
    confirmed = activity.enrolments.filter(state=Enrolment.State.CONFIRMED).count()
    if capacity is not None and capacity < confirmed:
        text = ngettext(
            "There is %(seats)s seat, but %(confirmed)s people have a confirmed one: add seats.",
            "There are %(seats)s seats, but %(confirmed)s people have a confirmed one: add seats.",
            capacity,
        )
        found.append(text % {"seats": capacity, "confirmed": confirmed})
    return found
