"""Next Generation Siena: 24 municipalities of a wide area, which begins with a meeting on 24 March.

Retold from the programme's public announcement (Comune di Siena, March 2022); the year is the next one from the
day of loading, numbers of people are invented.
"""

from datetime import date

from django.utils import timezone

from cantiere.config.demonstration.outline import Body, Form, Held, Plan, Role, Stretch, Told

AREA = ("area", "siena-next-generation")
CITY = ("municipality", "052032")


def next_24_march() -> date:
    """The day of the opening, from which all others are counted."""
    today = timezone.localdate()
    this_year = date(today.year, 3, 24)
    return this_year if today < this_year else date(today.year + 1, 3, 24)


PLAN = Plan(
    title="Next Generation Siena",
    summary="Ventiquattro comuni imparano a programmare insieme e chiedono ai territori che cosa serve.",
    form=Form.IN_PHASES,
    approach="""Prima le persone che lavorano nei comuni rafforzano le proprie competenze. Poi si ascolta chi vive e lavora nell'area, con questionari, interviste e gruppi di discussione. Infine si progetta insieme.

Ogni scelta della strategia dirà **da quale dato o da quale voce** nasce.""",
    places=(AREA,),
    starts=-120,
    day_zero=next_24_march,
    ends=290,
    contact="areavasta@example.org",
    goals=(
        (
            "Rafforzare le competenze dei comuni",
            "Amministratori e personale imparano a progettare e gestire servizi insieme.",
        ),
        ("Capire i bisogni del territorio", "Dati, questionari e voci delle persone, letti insieme."),
        ("Una strategia d’area vasta", "Obiettivi e progetti che i comuni firmano e seguono insieme."),
    ),
    bodies=(
        Body("siena", "Comune di Siena", "2.4.30", CITY),
        Body("euronike", "Euronike", "1.3.20"),
        Body("codesign", "Codesign Toscana", "1.8.10"),
        Body("openimpact", "Open Impact", "1.3.20"),
        Body("ananse", "Ananse Communication", "1.3.20"),
    ),
    partners=(
        ("siena", Role.LEAD, "Coordina i comuni dell’area"),
        ("euronike", Role.SUPPORTER, "Formazione dei comuni"),
        ("codesign", Role.FACILITATOR, "Percorso partecipato"),
        ("openimpact", Role.SUPPORTER, "Studi di fattibilità"),
        ("ananse", Role.SUPPORTER, "Comunicazione"),
    ),
    phases=(
        Stretch("Formazione", "Corsi e laboratori per chi amministra e per chi lavora nei comuni.", 0, 90),
        Stretch("Ascolto", "Chi abita l’area, di che cosa ha bisogno: numeri e voci.", 60, 180),
        Stretch(
            "Progetto comune", "Incontro di governo dell’area e laboratorio di co-progettazione.", 181, 240
        ),
        Stretch("Strategia", "Piani di fattibilità, rapporto finale, strategia dell’area.", 241, 290),
    ),
    activities=(
        Held(
            "Incontro di avvio",
            "Chi accompagna i comuni, che cosa succede nei prossimi mesi, come si partecipa.",
            on=0,
            at=(16, 0),
            phase=0,
            goals=(0, 1, 2),
            mode="online",
            event_type="1.3.1",
            capacity=200,
            enrolled=21,
            agenda="- 16:00 Saluti dei comuni\n- 16:15 La formazione\n- 16:35 L’ascolto del territorio\n- 16:55 Gli studi di fattibilità\n- 17:15 Domande",
            languages="In italiano",
        ),
        Told(
            "Corsi per i comuni",
            "Fondi europei e nazionali, raccolta di risorse, gestione dei progetti, servizi in forma associata.",
            "I corsi sono per chi amministra e per chi lavora negli uffici. Si seguono online, in orario di lavoro.",
            phase=0,
            goals=(0,),
            first=20,
            last=90,
            place=AREA,
        ),
        Told(
            "Tre laboratori per lavorare insieme",
            "Governo dell’area, piattaforma comune, comunicazione e guida dei gruppi.",
            "Nei laboratori i comuni costruiscono un gruppo di lavoro stabile e decidono quali strumenti condividere.",
            phase=0,
            goals=(0, 2),
            first=45,
            last=88,
            place=AREA,
        ),
        Told(
            "Chi abita l’area",
            "Lo studio della popolazione e del territorio.",
            "Età, famiglie, lavoro, servizi: i numeri ufficiali comune per comune. Servono a scegliere chi invitare a rispondere.",
            phase=1,
            goals=(1,),
            first=60,
            last=85,
            place=AREA,
        ),
        Told(
            "Questionari, interviste e gruppi di discussione",
            "Prima i numeri, poi le voci che li spiegano.",
            "I questionari si compilano online, su carta o al telefono. I risultati si verificano con interviste e piccoli gruppi.",
            phase=1,
            goals=(1,),
            first=86,
            last=180,
            place=AREA,
        ),
        Told(
            "Incontro di governo dell’area",
            "Comuni, categorie economiche e terzo settore discutono i risultati.",
            "Il gruppo di cooperazione economica e sociale dell’area legge i risultati e indica le priorità.",
            phase=2,
            goals=(2,),
            first=190,
            last=190,
            place=AREA,
        ),
        Told(
            "Laboratorio di co-progettazione",
            "Dalle priorità ai progetti, con chi li userà.",
            "A gruppi misti si disegnano i progetti dell’area. Ogni progetto avrà poi il suo studio di fattibilità.",
            phase=2,
            goals=(2,),
            first=220,
            last=220,
            place=AREA,
        ),
        Told(
            "Rapporto finale e strategia",
            "Ogni obiettivo con i dati e le voci da cui nasce.",
            "Il rapporto raccoglie tutto il lavoro. La strategia indica progetti, costi, tempi e chi ne risponde.",
            phase=3,
            goals=(2,),
            first=241,
            last=290,
            place=AREA,
        ),
    ),
)
