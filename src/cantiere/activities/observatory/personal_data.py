"""What the observatory keeps of people: what they answered and suggested, what they curated."""

from collections.abc import Mapping

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from cantiere.activities.observatory.actions import entries, retention
from cantiere.activities.observatory.models import (
    CensusEntry,
    CensusInvitation,
    EntryLink,
    InvitationLink,
    Record,
    RecordImport,
    Suggestion,
    SuggestionLink,
)
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import personal_data


class Observatory(personal_data.Port):
    """Answers and suggestions carry an address, not an account: they follow whoever owns that address.

    A record is about a process, not a person: it stays, without the name of who curated it.
    """

    tables = (
        CensusEntry, EntryLink, CensusInvitation, InvitationLink, Suggestion, SuggestionLink, Record,
        RecordImport,
    )  # fmt: skip

    def export(self, person: AbstractBaseUser) -> Mapping[str, object]:
        return {
            "census_answers": list(
                self._entries(person).values(
                    "census__title", "state", "name", "started_at", "submitted_at", "asked", "reason",
                    "response__answers",
                )
            ),
            "census_invitations": list(
                self._invitations(person).values(
                    "census__title", "organisation", "process", "invited_at", "reminders", "refused_at"
                )
            ),
            "record_suggestions": list(
                self._suggestions(person).values(
                    "record__title", "changes", "note", "relation", "made_at", "answer"
                )
            ),
            "records_curated": list(
                Record.objects.filter(curated_by=person.pk).values("title", "updated_at")
            ),
            "record_imports": list(RecordImport.objects.filter(by=person.pk).values("shown", "at")),
        }  # fmt: skip

    def erase(self, person: AbstractBaseUser) -> None:
        """What was never sent goes whole; what was sent stays without the name."""
        for entry in self._entries(person).select_related("response"):
            if entry.state == CensusEntry.State.STARTED:
                entries.discard_entry(by=None, entry=entry)
            else:
                retention.cut_off(entry=entry)
        self._invitations(person).update(email="")
        self._suggestions(person).filter(state=Suggestion.State.UNCONFIRMED).delete()
        self._suggestions(person).update(email="", relation="")
        for model in (CensusEntry, Suggestion):
            model.objects.filter(decided_by=person.pk).update(decided_by=None)
        CensusEntry.objects.filter(entered_by=person.pk).update(entered_by=None)
        Record.objects.filter(curated_by=person.pk).update(curated_by=None)
        RecordImport.objects.filter(by=person.pk).update(by=None)

    def _entries(self, person: AbstractBaseUser) -> QuerySet[CensusEntry]:
        return CensusEntry.objects.filter(email=_address(person)).exclude(email="")

    def _invitations(self, person: AbstractBaseUser) -> QuerySet[CensusInvitation]:
        return CensusInvitation.objects.filter(email=_address(person)).exclude(email="")

    def _suggestions(self, person: AbstractBaseUser) -> QuerySet[Suggestion]:
        return Suggestion.objects.filter(email=_address(person)).exclude(email="")


def _address(person: AbstractBaseUser) -> str:
    return person.email if isinstance(person, Person) else ""


personal_data.register(Observatory())
