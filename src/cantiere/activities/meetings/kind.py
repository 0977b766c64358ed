"""What a programme can ask of a meeting, and of a page."""

from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cantiere.activities.meetings import actions, demo
from cantiere.activities.meetings.models import Meeting, Page
from cantiere.engine.answers import Dataset, Measure, Section
from cantiere.programmes.kinds import ActivityKind
from cantiere.programmes.models import Activity
from cantiere.programmes.queries import (
    appointments_dataset,
    attendance_dataset,
    problems_of_held,
    turnout,
)


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
        return problems_of_held(self._own(activity))

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
        title = gettext("Meetings")
        return [appointments_dataset(self._own(activity), title), attendance_dataset(activity)]


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
