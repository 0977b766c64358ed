"""Who may do what with accounts."""

from django.conf import settings

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.access import Decision, rule


@rule("accounts.own")
def own(person: Person | None, _target: object) -> Decision:
    """One's own account: everybody who has signed in."""
    return Decision.YES if person else Decision.SIGN_IN


@rule("accounts.manage")
def manage(person: Person | None, _target: object) -> bool:
    """Roles on the whole installation: administrators."""
    return bool(person and person.is_administrator)


@rule("accounts.curate")
def curate(person: Person | None, _target: object) -> bool:
    """What the whole installation shares, such as places and organisations: curators and administrators."""
    return bool(person and (person.is_curator or person.is_administrator))


@rule("accounts.demonstrate")
def demonstrate(_person: Person | None, _target: object) -> bool:
    """What only a demonstration shows."""
    return bool(settings.CANTIERE_DEMO)
