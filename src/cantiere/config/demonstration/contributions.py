"""What was said at the two sittings of PASSO already held, and what became of it. Every sentence is invented."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from cantiere.foundation.accounts.models import Person
from cantiere.programmes.models import Activity, Programme
from cantiere.thread.contributions import actions
from cantiere.thread.contributions.models import ActorKind, Coding, Contribution, Step

CODE = "PASS02020K"
"""The receipt of the demonstration: PAS S02 020K."""
FIRST, SECOND = "Tavolo di negoziazione: prima seduta", "Tavolo di negoziazione: riconvocazione"
DAYS = {FIRST: -151, SECOND: -33}
THEMES = {
    "rete": ("Imprese che lavorano insieme", "Comprare, vendere, formarsi e farsi conoscere in più di uno."),
    "giovani": (
        "Giovani e mestieri",
        "Trovare chi lavora, trasmettere i mestieri, tenere qui chi ha studiato.",
    ),
    "strade": ("Strade, mezzi e consegne", "Arrivare al lavoro e far arrivare le merci."),
    "botteghe": ("Negozi e centri dei paesi", "Botteghe, mercati, vetrine vuote."),
    "metodo": ("Come lavora il Tavolo", "Regole, orari, incontri a distanza, chi resta fuori."),
}
F, A, P, S, C = (
    ActorKind.FIRM, ActorKind.ASSOCIATION, ActorKind.PUBLIC_BODY, ActorKind.SCHOOL, ActorKind.CITIZEN,
)  # fmt: skip


@dataclass(frozen=True)
class Heard:
    """A sentence: at which sitting, when, who spoke, its themes."""

    key: str
    sitting: str
    origin: str
    actor: str
    text: str
    themes: tuple[str, ...]
    kept: bool = False
    """Whether it stands on the receipt of the demonstration."""


@dataclass(frozen=True)
class Told:
    """What became of some of them, on a day counted as in the plan."""

    kind: str
    on: int
    words: str
    of: Sequence[str]


GIRO, REGOLE, DISTANZA, RIPRESA = (
    "Giro di parola",
    "Sulle regole",
    "Come proseguire a distanza",
    "Da dove si riparte",
)
HEARD = (
    Heard("r1", FIRST, GIRO, F, "Da soli non arriviamo alle fiere: in cinque o sei sì, con uno stand solo.", ("rete",)),
    Heard("r2", FIRST, GIRO, F, "Ognuno compra energia per conto suo. Insieme avremmo un prezzo migliore.", ("rete",)),
    Heard("r3", FIRST, GIRO, A, "Serve una persona che tenga insieme le imprese piccole: loro non hanno tempo.", ("rete",), kept=True),
    Heard("g1", FIRST, GIRO, F, "Cerco un saldatore da un anno. Le scuole sono a venti minuti e non ci conosciamo.", ("giovani",)),
    Heard("g2", FIRST, GIRO, F, "Chi va in pensione si porta via il mestiere: paghiamo chi affianca un giovane per sei mesi.", ("giovani",)),
    Heard("g3", FIRST, GIRO, S, "Venite voi in classe, non solo i ragazzi in azienda.", ("giovani",), kept=True),
    Heard("g4", FIRST, GIRO, P, "Chi studia fuori non torna: servono case in affitto, non solo lavoro.", ("giovani",)),
    Heard("s1", FIRST, GIRO, F, "La mattina i camion e i pulmini della scuola sono sulla stessa strada, alla stessa ora.", ("strade",)),
    Heard("s2", FIRST, GIRO, C, "In bicicletta fino alla zona industriale si rischia la vita: manca l’ultimo chilometro.", ("strade",)),
    Heard("s3", FIRST, GIRO, F, "L’ultimo autobus passa alle 19: chi fa il turno di sera viene in macchina o non viene.", ("strade", "giovani")),
    Heard("b1", FIRST, GIRO, A, "In centro ci sono undici vetrine vuote. Prestiamole per tre mesi a chi vuole provare.", ("botteghe",)),
    Heard("b2", FIRST, GIRO, A, "Il mercato del mercoledì è fermo a trent’anni fa: orario, posti, pagamenti.", ("botteghe",)),
    Heard("m1", FIRST, REGOLE, A, "Chi non può venire deve poter mandare le sue proposte per scritto.", ("metodo",), kept=True),
    Heard("m2", FIRST, REGOLE, P, "Se non siamo d’accordo, nel verbale ci stanno tutte e due le posizioni.", ("metodo",)),
    Heard("m3", SECOND, DISTANZA, A, "Metà dei nostri soci non ha mai fatto una videochiamata: senza una prova prima, li perdiamo.", ("metodo",)),
    Heard("m4", SECOND, DISTANZA, F, "Non togliete incontri: meglio tre brevi a distanza che uno lungo.", ("metodo",)),
    Heard("m5", SECOND, DISTANZA, P, "In videochiamata parlano sempre gli stessi. Dividiamoci in gruppi piccoli.", ("metodo",)),
    Heard("m6", SECOND, DISTANZA, F, "La sera dopo le otto no: a quell’ora si chiude il magazzino.", ("metodo",)),
    Heard("m7", SECOND, DISTANZA, A, "Chi non si collega deve poter telefonare a qualcuno che scrive per lui.", ("metodo",)),
    Heard("b3", SECOND, RIPRESA, A, "In questi mesi le botteghe hanno consegnato a casa: un servizio unico costerebbe meno.", ("botteghe", "rete")),
    Heard("b4", SECOND, RIPRESA, F, "Un sito solo per tutti i negozi dei sei comuni, altrimenti compriamo tutti altrove.", ("botteghe", "rete")),
    Heard("r4", SECOND, RIPRESA, F, "Una fabbrica ha cambiato linea in due settimane perché un vicino le ha prestato un tecnico.", ("rete",)),
    Heard("r5", SECOND, RIPRESA, F, "Mettiamo in comune un elenco: che cosa so fare, che cosa mi serve.", ("rete",)),
    Heard("s4", SECOND, RIPRESA, P, "Se gli orari delle fabbriche cambiano, cambiamo anche quelli degli autobus.", ("strade",)),
    Heard("g5", SECOND, RIPRESA, S, "I tirocini sono saltati tutti: da settembre serve un modo per farne metà a distanza.", ("giovani",)),
)  # fmt: skip
READ, TAKEN = Step.Kind.READ, Step.Kind.PROPOSED
TOLD = (
    Told(READ, -146, "La segreteria del Tavolo ha letto tutto quello che è stato detto e l’ha messo nel verbale.", [h.key for h in HEARD if h.sitting == FIRST]),
    Told(READ, -30, "La segreteria del Tavolo ha letto tutto quello che è stato detto e l’ha messo nel verbale.", [h.key for h in HEARD if h.sitting == SECOND]),
    Told(TAKEN, -29, "Entra nella proposta «Laboratori a distanza, senza lasciare indietro nessuno».", ["m1", "m3", "m4", "m5", "m7"]),
    Told(Step.Kind.ACCEPTED, -27, "Il Tavolo è d’accordo: stesso numero di incontri, in gruppi separati, con una prova di collegamento prima di ognuno.", ["m3", "m4", "m5"]),
    Told(Step.Kind.ACCEPTED, -27, "Il Tavolo è d’accordo: chi non può collegarsi telefona al proprio referente, che scrive le sue proposte.", ["m1", "m7"]),
    Told(Step.Kind.REFUSED, -27, "Prima delle 18 metà del Tavolo lavora. I laboratori restano alle 18 e finiscono entro le 20.", ["m6"]),
    Told(Step.Kind.ACCEPTED, -145, "È diventata la regola 6 del Tavolo.", ["m2"]),
    Told(Step.Kind.RESULT, -33, "Il verbale della seconda seduta riporta due posizioni sull’orario dei laboratori.", ["m2"]),
    Told(Step.Kind.COMMITTED, -25, "Le associazioni di categoria tengono una prova di collegamento la sera prima di ogni laboratorio.", ["m3"]),
    Told(Step.Kind.COMMITTED, -25, "Ogni ente ha dato il numero di telefono di un referente.", ["m1", "m7"]),
    Told(Step.Kind.RESULT, -3, "Alla prima prova hanno partecipato 9 persone; 7 non avevano mai fatto una videochiamata.", ["m3"]),
    Told(Step.Kind.RESULT, -3, "Due proposte sono arrivate per telefono e sono già nell’elenco del primo laboratorio.", ["m1", "m7"]),
    Told(TAKEN, -4, "È tra i punti da cui parte il Laboratorio 2, «Idee e progetti».", ["r3", "r5", "b1", "b4", "g2", "s2"]),
    Told(Step.Kind.PARTLY, -10, "L’Unione ne parla con chi gestisce gli autobus: per ora sposta l’ultima corsa alle 19.40, non alle 22.", ["s3"]),
)  # fmt: skip


@transaction.atomic
def load(programme: Programme, by: Person) -> None:
    """Write it all down as the team does; what is already there stays."""
    held = programme.activities.select_related("programme").filter(title__in=DAYS)
    sittings = {activity.title: activity for activity in held}
    first = sittings[FIRST].starts_on if FIRST in sittings else None
    if first is None or Contribution.objects.filter(activity__in=sittings.values()).exists():
        return

    def day(number: int) -> date:
        return first + timedelta(days=number - DAYS[FIRST])

    said = {key: each for activity in sittings.values() for key, each in _written(by, activity, day).items()}
    for key, (name, description) in THEMES.items():
        details = {"name": name, "description": description}
        theme = actions.add_theme(by=by, programme=programme, details=details)
        actions.code(by=by, contributions=[said[h.key] for h in HEARD if key in h.themes], theme=theme)
    for coding in Coding.objects.filter(contribution__in=said.values()).select_related("contribution"):
        coded_on = day(-140 if coding.contribution.day == day(DAYS[FIRST]) else -30)
        Coding.objects.filter(pk=coding.pk).update(on=coded_on)
    for told in TOLD:
        rows = [said[key] for key in told.of]
        actions.step(by=by, contributions=rows, kind=told.kind, words=told.words, on=day(told.on))


def _written(by: Person, activity: Activity, day: Callable[[int], date]) -> dict[str, Contribution]:
    receipt = actions.open_receipt(code=CODE)
    said = [
        actions.Said(
            key=heard.key,
            text=heard.text,
            origin=heard.origin,
            actor=heard.actor,
            day=day(DAYS[heard.sitting]),
            in_room=True,
            receipt=receipt if heard.kept else None,
        )
        for heard in HEARD
        if heard.sitting == activity.title
    ]
    return actions.contribute_all(by=by, activity=activity, said=said)
