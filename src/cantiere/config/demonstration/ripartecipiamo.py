"""RiPartecipiamo: a census of 2020 with 67 records, of which only PASSO is real; the other 66 are invented.

Figures as published (Regione Emilia-Romagna, «RiPartecipiamo, la prima fotografia», 2020): 40 projects of the call of
2019 and 27 others, 55 by public bodies and 12 by associations, firms or groups, all nine provinces, 20 of the 27 new.
PASSO: sheet of RiPartecipiamo and record 1537 of Osservatorio Partecipazione, in words of ours.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from cantiere.activities.observatory.models import (
    ExtensionKind,
    Level,
    Origin,
    ProponentKind,
    Record,
    Sheet,
    Status,
    Theme,
)
from cantiere.activities.observatory.models.vocabularies import CoFunding, GenderPrevalence, Nature, YesNo
from cantiere.config.demonstration import stories
from cantiere.engine.terms import planned_end

TITLE = "RiPartecipiamo"
CALL, CALL_YEAR = "Bando Partecipazione 2019", 2019
LAW = "L.R. Emilia-Romagna 15/2018"
CAUSE = "Emergenza Covid-19"
SUMMARY = "Nel 2020 la comunità ha chiesto a tutti: come è cambiato il vostro percorso, e con quali strumenti andate avanti?"
INTRODUCTION = """Due questionari: uno per i progetti finanziati dal bando, uno per tutte le altre esperienze. Chi deve riprogettare un percorso trova qui chi ci è già passato e gli strumenti che ha usato.

**Questa è una dimostrazione.** I numeri complessivi sono quelli pubblicati dalla Regione Emilia-Romagna nel 2020. La scheda di PASSO racconta un processo vero, con la sua fonte; le altre 66 sono inventate, enti compresi: prendono in prestito solo la posizione di comuni veri. Anche i giorni di apertura del censimento sono d'esempio."""
OUTCOME = "Sono arrivati 67 questionari da tutte le province: 40 dal bando 2019 e 27 da altre esperienze, 20 delle quali nate in quei mesi."
ONLY_A_POSITION = "solo una posizione sulla mappa: ente e processo sono inventati"
PRIVATE_FUNDED, PRIVATE_OTHERS = (4, 12, 20, 28, 36), (40, 44, 48, 52, 56, 60, 64)
FUNDED, INVENTED = 39, 66


@dataclass(frozen=True)
class Sheetful:
    """One record and what hangs on it, by the names things have."""

    record: Record
    places: Sequence[tuple[str, str]]
    partners: Sequence[str] = ()
    extra: tuple[str, int] | None = None
    planned: Sequence[str] = ()
    introduced: Sequence[tuple[str, str]] = field(default=())


PASSO = Sheetful(
    record=Record(
        sheet=Sheet.FUNDED,
        title="PASSO: patto di sviluppo strategico per le imprese dell’Unione del Sorbara",
        identifier="1537",
        status=Status.CONCLUDED,
        reference_law=LAW,
        call=CALL,
        call_year=CALL_YEAR,
        proponent="Unione Comuni del Sorbara",
        proponent_kind=ProponentKind.PUBLIC_BODY,
        responsible_office="SUAP (sportello unico per le attività produttive)",
        website="http://www.unionedelsorbara.mo.it",
        verified_on=date(2026, 11, 22),
        theme=Theme.ECONOMY,
        subject="Un patto fra amministrazioni e imprese per far crescere insieme il territorio dell’Unione.",
        objectives="Arrivare a una visione comune e a una nuova identità, mettendo in rete imprese e amministrazioni.\n"
        "Stabilire come si governano insieme le risorse, partendo da chi nel territorio le rappresenta.\n"
        "Coinvolgere le realtà organizzate nella scrittura del patto.\n\n"
        "Tre domande guidano il lavoro. Quali interventi nuovi possono generare cambiamento? Come si usano meglio le "
        "conoscenze che il territorio ha già? Come si tiene in piedi una rete stabile fra le imprese, utile a tutte?",
        expected_results="Un’amministrazione più vicina alle imprese, che non decide dall’alto.\n"
        "Più fiducia e più senso di appartenenza, perché si impara discutendo insieme.\n"
        "Una cultura della partecipazione che resta.",
        target_groups="Imprese, associazioni di categoria, comuni",
        started_on=date(2020, 2, 21),
        ended_on=date(2020, 11, 15),
        planned_months=6,
        participants_estimated=100,
        participants_note="Circa cento persone",
        gender_prevalence=GenderPrevalence.MALE,
        online_planned="Fino al 28 febbraio 2020: notizie sul sito dell’Unione e una sezione dedicata al percorso.",
        origin=Origin.UNDER_WAY,
        change_cause=CAUSE,
        changed=["design", "times"],
        changes="Il percorso è stato riprogettato a distanza. Il numero degli incontri e la loro struttura sono rimasti gli stessi.",
        new_activities="Prima un confronto con chi aveva commissionato il percorso, su Webex, per capire come ripensarlo.\n"
        "Poi il Tavolo di negoziazione, riconvocato su Webex per decidere modi e tempi.\n"
        "I laboratori si tengono su Zoom, con una plenaria e stanze separate. Le proposte si raccolgono in tempo reale con "
        "Mentimeter, dai telefoni di chi partecipa. Nelle stanze i gruppi lavorano su una lavagna Jamboard, con chi facilita.",
        source_note="RiPartecipiamo, scheda «PASSO» (Regione Emilia-Romagna, 2020); Osservatorio Partecipazione, scheda 1537. "
        "Testi riscritti da noi.",
    ),
    places=(("area", "unione-del-sorbara"),),
    partners=(
        "Associazione Centro Vivo", "CNA", "Comune di Bastiglia", "Comune di Bomporto", "Comune di Castelfranco Emilia",
        "Comune di Nonantola", "Comune di Ravarino", "Comune di San Cesario sul Panaro", "Confcommercio", "Confesercenti",
        "LAPAM",
    ),
    extra=(ExtensionKind.BOTH, 83),
    planned=("Pagina web del percorso", "Tavolo di negoziazione", "Laboratorio di co-progettazione"),
    introduced=(("Webex", ""), ("Zoom", ""), ("Mentimeter", ""), ("Jamboard", "")),
)  # fmt: skip


def sheetfuls() -> Iterator[Sheetful]:
    """All 67, always the same."""
    yield PASSO
    public = _public_bodies()
    for number in range(INVENTED):
        yield _invented(number, public)


def _public_bodies() -> Iterator[tuple[str, int]]:
    """Name, and how many municipalities it stands on (0: a whole province), mixed so that they alternate."""
    towns = [(f"Comune di {town}", 1) for town in stories.TOWNS]
    unions = [(name, 3) for name in stories.UNIONS]
    others = [(name, 0) for name in stories.OTHER_BODIES]
    for number, town in enumerate(towns):
        yield town
        if number % 4 == 1:
            yield from unions[number // 4 : number // 4 + 1]
        if number % 6 == 3:
            yield from others[number // 6 : number // 6 + 1]


def _who(number: int, public: Iterator[tuple[str, int]]) -> tuple[str, str, int]:
    private = (*PRIVATE_FUNDED, *PRIVATE_OTHERS)
    if number in private:
        kind, name = stories.PRIVATE[private.index(number)]
        return kind, name, 1
    name, spread = next(public)
    return ProponentKind.PUBLIC_BODY, name, spread


def _pick(items: Sequence[str], *numbers: int) -> list[str]:
    return list(dict.fromkeys(items[number % len(items)] for number in numbers))


def _invented(number: int, public: Iterator[tuple[str, int]]) -> Sheetful:
    funded = number < FUNDED
    kind, name, spread = _who(number, public)
    story, variant = stories.STORIES[number * 7 % len(stories.STORIES)], number // len(stories.STORIES)
    codes, told = stories.CHANGES[number * 3 % len(stories.CHANGES)]
    planned, introduced = stories.TOOLS[number * 5 % len(stories.TOOLS)]
    new = not funded and (number - FUNDED) % 4 != 2
    record = Record(
        sheet=Sheet.FUNDED if funded else Sheet.OTHER,
        title=story.titles[variant],
        proponent=name,
        proponent_kind=kind,
        territory_note=ONLY_A_POSITION,
        theme=story.theme,
        specific_topic=story.topic,
        participation_level=story.level if number % 5 else Level.CONSULTATION,
        participation_kinds=[("voluntary", "codecision", "representation")[number % 3]],
        subject=story.subject,
        objectives="\n".join([story.goals[variant], story.goals[(variant + 1) % 3]]),
        expected_results=stories.RESULTS[number % len(stories.RESULTS)],
        target_groups=story.whom,
        online_planned="" if new else stories.ONLINE[number % len(stories.ONLINE)],
        origin=Origin.NEW if new else Origin.UNDER_WAY,
        change_cause=CAUSE,
        changed=[] if new else list(codes),
        changes="" if new else told,
        new_activities="\n".join(_pick(stories.NEW_ACTIVITIES, number, number * 4 + 3)),
        participants_estimated=20 + number * 37 % 230,
        participants_actual=(4 if number == 41 else 15 + number * 29 % 190) if number % 2 else None,
        female_presence=(YesNo.YES, YesNo.YES, YesNo.UNSTATED)[number % 3],
        gender_prevalence=GenderPrevalence.values[number % 4],
        worklife_reconciliation=YesNo.values[number % 3],
        source_note="Scheda dimostrativa",
        is_demonstration=True,
    )
    extra = _when(record, number, new=new)
    if funded:
        _money(record, number)
    return Sheetful(
        record,
        _places(number, spread),
        _pick(stories.PARTNERS, number, number * 5 + 2, number * 3 + 7)[: 1 + number % 3],
        extra,
        planned if not new else planned[:1],
        introduced,
    )


def _when(record: Record, number: int, *, new: bool) -> tuple[str, int] | None:
    """Start, months and end; gives the days that were added, if any."""
    record.status = {5: Status.CANCELLED, 8: Status.SUSPENDED}.get(number % 11, Status.CONCLUDED)
    if new:
        record.started_on = date(2020, 3, 23) + timedelta(days=number * 11 % 97)
        record.planned_months = (2, 3, 4, 6)[number % 4]
        days = 0
    else:
        record.started_on = date(2020, 1, 13) + timedelta(days=number * 5 % 52)
        record.planned_months = (6, 6, 8, 9, 6, 4)[number % 6]
        days = (60, 90, 0, 83, 120, 45, 90)[number % 7]
    if record.status == Status.CONCLUDED:
        end = planned_end(record.started_on, record.planned_months, days)
        record.ended_on = end + timedelta(days=(0, 0, -2, 0, 5)[number % 5])
    return (ExtensionKind.values[number % 3], days) if days else None


def _money(record: Record, number: int) -> None:
    record.nature, record.reference_law = Nature.CERTIFIED_FUNDED, LAW
    record.call, record.call_year, record.certification_year = CALL, CALL_YEAR, CALL_YEAR
    record.grant_amount = Decimal((15_000, 12_500, 15_000, 9_000)[number % 4])
    record.total_cost = record.grant_amount + (0, 3_000, 5_000)[number % 3]
    record.cofunding = (CoFunding.NO, CoFunding.YES, CoFunding.YES)[number % 3]


def _places(number: int, spread: int) -> list[tuple[str, str]]:
    towns = stories.POSITIONS[number % len(stories.POSITIONS)]
    if spread == 0:
        return [("province", towns[0][:3])]
    first = number // len(stories.POSITIONS)
    return [("municipality", towns[(first + step) % len(towns)]) for step in range(spread)]
