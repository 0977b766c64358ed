"""What came out of a meeting; how minutes are kept and published is the same for all that is held."""

from collections.abc import Mapping

from cantiere.activities.meetings.models import Meeting
from cantiere.foundation.accounts.models import Person
from cantiere.programmes import actions as programmes


def save_minutes(*, by: Person, meeting: Meeting, details: Mapping[str, object]) -> None:
    """Keep what was written; where the minutes are public already, the change is too."""
    programmes.save_minutes(by=by, held=meeting, details=details)


def publish_minutes(*, by: Person, meeting: Meeting) -> None:
    """Let everyone read what came out; those who had a seat and the followers are told, once."""
    programmes.publish_minutes(by=by, held=meeting)


def take_back_minutes(*, by: Person, meeting: Meeting) -> None:
    """Make the minutes a draft again, to mend them out of sight."""
    programmes.take_back_minutes(by=by, held=meeting)
