"""A census open now in the community, with answers in every state: invented bodies and processes throughout.

Days are counted from the day of loading.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from cantiere.activities.observatory.actions import entries, invitations, suggestions
from cantiere.activities.observatory.actions.census import edit_census
from cantiere.activities.observatory.kind import CensusKind
from cantiere.activities.observatory.models import Census, CensusEntry, CensusInvitation, Record
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.questionnaires import actions as questionnaires
from cantiere.programmes import actions as programmes
from cantiere.programmes.models import Activity, Programme

TITLE = "Percorsi di quest’anno: raccontaci il tuo"
SUMMARY = "Raccogliamo i percorsi di partecipazione in corso o appena conclusi, perché chi comincia trovi chi ci è già passato."
INTRODUCTION = """Stai conducendo un percorso di partecipazione in Emilia-Romagna, o l'hai appena concluso? Raccontaci com'era previsto, che cosa è cambiato strada facendo, quali strumenti hai usato.

Possono rispondere enti pubblici, associazioni, imprese e gruppi. Qualcuno della redazione legge ogni risposta prima di pubblicarla.

**Questa è una dimostrazione**: enti, persone e processi sono inventati."""


@dataclass(frozen=True)
class Story:
    """One answer: who, what, where, and how far it has come."""

    email: str
    name: str
    answers: Mapping[str, Any]
    sheet: str = "other"
    sent: bool = True
    invited: bool = False


def _answers(proponent: str, title: str, place: str, **more: Any) -> dict[str, Any]:
    return {
        "proponent": proponent,
        "proponent_kind": "public_body",
        "title": title,
        "status": "running",
        "theme": "territory",
        "territories": place,
        "origin": "under_way",
        "has_changed": "no",
        **more,
    }


WAITING = Story(
    "giardino@example.org",
    "Nadia",
    _answers(
        "Comune di Fontelunga (inventato)",
        "Il giardino di tutti",
        "Valsamoggia",
        specific_topic="Riuso del giardino dell’ex scuola",
        objectives="Decidere insieme a chi abita intorno che cosa fare del giardino dell’ex scuola, e chi se ne prende cura.",
        participation_level="codesign",
        participation_kinds=["voluntary"],
        website="https://example.org/giardino",
        started_on=-150,
        planned_months="6",
        extended="no",
        online_planned="Una pagina sul sito e un questionario.",
        tools_planned="World café\nCamminata di quartiere",
        has_changed="yes",
        change_cause="Alluvione di primavera",
        changed=["times", "phases"],
        changes="Due incontri su quattro sono diventati online, perché la sala civica era piena di materiali da salvare.",
        new_activities="Una raccolta di idee dal vivo durante la videochiamata, leggibile anche da chi non c’era.",
        tools_new="Zoom\nMentimeter",
        participants_estimated="60",
        participants_actual="84",
        participants_note="Residenti, la scuola, due associazioni",
        public_contacts="Ufficio partecipazione, partecipazione@example.org",
    ),
    invited=True,
)
FUNDED = Story(
    "energia@example.org",
    "Dario",
    _answers(
        "Unione delle Terre Alte (inventata)",
        "Energia di vallata",
        "Castelfranco Emilia",
        theme="environment",
        objectives="Far nascere una comunità energetica con le regole scritte da chi ne farà parte.",
        decision_holders="Unione delle Terre Alte (inventata)",
        partners="Consorzio della Montagna\nScuola agraria",
        started_on=-110,
        planned_months="6",
        extended="yes",
        extension_kind="extension",
        extension_days="60",
        grant_amount="12000",
        cofunding="no",
        participants_estimated="120",
    ),
    sheet="funded",
    invited=True,
)
ASKED = Story(
    "biblioteca@example.org",
    "Ilda",
    _answers(
        "Associazione Pagine Aperte (inventata)",
        "Una biblioteca di quartiere",
        "Bologna (BO)",
        proponent_kind="association",
        theme="welfare",
        objectives="Riaprire la biblioteca con orari e attività scelti dal quartiere.",
        origin="new",
        participants_estimated="40",
    ),
)
ANSWERING = Story(
    "piazza@example.org",
    "Sandro",
    _answers("Comune di Pievebassa (inventato)", "La piazza che vorremmo", "Bomporto", objectives=""),
    sent=False,
    invited=True,
)
SCHOOLS = Story(
    "scuole@example.org",
    "Marta",
    _answers(
        "Comune di Roccachiara (inventato)",
        "Scuole aperte il pomeriggio",
        "San Cesario sul Panaro",
        theme="welfare",
        status="concluded",
        objectives="Tenere aperte le scuole il pomeriggio, con attività proposte da famiglie e associazioni.",
        started_on=-190,
        ended_on=-35,
        participants_actual="150",
        public_contacts="Ufficio scuola, scuola@example.org",
    ),
)
STORIES = (WAITING, FUNDED, ASKED, ANSWERING, SCHOOLS)
OTHERS = (
    ("comune1@example.org", "Comune di Borgoverde (inventato)", ""),
    ("comune2@example.org", "Comune di Campolungo (inventato)", "Bilancio partecipativo"),
    ("unione@example.org", "Unione dei Tre Fiumi (inventata)", ""),
)
NOT_YET = (
    ("rete@example.org", "Rete delle associazioni (inventata)", ""),
    ("proloco@example.org", "Pro loco di Serrafosca (inventata)", "Il bosco di tutti"),
)


@transaction.atomic
def load(programme: Programme, by: Person) -> None:
    """The census with its answers and invitations, unless it is there."""
    if programme.activities.filter(title=TITLE).exists():
        return
    activity = _open(programme, by)
    mine = {story.email: _entry(by, activity, story) for story in STORIES}
    entries.ask_for_changes(
        by=by,
        entry=mine[ASKED.email],
        message="Quante persone hanno partecipato finora? E a chi può scrivere chi vuole saperne di più?",
    )
    _invitations(by, activity)
    _suggestion(programme)
    Record.objects.filter(census=activity).update(is_demonstration=True)


def _suggestion(programme: Programme) -> None:
    """Somebody knows more of an invented record of the other census."""
    invented = Record.objects.public().filter(census__programme=programme, is_demonstration=True)
    record = invented.select_related("census__programme").filter(title="Botteghe vicine").first()
    if record is None:
        return
    made = suggestions.suggest(
        record=record,
        email="bottegaia@example.org",
        changes={"participants_actual": 180, "website": "https://example.org/botteghe-vicine"},
        relation="Ho una bottega in quella via",
        note="All’ultimo incontro c’erano anche i negozianti della frazione.",
    )
    suggestions.confirm(suggestion=made)


def _open(programme: Programme, by: Person) -> Activity:
    activity = programmes.add_activity(
        by=by, programme=programme, kind_key=CensusKind.key, details={"title": TITLE, "phase": None}
    )
    own = Census.objects.select_related(*Census.address_related).get(pk=activity.pk)
    now = timezone.localtime().replace(minute=0, second=0, microsecond=0)
    window = {
        "opens": (now - timedelta(days=12)).replace(hour=9),
        "closes": (now + timedelta(days=18)).replace(hour=18),
    }
    words = {"introduction": INTRODUCTION, "call": "Bando Partecipazione 2025", "call_year": 2025}
    edit_census(by=by, census=own, row={"summary": SUMMARY, **window}, own=words)
    activity = Activity.objects.select_related("programme").get(pk=activity.pk)
    activity.goals.set(programme.goals.all()[:1])
    programmes.publish_activity(by=by, activity=activity)
    return activity


def _entry(by: Person, activity: Activity, story: Story) -> CensusEntry:
    if story.invited:
        entry = _by_invitation(by, activity, story)
    else:
        entry, _new = entries.start_entry(
            census=activity, sheet=story.sheet, email=story.email, name=story.name
        )
    for group in entry.response.schema.groups:
        names = {question.name for question in group.questions}
        raw = {name: _told(name, value) for name, value in story.answers.items() if name in names}
        if raw:
            questionnaires.save_page(response=entry.response, page=group.name, raw=raw)
    if story.sent:
        entries.submit_entry(entry=entry)
    days = timedelta(days=2 + STORIES.index(story))
    CensusEntry.objects.filter(pk=entry.pk).update(started_at=timezone.now() - days)
    return CensusEntry.objects.select_related(*CensusEntry.address_related).get(pk=entry.pk)


def _told(name: str, value: Any) -> Any:
    days = name in {"started_on", "ended_on"}
    return (timezone.localdate() + timedelta(days=value)).isoformat() if days else value


def _by_invitation(by: Person, activity: Activity, story: Story) -> CensusEntry:
    row = invitations.Invited(story.email, story.answers["proponent"], story.answers["title"])
    invitations.add_invitations(by=by, census=activity, sheet=story.sheet, rows=[row])
    invitation = _invitation(activity, story.email)
    invitations.send_invitation(invitation=invitation)
    entry = invitations.begin_invited(invitation=invitation)
    CensusEntry.objects.filter(pk=entry.pk).update(name=story.name)
    return entry


def _invitation(activity: Activity, email: str) -> CensusInvitation:
    rows = CensusInvitation.objects.select_related(*CensusInvitation.address_related)
    return rows.get(census=activity, email=email)


def _invitations(by: Person, activity: Activity) -> None:
    rows = [invitations.Invited(*words) for words in (*OTHERS, *NOT_YET)]
    invitations.add_invitations(by=by, census=activity, sheet="other", rows=rows)
    invited = [_invitation(activity, email) for email, *_words in OTHERS]
    for invitation in invited:
        invitations.send_invitation(invitation=invitation)
    invitations.note_opened(invitation=invited[1])
    invitations.refuse(invitation=invited[2])
