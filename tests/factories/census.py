"""Censuses for tests, what people answer to them, and what they suggest."""

import itertools
from datetime import timedelta
from typing import Any

from django.utils import timezone

from cantiere.activities.observatory.actions import entries, invitations, suggestions
from cantiere.activities.observatory.actions.records import add_record, publish_record
from cantiere.activities.observatory.models import Census, CensusEntry, CensusInvitation, Record, Suggestion
from cantiere.foundation.questionnaires import actions as questionnaires
from cantiere.programmes.models import Programme
from tests.factories import programmes as make

_numbers = itertools.count(1)

OTHER: dict[str, Any] = {
    "proponent": "Unione Comuni del Sorbara",
    "proponent_kind": "public_body",
    "partners": "CNA\nConfcommercio\nCNA",
    "title": "Patto di sviluppo",
    "status": "concluded",
    "theme": "economy",
    "objectives": "Condividere una visione strategica.",
    "participation_kinds": ["voluntary"],
    "website": "https://www.unionedelsorbara.mo.it",
    "started_on": "2020-02-21",
    "ended_on": "2020-11-15",
    "planned_months": "6",
    "extended": "yes",
    "extension_kind": "both",
    "extension_days": "83",
    "online_planned": "Pubblicazione di notizie sul sito",
    "origin": "under_way",
    "has_changed": "yes",
    "changed": ["phases", "times"],
    "changes": "Il percorso è stato riprogettato online.",
    "new_activities": "Laboratori a distanza",
    "tools_new": "Zoom\nmentimeter\nUna cosa mai vista",
    "participants_actual": "100",
    "gender_prevalence": "male",
    "public_contacts": "SUAP, suap@example.org",
}
"""Believable answers to the questionnaire for everyone else (PASSO, public sheet of the Region, 2020)."""
FUNDED = {name: value for name, value in OTHER.items() if name != "origin"} | {
    "decision_holders": "Unione Comuni del Sorbara",
    "grant_amount": "15000",
    "cofunding": "no",
}


def census(
    programme: Programme | None = None, title: str = "", *, public: bool = True, days: int = 10, **own: Any
) -> Census:
    """Open since yesterday, for ten days more, unless told otherwise."""
    now = timezone.now()
    activity = make.activity(
        programme or make.programme(),
        title or f"Censimento {next(_numbers)}",
        kind="census",
        public=public,
        opens=now - timedelta(days=max(1, 1 - days)),
        closes=now + timedelta(days=days),
    )
    Census.objects.filter(pk=activity.pk).update(
        **{"introduction": "Perché lo chiediamo.", "call": "Bando 2019", "call_year": 2019} | own
    )
    return fresh(activity.pk)


def fresh(pk: int) -> Census:
    """As it stands now."""
    return Census.objects.select_related(*Census.address_related).get(pk=pk)


def begun(own: Census | None = None, *, sheet: str = "other", email: str = "", **details: Any) -> CensusEntry:
    """Somebody has begun to answer."""
    email = email or f"chi{next(_numbers)}@example.org"
    entry, _new = entries.start_entry(
        census=(own or census()).activity, sheet=sheet, email=email, name=details.get("name", "")
    )
    return now(entry)


def filled(entry: CensusEntry, **changes: Any) -> CensusEntry:
    """All pages saved, with believable answers."""
    answers = (OTHER if entry.sheet == "other" else FUNDED) | changes
    for group in entry.response.schema.groups:
        raw = {
            question.name: answers.get(question.name, [] if question.type.value == "select_multiple" else "")
            for question in group.questions
        }
        questionnaires.save_page(response=entry.response, page=group.name, raw=raw)
    return now(entry)


def sent(own: Census | None = None, *, sheet: str = "other", email: str = "", **answers: Any) -> CensusEntry:
    """Somebody has answered; a curator should look at it."""
    entry = filled(begun(own, sheet=sheet, email=email), **answers)
    entries.submit_entry(entry=entry)
    return now(entry)


def now(entry: CensusEntry) -> CensusEntry:
    """The same as it stands now."""
    return CensusEntry.objects.select_related(*CensusEntry.address_related).get(pk=entry.pk)


def invited(own: Census, email: str = "", *, letter: bool = True, **details: str) -> CensusInvitation:
    """One address invited, with its letter."""
    email = email or f"ente{next(_numbers)}@example.org"
    row = invitations.Invited(
        email, details.get("organisation", "Comune di Prova"), details.get("process", "")
    )
    sheet = details.get("sheet", "other")
    from tests.factories.accounts import person

    invitations.add_invitations(by=person(), census=own.activity, sheet=sheet, rows=[row])
    made = reread(CensusInvitation.objects.get(census=own.activity, email=email, process=row.process))
    if letter:
        invitations.send_invitation(invitation=made)
    return reread(made)


def reread(row: CensusInvitation) -> CensusInvitation:
    """The same as it stands now."""
    return CensusInvitation.objects.select_related(*CensusInvitation.address_related).get(pk=row.pk)


def record(own: Census | None = None, title: str = "", *, public: bool = True, **details: Any) -> Record:
    """A record of a census."""
    made = add_record(
        by=None,
        census=(own or census()).activity,
        details={"title": title or f"Processo {next(_numbers)}"} | details,
    )
    if public:
        publish_record(by=None, record=made)
    return made


def suggestion(of: Record | None = None, *, confirmed: bool = True, **details: Any) -> Suggestion:
    """Somebody suggests another website."""
    made = suggestions.suggest(
        record=of or record(),
        **{
            "email": f"chi{next(_numbers)}@example.org",
            "changes": {"website": "https://nuovo.example.org/", "participants_actual": 40},
        }
        | details,
    )
    if confirmed:
        suggestions.confirm(suggestion=made)
    return Suggestion.objects.select_related(*Suggestion.address_related).get(pk=made.pk)
