"""What a programme can ask of a meeting, and of a page."""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from cantiere.activities.meetings import actions, demo
from cantiere.activities.meetings.models import Meeting, Page
from cantiere.activities.meetings.queries import turnout
from cantiere.engine.answers import Cell, Column, Dataset, Measure, Reach, Section
from cantiere.programmes.kinds import ActivityKind
from cantiere.programmes.models import Activity, Enrolment


class MeetingKind(ActivityKind[Meeting]):
    """People meet on a day, in a room or online."""

    key = "meeting"
    name = _("Meeting")
    verb = _("Sign up")
    icon = "it-calendar"
    model = Meeting

    def setup(self, activity: Activity) -> None:
        actions.set_up_meeting(activity=activity)

    def copy(self, source: Activity, target: Activity) -> None:
        actions.copy_meeting(source=source, target=target)

    def demo(self, activity: Activity) -> None:
        demo.meeting(activity)

    def problems(self, activity: Activity) -> Sequence[str]:
        """No day, nowhere to go, no link, more people than seats; an empty agenda does not block."""
        meeting, found = self._own(activity), []
        if not activity.appointments.exists():
            found.append(gettext("Give the meeting a day and an hour."))
        if meeting.is_in_person and not (activity.place_id or activity.place_note):
            found.append(gettext("Say where the meeting is held."))
        if meeting.is_online and not meeting.video_link:
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

    def measures(self, activity: Activity) -> Sequence[Measure]:
        """Confirmed; attended of those; online of those who came; counted on paper where that was done."""
        meeting, figures = self._own(activity), turnout(activity)
        found = [
            Measure("confirmed", gettext("People with a confirmed seat"), figures.confirmed),
            Measure("attended", gettext("Of these, people who came"), figures.attended, figures.confirmed),
            Measure("online", gettext("Of those who came, online"), figures.online, figures.attended),
        ]
        if meeting.in_person_count is not None:
            found.append(Measure("counted", gettext("People counted in the room"), meeting.in_person_count))
        return found

    def section(self, activity: Activity) -> Section:
        """The sentence, what came out and the minutes once they are public, with the figures."""
        meeting = self._own(activity)
        parts = [activity.summary, activity.outcome]
        if meeting.minutes_on is not None:
            parts += ["\n".join(f"- {point}" for point in meeting.point_list), meeting.minutes]
        return Section(activity.title, "\n\n".join(filter(None, parts)), self.measures(activity))

    def datasets(self, activity: Activity) -> Sequence[Dataset]:
        """Open: when and where public meetings are held. For the team: who came."""
        return [
            Dataset(
                "appointments", gettext("Meetings"), _appointment_columns(), self._dates(activity), Reach.OPEN
            ),
            Dataset(
                "attendance", gettext("Attendance"), _attendance_columns(), lambda: _attendance(activity)
            ),
        ]

    def _dates(self, activity: Activity) -> "_Dates":
        return _Dates(activity, self._own(activity))


class _Dates:
    """The rows of a public meeting's appointments, read when they are asked for."""

    def __init__(self, activity: Activity, meeting: Meeting) -> None:
        self.activity, self.meeting = activity, meeting

    def __call__(self) -> Iterable[Sequence[Cell]]:
        activity, place = self.activity, self.activity.place
        if not activity.is_public:
            return
        for each in activity.appointments.order_by("starts", "pk"):
            yield (
                activity.title,
                each.title,
                each.starts,
                each.ends,
                each.mode,
                place.name if place else "",
                place.code if place else "",
                activity.place_note if self.meeting.is_in_person else "",
                self.meeting.event_type,
                activity.cancelled_on is not None,
                f"{settings.URL}{activity.get_absolute_url()}",
            )


def _appointment_columns() -> list[Column]:
    return [
        Column("title", "string", gettext("Name of the meeting")),
        Column("session", "string", gettext("Name of the session, if there are several")),
        Column("starts", "datetime", gettext("When it starts")),
        Column("ends", "datetime", gettext("When it ends")),
        Column("mode", "string", gettext("in_person, online or hybrid")),
        Column("place", "string", gettext("Municipality or area")),
        Column("place_code", "string", gettext("ISTAT code of the place")),
        Column("venue", "string", gettext("Room and address")),
        Column("event_type", "string", gettext("Code in the vocabulary of public events (OntoPiA)")),
        Column("cancelled", "boolean", gettext("Whether it was cancelled")),
        Column("address", "string", gettext("Web page")),
    ]


def _attendance_columns() -> list[Column]:
    return [
        Column("name", "string", gettext("Name, as the person gave it")),
        Column("state", "string", gettext("State of the enrolment")),
        Column("enrolled_on", "date", gettext("Day of the enrolment")),
        Column("online", "boolean", gettext("Whether the person connects online")),
        Column("attended_on", "date", gettext("Day on which the person came")),
    ]


def _attendance(activity: Activity) -> Iterable[Sequence[Cell]]:
    for each in activity.enrolments.select_related("person"):
        enrolled_on = timezone.localdate(each.queued_at)
        yield str(each.person), each.state, enrolled_on, each.online, each.attended_on


class PageKind(ActivityKind[Page]):
    """Something told here and run elsewhere."""

    key = "page"
    name = _("Story")
    verb = _("Read")
    icon = "it-file"
    model = Page

    def setup(self, activity: Activity) -> None:
        actions.set_up_page(activity=activity)

    def copy(self, source: Activity, target: Activity) -> None:
        actions.copy_page(source=source, target=target)

    def demo(self, activity: Activity) -> None:
        demo.page(activity)

    def problems(self, activity: Activity) -> Sequence[str]:
        """Nothing told and nowhere to go; an opening without the place it opens to."""
        page = self._own(activity)
        if not page.story and not page.link:
            return [gettext("Tell what happens, or give the link to where it happens.")]
        if activity.opens is not None and not page.link:
            return [gettext("It has opening days: give the link to where people take part.")]
        return []

    def measures(self, activity: Activity) -> Sequence[Measure]:  # noqa: ARG002 (nobody takes part here)
        """Nothing is counted: it happens elsewhere."""
        return []

    def section(self, activity: Activity) -> Section:
        """The sentence, the story and what came of it."""
        parts = [activity.summary, self._own(activity).story, activity.outcome]
        return Section(activity.title, "\n\n".join(filter(None, parts)))
