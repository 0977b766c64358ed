"""Who looks after the installation as a whole."""

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.access import rule


@rule("web.look_after")
def look_after(person: Person | None, _nothing: object) -> bool:
    """Reports, clarity, mail and jobs: administrators."""
    return person is not None and person.is_administrator
