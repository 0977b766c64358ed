"""PASSO, Unione del Sorbara: a pact for the firms, suspended and then re-planned online.

Retold from the public record of the process (Osservatorio Partecipazione, record 1537; RiPartecipiamo, 2020): partners,
theme, 83 days of suspension and what changed are the record's; days are moved, sessions and people invented.
"""

from cantiere.config.demonstration.outline import Body, Form, Held, Kind, Plan, Role, Stretch, Told, Turn

UNION = ("area", "unione-del-sorbara")
CASTELFRANCO = ("municipality", "036006")

PLAN = Plan(
    title="PASSO: patto di sviluppo per le imprese del Sorbara",
    summary="Imprese e comuni dell'Unione del Sorbara scrivono insieme un patto per far crescere il territorio.",
    form=Form.IN_PHASES,
    approach="""Le decisioni che riguardano le imprese si prendono con le imprese. Un **Tavolo di negoziazione** riunisce comuni, associazioni e rappresentanti; i **laboratori** sono aperti a tutti.

Tre domande guidano il lavoro: su quali progetti nuovi investire, come usare ciò che il territorio sa già fare, come creare una rete che duri da sola.""",
    places=(UNION,),
    starts=-152,
    ends=116,
    contact="passo@example.org",
    goals=(
        ("Una visione comune", "Una rete fra imprese e comuni, con un'identità riconoscibile."),
        (
            "Decidere insieme come usare le risorse",
            "Regole e strumenti scelti con chi le risorse le rappresenta.",
        ),
        ("Coinvolgere chi è organizzato e chi no", "Associazioni, imprese singole, botteghe, persone."),
    ),
    bodies=(
        Body(
            "unione",
            "Unione Comuni del Sorbara",
            "2.4.50",
            CASTELFRANCO,
            website="http://www.unionedelsorbara.mo.it",
        ),
        Body("bastiglia", "Comune di Bastiglia", "2.4.30", ("municipality", "036001")),
        Body("bomporto", "Comune di Bomporto", "2.4.30", ("municipality", "036002")),
        Body("castelfranco", "Comune di Castelfranco Emilia", "2.4.30", CASTELFRANCO),
        Body("nonantola", "Comune di Nonantola", "2.4.30", ("municipality", "036027")),
        Body("ravarino", "Comune di Ravarino", "2.4.30", ("municipality", "036034")),
        Body("sancesario", "Comune di San Cesario sul Panaro", "2.4.30", ("municipality", "036036")),
        Body("centrovivo", "Associazione Centro Vivo", "1.8.10", CASTELFRANCO),
        Body("cna", "CNA", "1.8.10"),
        Body("confcommercio", "Confcommercio", "1.8.10"),
        Body("confesercenti", "Confesercenti", "1.8.10"),
        Body("lapam", "LAPAM", "1.8.10"),
    ),
    partners=(
        ("unione", Role.PROMOTER, "Propone il processo e decide sul patto"),
        *(
            (key, Role.PARTNER, "")
            for key in (
                "bastiglia",
                "bomporto",
                "castelfranco",
                "nonantola",
                "ravarino",
                "sancesario",
                "centrovivo",
                "cna",
                "confcommercio",
                "confesercenti",
                "lapam",
            )
        ),
    ),
    phases=(
        Stretch(
            "Condivisione del percorso",
            "Il Tavolo si riunisce e decide regole e tempi.",
            -152,
            -32,
            -152,
            -14,
        ),
        Stretch("Apertura", "Laboratori aperti: bisogni, idee, progetti.", -13, 45, -13),
        Stretch("Chiusura", "Il Tavolo sceglie le proposte e scrive il documento.", 46, 116),
        Stretch(
            "Decisione e seguito", "L'Unione risponde punto per punto; poi si segue ciò che accade.", 117, 207
        ),
    ),
    turns=(
        Turn(
            Kind.PAUSED,
            -148,
            "L'emergenza sanitaria ferma gli incontri e i termini dei procedimenti.",
            "I laboratori già fissati sono rinviati. Il sito resta aggiornato.",
            phase=0,
        ),
        Turn(
            Kind.RESUMED,
            -65,
            "Ci si può di nuovo riunire, a distanza.",
            "Il Tavolo viene riconvocato online.",
            phase=0,
        ),
        Turn(
            Kind.EXTENDED,
            -65,
            "I giorni persi per la sospensione si recuperano.",
            "La fine del processo si sposta in avanti.",
            days=83,
        ),
        Turn(
            Kind.REPLANNED,
            -30,
            "Il Tavolo, sentito chi conduce gli incontri, sceglie di lavorare tutto online.",
            "Stesso numero di incontri e stessa struttura. I laboratori si tengono in videochiamata, con gruppi separati; "
            "le proposte si raccolgono dal telefono di ciascuno; ogni gruppo scrive su una lavagna comune.",
            phase=1,
        ),
    ),
    activities=(
        Held(
            "Tavolo di negoziazione: prima seduta",
            "Chi siede al Tavolo, con quali regole, con quali tempi.",
            on=-151,
            at=(15, 0),
            phase=0,
            goals=(1,),
            place=CASTELFRANCO,
            venue="Sede dell'Unione, sala giunta",
            event_type="2.3.1",
            capacity=25,
            enrolled=14,
            came=13,
            short="Il Tavolo ha approvato le regole e il calendario. I laboratori erano previsti in presenza da marzo: poi la sospensione.",
            points=(
                "Regole di funzionamento approvate",
                "Calendario di tre laboratori",
                "Un referente per ogni ente",
            ),
            minutes="Presenti l'Unione, sei comuni e cinque associazioni. Ogni ente ha detto che cosa si aspetta dal patto.\n\n"
            "Le decisioni si prendono per consenso; se non c'è, il verbale riporta le diverse posizioni.",
        ),
        Held(
            "Tavolo di negoziazione: riconvocazione",
            "Come riprogettare il percorso a distanza.",
            on=-33,
            at=(15, 0),
            phase=0,
            goals=(1,),
            mode="online",
            event_type="2.3.1",
            capacity=25,
            enrolled=14,
            came=14,
            short="Si riparte online, con lo stesso numero di incontri. Prima di ogni laboratorio ci sarà una prova di collegamento per chi ne ha bisogno.",
            points=(
                "Laboratori online, con gruppi separati",
                "Una prova di collegamento prima di ogni incontro",
                "Chi non può collegarsi manda le proposte per telefono al proprio referente",
            ),
            minutes="Il Tavolo ha confrontato tre modi di proseguire. Ha scelto quello che non toglie nessun incontro.",
        ),
        Held(
            "Laboratorio 1: che territorio vogliamo essere",
            "Forze, debolezze e identità delle imprese del Sorbara. Aperto a tutti.",
            on=5,
            at=(18, 0),
            phase=1,
            goals=(0, 2),
            mode="online",
            capacity=60,
            enrolled=30,
            agenda="- 18:00 In plenaria: a che punto siamo\n- 18:15 Una parola per il Sorbara, dal telefono\n"
            "- 18:30 A gruppi, sulla lavagna: forze e debolezze\n- 19:20 I gruppi raccontano\n- 19:50 Che cosa passa al prossimo laboratorio",
            languages="In italiano",
        ),
        Held(
            "Laboratorio 2: idee e progetti",
            "Dalle difficoltà alle proposte: quali progetti nuovi vale la pena di provare.",
            on=19,
            at=(18, 0),
            phase=1,
            goals=(0, 2),
            mode="online",
            capacity=60,
            enrolled=12,
            agenda="- 18:00 Che cosa è uscito dal primo laboratorio\n- 18:15 A gruppi: come potremmo…\n- 19:15 Voto con i punti\n- 19:45 I progetti più votati",
        ),
        Held(
            "Laboratorio 3: chi fa che cosa",
            "Impegni, tempi e risorse per ogni progetto scelto.",
            on=33,
            at=(18, 0),
            phase=1,
            goals=(1, 2),
            mode="online",
            capacity=60,
            enrolled=4,
        ),
        Held(
            "Tavolo di negoziazione: documento di proposta",
            "Il Tavolo legge, corregge e approva il documento da consegnare all'Unione.",
            on=60,
            at=(15, 0),
            phase=2,
            goals=(1,),
            mode="online",
            event_type="2.3.1",
            capacity=25,
            approval=True,
        ),
        Told(
            "Documento di proposta partecipata",
            "Le proposte scelte, con le ragioni e con ciò che il Tavolo non ha accolto.",
            "Il documento dice da quali bisogni nasce ogni proposta e chi l'ha portata. Non contiene dati personali. "
            "Quando è approvato, si pubblica qui e si consegna all'Unione.",
            phase=2,
            goals=(0, 1),
            first=75,
            last=116,
            place=UNION,
        ),
        Told(
            "La risposta dell'Unione",
            "Che cosa è accolto, che cosa in parte, che cosa no e perché.",
            "Entro 30 giorni l'Unione prende atto del documento. Poi decide proposta per proposta e spiega le ragioni. "
            "Chi ha partecipato riceve un avviso.",
            phase=3,
            goals=(1,),
            first=117,
            last=147,
            place=UNION,
        ),
        Told(
            "Il patto e i suoi impegni",
            "Ogni firmatario dice che cosa fa, entro quando, e come si vede che l'ha fatto.",
            "Il patto si firma dopo la decisione. Ogni sei mesi si controlla a che punto sono gli impegni.",
            phase=3,
            goals=(0, 1, 2),
            first=148,
            last=207,
            place=UNION,
        ),
    ),
)
