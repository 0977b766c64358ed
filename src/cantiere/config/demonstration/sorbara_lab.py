"""The laboratories of PASSO: one that was held, and one a newcomer can open, join from a second window and run.

The public record tells that the laboratories moved online: separate groups, proposals from everyone's phone, a
shared board for each group. The run sheets here are ours, and so is every word said in them.
"""

from cantiere.activities.labs.methods import Step, board_of
from cantiere.config.demonstration.outline import Evening, Note
from cantiere.engine.lab import GroupsPlan, HarvestPlan, Option, PlenaryPlan, QuestionPlan, VotePlan
from cantiere.engine.lab.script import BreakPlan

GROUPS = ("Tavolo Panaro", "Tavolo Lambrusco", "Tavolo Pioppa", "Tavolo Navicello")


def _looking() -> tuple[Step, ...]:
    """Up to the break: a word each, then the tables."""
    return (
        Step(
            PlenaryPlan(speaker="Facilitatrice e referente dell’Unione"),
            "Benvenuto: a che punto siamo",
            "Perché siamo qui, che cosa succede stasera, che cosa ne sarà di ciò che diciamo.",
            10,
            material="Tre pagine da proiettare. Chi si collega da casa prova audio e video dieci minuti prima.",
        ),
        Step(
            QuestionPlan(
                prompt="Con quali parole racconteresti le imprese di qui a chi non le conosce?",
                asks="words",
                most=3,
                hidden=False,
            ),
            "Una parola per il Sorbara",
            "Scaldarsi, e provare il telefono con una domanda facile.",
            5,
            hands_on="Le parole più dette restano sullo schermo mentre si formano i tavoli.",
        ),
        Step(
            GroupsPlan(areas=board_of("swot"), method="swot"),
            "Forze, debolezze, occasioni, rischi",
            "Ogni tavolo guarda il territorio da quattro lati. Comuni e imprese si mescolano.",
            35,
            material="Un facilitatore per tavolo. Prima cinque minuti da soli, poi si legge e si raggruppa.",
            hands_on="I gruppi di note, ciascuno con un titolo, vanno davanti a tutti.",
        ),
    )


def _weighing() -> tuple[Step, ...]:
    """From the break on: what the tables found is told and weighed."""
    return (
        Step(BreakPlan(), "Pausa", "", 5),
        Step(
            HarvestPlan(),
            "I tavoli raccontano",
            "Due minuti per tavolo: che cosa vi ha sorpreso?",
            15,
            follows=2,
        ),
        Step(
            VotePlan(prompt="Scegli fino a tre punti da cui partire.", most=3),
            "Che cosa conta di più",
            "Si vede da dove cominciare nel prossimo laboratorio.",
            5,
            hands_on="I primi cinque diventano le domande «come potremmo…» del laboratorio 2.",
            follows=4,
        ),
        Step(
            QuestionPlan(
                prompt="Che cosa vuoi chiedere all’Unione? Sostieni anche le domande degli altri.",
                asks="ideas",
                most=3,
                hidden=False,
                upvotes=True,
                standing=True,
            ),
            "Domande a chi decide",
            "Le domande restano aperte per tutta la sera; si risponde alle più sostenute.",
            10,
        ),
        Step(
            QuestionPlan(
                prompt="Quanto ti riconosci in ciò che è uscito stasera?",
                asks="scale",
                labels=("per niente", "del tutto"),
            ),
            "Prima di andare",
            "Capire se abbiamo lavorato bene.",
            5,
        ),
    )


def tonight() -> tuple[Step, ...]:
    """The run sheet of the laboratory that waits to be run."""
    return (*_looking(), *_weighing())


def rehearsed() -> tuple[Step, ...]:
    """The run sheet of the evening on which people tried the tools."""
    return (
        Step(PlenaryPlan(), "Come si entra, come si parla", "Tutti vedono, sentono e scrivono.", 15),
        Step(
            QuestionPlan(
                prompt="Come ti trovi a lavorare a distanza?",
                asks="single",
                hidden=False,
                options=(
                    Option("bene", "Bene"),
                    Option("impara", "Sto imparando"),
                    Option("fatica", "Faccio fatica"),
                ),
            ),
            "Da dove partiamo",
            "Nessuno resta indietro: chi fa fatica lo dice.",
            5,
        ),
        Step(
            QuestionPlan(prompt="Che cosa serve perché tutti possano dire la loro?", asks="ideas", most=2),
            "Che cosa serve",
            "Le condizioni per lavorare insieme.",
            10,
        ),
        Step(
            GroupsPlan(areas=board_of("swot"), method="swot", dots=2),
            "Un primo giro sulla lavagna",
            "Provare la lavagna su una domanda vera.",
            20,
        ),
    )


EVENING = Evening(
    people=(
        ("036002", "public_body", True), ("036002", "firm", True), ("036006", "association", True),
        ("036006", "firm", True), ("036027", "firm", True), ("036027", "public_body", True),
        ("036034", "firm", True), ("036036", "association", True), ("036001", "citizen", True),
        ("036006", "citizen", True), ("036027", "citizen", True), ("036002", "firm", True),
        ("036034", "public_body", True), ("036036", "firm", True),
    ),
    choices={
        1: ("bene", "impara", "impara", "bene", "fatica", "impara", "bene", "impara", "bene", "fatica", "impara",
            "impara", "bene", "impara"),
    },
    ideas={
        2: (
            (1, "Una prova di collegamento prima di ogni incontro"),
            (4, "Orari che vadano bene anche a chi ha un negozio"),
            (8, "Poter telefonare se il collegamento cade"),
            (9, "Prova dei collegamenti il giorno prima"),
            (11, "Sapere prima di che cosa si parla, in una pagina"),
            (13, "Gruppi piccoli: in quindici non parla nessuno"),
        ),
    },
    merged={2: ((0, 3),)},
    notes={
        3: (
            Note("t1", "a1", "La meccanica di precisione: piccole officine che lavorano per il mondo", 1, 4),
            Note("t1", "a1", "Il lambrusco si conosce ovunque", 3, 3, "Prodotti che hanno un nome"),
            Note("t1", "a1", "Le ciliegie e le pere, ma pochi sanno che vengono da qui", 0, 2, "Prodotti che hanno un nome"),
            Note("t1", "a2", "Ognuno va per conto suo, anche chi fa lo stesso mestiere", 4, 5),
            Note("t2", "a2", "Mancano giovani che prendano in mano le botteghe", 6, 4, "Chi viene dopo di noi"),
            Note("t2", "a2", "Le scuole non sanno che cosa facciamo", 7, 3, "Chi viene dopo di noi"),
            Note("t2", "a3", "La ciclovia lungo il Panaro porta gente nuova", 9, 3),
            Note("t2", "a4", "I centri si svuotano quando chiude l’ultimo bar", 10, 4),
        ),
    },
)  # fmt: skip
