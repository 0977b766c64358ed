"""Who may do what with a census, its records and the toolbox."""

from cantiere.activities.observatory.models import (
    Census,
    CensusEntry,
    CensusInvitation,
    Record,
    RecordImport,
    Suggestion,
    Tool,
)
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.access import can, rule
from cantiere.programmes.models import Activity


def _curates(person: Person | None, census: Activity) -> bool:
    if person is not None and person.is_curator and census.is_public:
        return True
    return can(person, "programmes.edit_activity", census)


@rule("observatory.see_census")
def see_census(person: Person | None, census: Census) -> bool:
    """Whoever may see the activity."""
    return can(person, "programmes.see_activity", census.activity)


@rule("observatory.edit_census")
def edit_census(person: Person | None, census: Census) -> bool:
    """Prepare it and invite: whoever may write the activity."""
    return can(person, "programmes.edit_activity", census.activity)


@rule("observatory.curate")
def curate(person: Person | None, census: Census) -> bool:
    """Complete and publish records: the programme's editors; once public, the site's curators."""
    return _curates(person, census.activity)


@rule("observatory.see_record")
def see_record(person: Person | None, record: Record) -> bool:
    """Anyone, once it and its census are public; before, whoever curates it."""
    return (record.is_public and record.census.is_public) or _curates(person, record.census)


@rule("observatory.curate_record")
def curate_record(person: Person | None, record: Record) -> bool:
    """Whoever curates its census."""
    return _curates(person, record.census)


@rule("observatory.suggest")
def suggest(_person: Person | None, record: Record) -> bool:
    """Anyone, of a public record."""
    return record.is_public and record.census.is_public


@rule("observatory.curate_suggestion")
def curate_suggestion(person: Person | None, suggestion: Suggestion) -> bool:
    """Whoever curates the record it is about."""
    return _curates(person, suggestion.record.census)


@rule("observatory.confirm_suggestion")
def confirm_suggestion(_person: Person | None, suggestion: Suggestion) -> bool:
    """Whoever holds the link, while the record is public."""
    return suggestion.record.is_public and suggestion.record.census.is_public


@rule("observatory.answer")
def answer(person: Person | None, entry: CensusEntry) -> bool:
    """Whoever holds the link, once the census is public; one entered by hand for no address, its curators."""
    if entry.by_hand and _curates(person, entry.census):
        return True
    return entry.census.is_public and not (entry.by_hand and not entry.email)


@rule("observatory.answer_invitation")
def answer_invitation(_person: Person | None, invitation: CensusInvitation) -> bool:
    """Whoever holds the link of the invitation, once the census is public."""
    return invitation.census.is_public


@rule("observatory.curate_entry")
def curate_entry(person: Person | None, entry: CensusEntry) -> bool:
    """Whoever curates the census it answers."""
    return _curates(person, entry.census)


@rule("observatory.edit_invitation")
def edit_invitation(person: Person | None, invitation: CensusInvitation) -> bool:
    """Whoever prepares the census and invites."""
    return can(person, "programmes.edit_activity", invitation.census)


@rule("observatory.curate_import")
def curate_import(person: Person | None, brought: RecordImport) -> bool:
    """Whoever curates the census it is for."""
    return _curates(person, brought.census)


@rule("observatory.see_tool")
def see_tool(person: Person | None, tool: Tool) -> bool:
    """Anyone, once it is published; before, those who may write the toolbox."""
    return tool.published_at is not None or edit_toolbox(person, tool)


@rule("observatory.edit_toolbox")
def edit_toolbox(person: Person | None, _tool: Tool | None) -> bool:
    """Write methods and tools: curators and administrators of the installation."""
    return person is not None and (person.is_curator or person.is_administrator)
