"""Who may do what with notices: everyone with their own."""

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.access import Decision, rule
from cantiere.foundation.notices.models import Notice


@rule("notices.own")
def own(person: Person | None, _target: object) -> Decision:
    """One's notices, and what one follows: everybody who has signed in."""
    return Decision.YES if person else Decision.SIGN_IN


@rule("notices.read")
def read(person: Person | None, notice: Notice) -> bool:
    """A notice: the person it was written to."""
    return person is not None and notice.person_id == person.pk
