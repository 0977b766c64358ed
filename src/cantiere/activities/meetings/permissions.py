"""Who may do what with meetings and pages: what the programme says, and who sees the link of a video call."""

from cantiere.activities.meetings.models import Meeting, Page, PageDocument
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.access import can, rule
from cantiere.programmes.models import Enrolment


@rule("meetings.see")
def see(person: Person | None, own: Meeting | Page) -> bool:
    """Whoever may see the activity."""
    return can(person, "programmes.see_activity", own.activity)


@rule("meetings.see_document")
def see_document(person: Person | None, document: PageDocument) -> bool:
    """Whoever may see the page it hangs on."""
    return can(person, "meetings.see", document.page)


@rule("meetings.edit")
def edit(person: Person | None, own: Meeting | Page) -> bool:
    """Whoever may write the activity."""
    return can(person, "programmes.edit_activity", own.activity)


@rule("meetings.run")
def run(person: Person | None, meeting: Meeting) -> bool:
    """Hold the meeting and write its minutes: whoever runs the activity."""
    return can(person, "programmes.run_activity", meeting.activity)


@rule("meetings.publish_minutes")
def publish_minutes(person: Person | None, meeting: Meeting) -> bool:
    """Let everyone read the minutes: whoever may write the activity."""
    return can(person, "programmes.edit_activity", meeting.activity)


@rule("meetings.see_link")
def see_link(person: Person | None, meeting: Meeting) -> bool:
    """The team, those with a confirmed seat, and everyone if the team chose so."""
    if not can(person, "meetings.see", meeting):
        return False
    if meeting.video_is_public or can(person, "meetings.run", meeting):
        return True
    if person is None:
        return False
    mine = Enrolment.objects.filter(activity=meeting.activity_id, person=person)
    return mine.filter(state=Enrolment.State.CONFIRMED).exists()
