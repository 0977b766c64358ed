"""Pistoia2030: four phases, a pause, a restart at a distance.

Retold from the programme's public pages (pistoia2030.it, 2019-2020); days are moved, meetings and numbers of
people are invented.
"""

from cantiere.config.demonstration import pistoia_innovators
from cantiere.config.demonstration.outline import Body, Form, Held, Kind, Plan, Role, Stretch, Told, Turn

PISTOIA = ("province", "047")
CITY = ("municipality", "047014")

PLAN = Plan(
    title="Pistoia2030",
    summary="Trovare chi innova nella provincia di Pistoia, dargli voce e costruire insieme nuove capacità.",
    form=Form.IN_PHASES,
    approach="""Partiamo dalle persone. Prima ascoltiamo chi nel territorio sta già cambiando le cose, poi progettiamo con loro.

- **Ascolto**: visite, interviste e osservazione sul posto.
- **Progetto comune**: sessioni guidate in cui imprese, enti e cittadini disegnano la stessa soluzione.
- **Sguardo d'insieme**: ogni azione tiene conto dei bisogni, delle tecnologie e di come lavora chi la userà.""",
    places=(PISTOIA,),
    starts=-420,
    ends=480,
    contact="pistoia2030@example.org",
    goals=(
        (
            "Dare visibilità",
            "Far conoscere le realtà che innovano, anche quelle che nessuno ha ancora raccontato.",
        ),
        (
            "Stimolare la partecipazione",
            "Far decidere insieme chi governa, chi produce e chi abita il territorio.",
        ),
        (
            "Accrescere le competenze",
            "Aiutare chi comincia e rafforzare chi è già avviato, partendo dai loro bisogni.",
        ),
        (
            "Creare sinergie",
            "Far nascere una comunità in cui le persone si scambiano idee, aiuto e conoscenze.",
        ),
    ),
    bodies=(
        Body("camera", "Camera di commercio di Pistoia", "2.7.20", CITY),
        Body("provincia", "Provincia di Pistoia", "2.4.20", CITY),
        Body(
            "caript",
            "Fondazione Cassa di Risparmio di Pistoia e Pescia",
            "1.7.30",
            CITY,
            short="Fondazione Caript",
        ),
        Body("polimi", "Politecnico di Milano", "2.6.20", None),
    ),
    partners=(
        ("camera", Role.PROMOTER, ""),
        ("provincia", Role.PROMOTER, ""),
        ("caript", Role.PROMOTER, ""),
        ("polimi", Role.FACILITATOR, "Ricerca, progetto e conduzione degli incontri"),
    ),
    phases=(
        Stretch(
            "Esplorazione", "Cerchiamo chi innova e capiamo di che cosa ha bisogno.", -420, -240, -420, -240
        ),
        Stretch("Progettazione", "Disegniamo insieme corsi e azioni di sostegno.", -18, 130, -18),
        Stretch("Azione", "Realizziamo i corsi e le azioni progettati insieme.", 131, 380),
        Stretch("Valutazione", "Controlliamo che cosa è cambiato e lo raccontiamo a tutti.", 381, 480),
    ),
    turns=(
        Turn(
            Kind.PAUSED,
            -230,
            "L’emergenza sanitaria impedisce di incontrarsi: fermiamo le attività in presenza.",
            "Restano aperti i contatti con gli innovatori: raccogliamo le loro testimonianze in video.",
            phase=1,
        ),
        Turn(
            Kind.RESUMED,
            -18,
            "Possiamo ripartire lavorando a distanza, con quello che abbiamo imparato durante la pausa.",
            "Comincia la fase 2.",
            phase=1,
        ),
        Turn(
            Kind.REPLANNED,
            -18,
            "Gli incontri di gruppo dal vivo non sono possibili e i bisogni del territorio sono cambiati.",
            "Le sessioni di co-creazione e i corsi si tengono online. Obiettivi e numero di incontri restano gli stessi; "
            "una sessione in più è dedicata a chi ha dovuto cambiare lavoro o mercato.",
            phase=1,
        ),
    ),
    activities=(
        Held(
            "Incontro di apertura",
            "Che cos’è Pistoia2030, chi lo promuove e come si partecipa.",
            on=-412,
            phase=0,
            goals=(0, 1),
            place=CITY,
            venue="Sala consiliare della Provincia, piazza San Leone 1",
            event_type="1.3.1",
            capacity=120,
            enrolled=34,
            came=31,
            short="Il programma è partito. Chi c’era ha segnalato le prime realtà da conoscere: da lì sono cominciate le visite.",
            points=(
                "Le quattro fasi e i tempi sono stati presentati e discussi",
                "Ventidue realtà segnalate durante la serata",
                "Richiesta: tenere gli incontri dopo le 17, per chi lavora",
            ),
            minutes="I promotori hanno spiegato perché nasce il programma. Il gruppo di ricerca ha mostrato come lavora.\n\n"
            "Nella seconda parte ogni tavolo ha scritto su una mappa di carta le realtà che conosce.",
        ),
        pistoia_innovators.PLAN,
        Told(
            "I videomessaggi degli innovatori",
            "Durante la pausa gli innovatori raccontano che cosa stanno cambiando.",
            "Basta un telefono, in un posto silenzioso. Un minuto o due, in quattro passi:\n\n"
            "1. chi sei e che lavoro fai;\n2. che cosa fa la tua realtà;\n"
            "3. che cosa stai cambiando per affrontare questo momento;\n4. una parola di incoraggiamento per chi ascolta.",
            phase=1,
            goals=(0, 3),
            first=-220,
            last=60,
            place=PISTOIA,
        ),
        Told(
            "Rapporto di ricerca della fase 1",
            "Che cosa abbiamo capito ascoltando il territorio.",
            "Il rapporto raccoglie i risultati delle visite e delle interviste: chi innova, in quali settori, con quali "
            "bisogni e con quali legami. Lo presentiamo prima di aprire le iscrizioni ai corsi.",
            phase=1,
            goals=(0,),
            first=20,
            last=20,
            place=PISTOIA,
        ),
        Held(
            "Co-creazione: quali corsi servono?",
            "Scegliamo insieme i temi, gli orari e la durata dei corsi della fase 3.",
            on=11,
            at=(17, 30),
            phase=1,
            goals=(1, 2),
            mode="online",
            capacity=40,
            enrolled=27,
            agenda="- 17:30 Ci presentiamo\n- 17:45 Che cosa dice la ricerca\n- 18:00 In piccoli gruppi: che cosa vorrei imparare\n"
            "- 19:00 Mettiamo in ordine le proposte\n- 19:20 Che cosa succede dopo",
            languages="In italiano, con sottotitoli automatici",
        ),
        Held(
            "Co-creazione: ripartire dopo un cambiamento",
            "Per chi ha dovuto cambiare lavoro, prodotto o mercato: quali aiuti servono davvero.",
            on=25,
            at=(18, 0),
            phase=1,
            goals=(1, 3),
            mode="hybrid",
            place=CITY,
            venue="Biblioteca San Giorgio, sala incontri, via Pertini",
            capacity=30,
            enrolled=9,
            agenda="- 18:00 Tre storie di cambiamento\n- 18:30 A gruppi: ostacoli e aiuti\n- 19:30 Le priorità",
            directions="La sala è al piano terra, senza gradini. Autobus dalla stazione, fermata a 200 metri.",
        ),
        Told(
            "Corsi e accompagnamento",
            "Corsi per chi comincia, accompagnamento per chi è già avviato.",
            "I temi escono dalle sessioni di co-creazione. Le iscrizioni si aprono alla fine della fase 2.",
            phase=2,
            goals=(2,),
            first=140,
            last=330,
            place=PISTOIA,
        ),
        Told(
            "Sfide di progetto",
            "Squadre miste lavorano su un problema vero di un’impresa o di un ente.",
            "Ogni sfida dura sei settimane e ha una persona esperta che accompagna la squadra. Alla fine si sceglie che cosa provare davvero.",
            phase=2,
            goals=(1, 2),
            first=200,
            last=340,
            place=PISTOIA,
        ),
        Told(
            "Club degli innovatori",
            "Il gruppo di chi vuole continuare a lavorare insieme.",
            "Nel club ci si scambiano aiuto e conoscenze e si provano piccoli progetti comuni.",
            phase=2,
            goals=(3,),
            first=220,
            last=380,
            place=PISTOIA,
        ),
        Told(
            "Che cosa è cambiato",
            "Controlliamo i risultati con chi ha partecipato e li pubblichiamo.",
            "Confrontiamo ciò che ci eravamo proposti con ciò che è successo, e diciamo che cosa vale la pena di continuare.",
            phase=3,
            goals=(0, 1, 2, 3),
            first=390,
            last=470,
            place=PISTOIA,
        ),
    ),
)
