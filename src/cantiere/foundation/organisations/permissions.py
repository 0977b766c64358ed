"""Who may do what with organisations."""

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.access import rule


@rule("organisations.manage")
def manage(person: Person | None, _target: object) -> bool:
    """Those of the whole installation: curators and administrators. Teams add theirs from a programme."""
    return bool(person and (person.is_curator or person.is_administrator))
