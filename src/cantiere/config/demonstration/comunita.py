"""The community of practice of Emilia-Romagna: a permanent programme.

Retold from the Region's public pages (partecipazione.regione.emilia-romagna.it, 2018-2020); days are moved,
meetings and people invented. Its census of 2020 is in ``ripartecipiamo``.
"""

from cantiere.config.demonstration.outline import Body, Form, Held, Plan, Role, Told

REGION = ("region", "08")
BOLOGNA = ("municipality", "037006")

PLAN = Plan(
    title="Comunità di pratiche partecipative dell’Emilia-Romagna",
    summary="Chi si occupa di partecipazione in Emilia-Romagna si aiuta, impara e prepara insieme le prossime scelte.",
    form=Form.PERMANENT,
    approach="""Ne fanno parte funzionarie e funzionari pubblici, facilitatori, associazioni, imprese, sindacati e volontari. Per entrare bastano un indirizzo e-mail e un modulo.

**Nessun obbligo.** Si legge, si chiede, si risponde quando si può; si esce quando si vuole. Chi è iscritto vede in anteprima le bozze e aiuta a scriverle.""",
    places=(REGION,),
    starts=-760,
    ends=None,
    contact="comunita@example.org",
    goals=(
        ("Ascoltarsi e aiutarsi", "Ogni domanda trova qualcuno che ci è già passato."),
        ("Imparare a facilitare", "Metodi per decidere insieme e per uscire dai problemi con creatività."),
        (
            "Preparare le scelte della Regione",
            "Piano formativo, Giornata della partecipazione e Bando si scrivono con chi li userà.",
        ),
    ),
    bodies=(Body("regione", "Regione Emilia-Romagna", "2.4.10", BOLOGNA),),
    partners=(("regione", Role.PROMOTER, "Anima la comunità e ne raccoglie le proposte"),),
    activities=(
        Told(
            "La Piazza",
            "Il luogo della comunità: documenti, notizie, discussioni e sondaggi.",
            "Tutti possono leggere. Chi è iscritto può aprire una discussione, rispondere, mettere a disposizione un documento.",
            goals=(0,),
            first=-760,
            place=REGION,
        ),
        Held(
            "Che cosa vogliamo imparare?",
            "Raccogliamo i bisogni di formazione per scrivere il nuovo Piano.",
            on=-47,
            at=(14, 30),
            goals=(1, 2),
            mode="online",
            event_type="2.3.1",
            capacity=60,
            enrolled=42,
            came=38,
            short="Le tre priorità scelte: facilitare a distanza, coinvolgere chi non viene mai, scrivere in modo chiaro. Da qui nasce la bozza del Piano.",
            points=(
                "Prima priorità: facilitare gruppi a distanza",
                "Seconda: coinvolgere chi di solito non partecipa",
                "Terza: scrivere testi che tutti capiscono",
                "Preferiti i corsi brevi, al massimo due ore, registrati",
            ),
            minutes="Ogni gruppo ha indicato i bisogni più urgenti e li ha messi in ordine.\n\n"
            "La Regione prepara una bozza del Piano formativo e la fa leggere alla comunità prima di approvarla.",
        ),
        Held(
            "Laboratorio: facilitare un gruppo a distanza",
            "Due ore di pratica, con casi portati da chi partecipa.",
            on=8,
            at=(10, 0),
            goals=(1,),
            mode="online",
            capacity=24,
            enrolled=23,
            agenda="- 10:00 Come si apre un incontro online\n- 10:30 Prova a gruppi di quattro\n- 11:20 Che cosa ha funzionato\n- 11:50 Materiali da portare via",
            languages="In italiano, con interprete della lingua dei segni",
        ),
        Held(
            "Prepariamo il nuovo Bando partecipazione",
            "Leggiamo la bozza e diciamo che cosa manca, prima che esca.",
            on=22,
            at=(15, 0),
            goals=(2,),
            mode="hybrid",
            place=BOLOGNA,
            venue="Terza torre della Regione, viale della Fiera 8, sala A",
            event_type="2.3.1",
            capacity=50,
            enrolled=18,
            agenda="- 15:00 La bozza in dieci minuti\n- 15:15 A gruppi: criteri, tempi, documenti richiesti\n- 16:15 Le proposte di modifica",
            directions="Ingresso al piano terra, ascensore fino alla sala. Dalla stazione: autobus 28 o 35.",
        ),
        Held(
            "Giornata della partecipazione",
            "Una giornata intera con sessioni in parallelo, preparata con gli iscritti alla comunità.",
            on=68,
            at=(9, 30),
            minutes_long=420,
            goals=(0, 1, 2),
            mode="hybrid",
            place=BOLOGNA,
            venue="Sala 20 maggio 2012, viale della Fiera 8",
            event_type="1.4.1",
            capacity=350,
            enrolled=30,
            agenda="- 9:30 Apertura\n- 10:00 Quattro sessioni in parallelo\n- 13:00 Pranzo\n- 14:00 Che cosa abbiamo imparato quest’anno\n- 16:00 Impegni per l’anno nuovo",
        ),
        Told(
            "Piano formativo della partecipazione",
            "Argomenti, ore e modi dei prossimi corsi, scelti con la comunità.",
            "La bozza parte dai bisogni raccolti. Prevede corsi in presenza, online dal vivo e da seguire quando si vuole.",
            goals=(1, 2),
            first=-30,
            last=50,
            place=REGION,
        ),
    ),
)
