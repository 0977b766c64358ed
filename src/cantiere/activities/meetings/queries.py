"""What the pages of meetings and pages read."""

from collections.abc import Sequence
from dataclasses import dataclass

from cantiere.activities.meetings.models import Meeting, Page, PageDocument
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.access import can
from cantiere.programmes.models import Activity, Goal, Partnership
from cantiere.programmes.queries import HeldView, held_view, organisers


def meeting_view(meeting: Meeting, person: Person | None) -> HeldView:
    """Read a meeting's page; six queries for a visitor."""
    return held_view(
        meeting,
        may_edit=can(person, "meetings.edit", meeting),
        may_run=can(person, "meetings.run", meeting),
        may_connect=meeting.is_online and can(person, "meetings.see_link", meeting),
        link_is_public=meeting.video_is_public,
    )


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
