"""The innovators of Pistoia's map: all invented, names, stories and numbers."""

from cantiere.config.demonstration.outline import Mapped, Tale

PERSON, GROUP, ORGANISATION, FIRM = "person", "group", "organisation", "firm"

PLAN = Mapped(
    title="Mappa degli innovatori",
    summary="Persone, gruppi, scuole e imprese che nella provincia stanno cambiando il modo di fare le cose.",
    intro="Cerchiamo chi **fa qualcosa di nuovo** per chi vive e lavora nella provincia di Pistoia: un prodotto, un "
    "servizio, un modo diverso di stare insieme.\n\nNon serve essere famosi, e non serve la tecnologia. Conta che "
    "qualcuno ora stia meglio, e che altri possano imparare.\n\nChi è sulla mappa riceve gli inviti alle sessioni di "
    "co-creazione e ai corsi. Leggiamo ogni scheda prima di pubblicarla.",
    phase=1,
    goals=(0, 3),
    opens=-30,
    closes=75,
    outcome="Le storie raccolte mostrano un bisogno comune: tempo e aiuto per provare cose nuove. I corsi della fase 2 "
    "partono da qui.",
    tales=(
        Tale("Alma Tessitori", "Pistoia", "Trasformo i vecchi telai in strumenti musicali per le scuole.",
             "Nel capannone di mio nonno c’erano undici telai fermi. Uno, toccato per sbaglio, ha suonato.\n\n"
             "Da allora li smonto e li accordo con i ragazzi delle medie. In tre anni ne abbiamo salvati sette: oggi "
             "li suonano quattro classi.",
             offers=("Un laboratorio di due ore per le classi", "Legno e pettini di telaio da riusare"),
             needs=("Un fabbro che sappia saldare l’ottone", "Un posto asciutto dove tenere gli strumenti"),
             sectors=("crafts", "culture", "school"), interests="Suono, memoria del lavoro", day=-380),
        Tale("Vivaio Radicesca", "Quarrata", "Coltiviamo piante che chiedono metà dell’acqua, senza torba.",
             "Abbiamo smesso con la torba dopo un’estate in cui il pozzo è rimasto asciutto. Ora il terriccio viene "
             "dagli sfalci dei nostri vicini.\n\nIl primo anno abbiamo perso piante. Dal terzo consumiamo il 45% di "
             "acqua in meno, e lo misuriamo ogni mese.",
             kind=FIRM, offers=("Visite il primo sabato del mese", "I nostri conti dell’acqua, mese per mese"),
             needs=("Altri vivai con cui comprare il compost insieme",), sectors=("farming", "environment"),
             website="https://radicesca.example.org/", day=-372),
        Tale("Bice Lorenzetti", "Pescia", "Insegno a fare la carta a mano a chi ha perso il lavoro.",
             "Sono stata cartaia per trent’anni. Quando la fabbrica ha chiuso ho tenuto le forme e un tino.\n\n"
             "Oggi in cinque facciamo carta per inviti e per il restauro. Due di noi hanno aperto la partita IVA.",
             offers=("Un posto al tino, per una giornata di prova",), needs=("Chi ci aiuti a vendere all’estero",),
             sectors=("crafts", "care"), organisation="Cartiera del Tino", day=-365),
        Tale("Cooperativa Filo d’Erba", "Monsummano Terme", "Affidiamo gli orti dei terreni incolti a chi esce da un momento difficile.",
             "Otto persone, tre terreni, un furgone. Le cassette vanno a centoventi famiglie che ci hanno conosciuto "
             "al mercato.\n\nNon regaliamo lavoro: lo paghiamo, e insegniamo a farlo.",
             kind=ORGANISATION, offers=("Cassette di stagione", "Esperienza nell’inserimento al lavoro"),
             needs=("Terreni incolti in pianura", "Un frigorifero usato, grande"),
             sectors=("farming", "care"), website="https://filoderba.example.org/", day=-351),
        Tale("Officina del Rammendo", "Agliana", "Ripariamo vestiti in piazza e insegniamo a farlo.",
             "Una volta al mese montiamo sei macchine da cucire sotto i portici. Chi porta un vestito lo ripara con noi.\n\n"
             "In un anno abbiamo salvato quattrocento capi. Il comune ci dà la corrente.",
             kind=GROUP, offers=("Macchine da cucire in prestito", "Un banco alle vostre feste"),
             needs=("Stoffe di buona qualità", "Volontarie e volontari che sappiano cucire"),
             sectors=("crafts", "environment", "community"), day=-340),
        Tale("Ettore Montemagni", "Abetone Cutigliano", "Faccio scuola di neve a chi non vede e a chi usa la carrozzina.",
             "Facevo il maestro di sci come tutti. Poi un’allieva cieca mi ha chiesto di descriverle la pista.\n\n"
             "Ora in inverno siamo in quattro, con due guidoslitte. D’estate gli stessi sentieri si fanno a piedi, a voce.",
             offers=("Uscite di prova gratuite",), needs=("Un albergo senza gradini, aperto anche d’estate",),
             sectors=("tourism", "care", "health"), interests="Montagna d’estate, lingua dei segni", day=-333),
        Tale("La Stalla Aperta", "San Marcello Piteglio", "Latte di montagna e una stanza per chi vuole imparare il mestiere.",
             "Siamo due sorelle con ventidue vacche. Ogni estate ospitiamo tre persone giovani: lavorano con noi, "
             "imparano, decidono.\n\nDue sono rimaste in montagna. Una ha aperto il suo caseificio.",
             kind=FIRM, offers=("Una stanza e un mestiere, da giugno a settembre", "Siero per chi alleva maiali"),
             needs=("Trasporto del latte a valle, due volte la settimana",), sectors=("farming", "school"), day=-326),
        Tale("Istituto Le Leghe", "Pistoia", "Gli studenti progettano pezzi di ricambio per macchine che nessuno fa più.",
             "Le imprese ci portano un ingranaggio rotto. La classe quarta lo misura, lo disegna, lo stampa o lo fresa.\n\n"
             "Abbiamo rimesso in moto trentuno macchine. Ogni pezzo ha il nome di chi l’ha fatto.",
             kind=ORGANISATION, offers=("Rilievo e disegno di pezzi rotti", "Stage di tre settimane"),
             needs=("Problemi veri da risolvere", "Un tecnico in pensione, il giovedì mattina"),
             sectors=("school", "industry", "digital"), website="https://leleghe.example.org/", day=-318),
        Tale("Fosca Innocenti", "Larciano", "Raccolgo con i bambini i nomi delle erbe del padule.",
             "Sono una guida del padule. I vecchi barrocciai mi dicevano nomi che non trovavo nei libri.\n\n"
             "Con quattro classi ne abbiamo scritti duecento. Ora ogni erba ha un cartello, con la voce di chi la conosceva.",
             offers=("Passeggiate con le scuole",), needs=("Chi registri bene le voci", "Una tipografia paziente"),
             sectors=("heritage", "school", "environment"), day=-300),
        Tale("Pane di Comunità", "Lamporecchio", "Un forno solo per dodici famiglie, e farina di grani del paese.",
             "Il forno del rione era spento dal 1987. L’abbiamo pulito in sei fine settimana.\n\nSi impasta il venerdì, "
             "a turno. Chi non può venire trova il pane sulla porta.",
             kind=GROUP, offers=("Pasta madre e due ore per imparare",), needs=("Semi di grano Verna",),
             sectors=("farming", "community"), day=-288),
        Tale("Gaia Bertini", "Montecatini-Terme", "Riapro stanze d’albergo chiuse per chi lavora una stagione.",
             "In città ci sono camere vuote e cuochi che dormono in macchina. Metto insieme le due cose.\n\n"
             "Sei alberghi, quarantun letti, un regolamento scritto da chi ci abita.",
             offers=("Il nostro contratto tipo, da copiare",), needs=("Un notaio che ci creda", "Lavatrici"),
             sectors=("tourism", "care"), organisation="Stanze Lente", day=-280),
        Tale("Rete dei Telai", "Montale", "Nove maglifici piccoli comprano energia e prendono ordini insieme.",
             "Da soli non ci rispondeva nessuno. In nove abbiamo un contratto dell’energia, un commerciale e un furgone.\n\n"
             "Non ci siamo fusi. Ci siamo messi d’accordo.",
             kind=GROUP, offers=("Filati di fine partita", "Il racconto di come ci siamo accordati, errori compresi"),
             needs=("Un’app semplice per dividersi gli ordini",), sectors=("industry", "trade"), day=-271),
        Tale("Ivo Cappellini", "Sambuca Pistoiese", "Porto la banda larga nei borghi con antenne sui campanili.",
             "Facevo il perito telefonico. In pensione ho chiesto al parroco di salire sul campanile.\n\n"
             "Oggi sette borghi sono collegati. Paga chi può, la manutenzione la facciamo noi.",
             offers=("Un sopralluogo nel vostro borgo",), needs=("Giovani che non soffrano di vertigini",),
             sectors=("digital", "community"), interests="Radio, meteorologia", day=-262),
        Tale("Teatro a Chilometro Zero", "Serravalle Pistoiese", "Spettacoli nelle aie, scritti con chi ci abita.",
             "Arriviamo un mese prima. Ascoltiamo, scriviamo, proviamo nella stalla. In scena ci sono i padroni di casa.\n\n"
             "Diciotto aie in quattro estati. Nessuna replica.",
             kind=GROUP, offers=("Un mese di ascolto nel vostro paese",), needs=("Cavi elettrici lunghi", "Un sarto"),
             sectors=("culture", "heritage"), day=-251),
        Tale("Orsola Petrocchi", "Pieve a Nievole", "Taglio scarpe su misura da una fotografia del piede.",
             "La mia famiglia fa scarpe da tre generazioni. Io misuro il piede con il telefono e cucio a mano.\n\n"
             "Chi ha piedi difficili non deve più venire qui tre volte.",
             offers=("Tirocinio in bottega, sei mesi",), needs=("Qualcuno che migliori il programma di misura",),
             sectors=("crafts", "digital", "health"), website="https://petrocchi.example.org/", day=-240),
        Tale("Il Mercato che Gira", "Ponte Buggianese", "Un furgone porta la spesa dei produttori nelle frazioni senza negozi.",
             "Quattordici frazioni, due giri la settimana. La spesa costa come al mercato.\n\n"
             "L’autista sa chi non ha aperto la porta, e telefona ai figli.",
             kind=FIRM, offers=("Spazio sul furgone per altri produttori",), needs=("Un secondo autista",),
             sectors=("trade", "mobility", "care"), day=-222),
        Tale("Nella Giuntoli", "Buggiano", "Faccio olio con gli olivi abbandonati, adottati da chi sta lontano.",
             "Sul poggio c’erano mille olivi nei rovi. Chi ne adotta uno riceve l’olio e una lettera all’anno.\n\n"
             "Ne abbiamo ripuliti trecentosei.",
             offers=("Olivi da adottare", "Corsi di potatura a febbraio"), needs=("Muratori a secco",),
             sectors=("farming", "heritage"), day=-205),
        Tale("Bambini Architetti", "Uzzano", "Le classi ridisegnano il cortile e il comune lo costruisce.",
             "Il patto è semplice: i bambini progettano con trecento euro di materiale, il comune monta entro l’estate.\n\n"
             "Finora: una collina, un’ombra, un palco.",
             kind=ORGANISATION, offers=("Il metodo, in dodici schede",), needs=("Legno di castagno",),
             sectors=("school", "community"), day=-190),
        Tale("Ugo Marliani", "Marliana", "Riparo sentieri con le pietre che trovo, e li racconto a passo d’asino.",
             "Ho due asini e molto tempo. Dove passa l’asino passa anche chi ha il ginocchio malandato.\n\n"
             "Diciannove chilometri riaperti.",
             offers=("Passeggiate lente per gruppi",), needs=("Qualcuno che tenga la mappa aggiornata",),
             sectors=("tourism", "heritage", "mobility"), day=-160),
        Tale("Vetro Ancora", "Chiesina Uzzanese", "Laviamo e rimettiamo in giro le bottiglie dei produttori della valle.",
             "Una bottiglia buona si butta dopo un giorno. Le nostre hanno già fatto sei giri.\n\n"
             "Venti produttori, un’etichetta che si stacca con l’acqua.",
             kind=FIRM, offers=("Ritiro bottiglie il martedì",), needs=("Altri dieci produttori per ammortizzare la lavatrice",),
             sectors=("environment", "trade"), day=-120),
        Tale("Zoe Benedetti", "Massa e Cozzile", "Insegno robotica con i giocattoli rotti.",
             "La prima lezione è smontare. La seconda è capire. Alla terza qualcosa cammina.\n\n"
             "Metà della classe sono ragazze, e non è un caso.",
             offers=("Laboratori il sabato mattina",), needs=("Giocattoli rotti, a sacchi",),
             sectors=("digital", "school"), interests="Materiali di recupero", day=-80),
        Tale("Custodi della Forra", "San Marcello Piteglio", "Un bosco di comunità: legna, miele e un sentiero sonoro.",
             "Quaranta proprietari, nessuno con più di due ettari. Da soli non si tagliava più.\n\n"
             "Ora c’è un piano, una cassa comune e api tranquille.",
             kind=GROUP, offers=("Legna da ardere a chi è in difficoltà",), needs=("Una guida forestale, due giorni al mese",),
             sectors=("environment", "community"), day=-45),
        Tale("Leda Franchi", "Pistoia", "Traduco i moduli del comune in parole semplici, con chi li deve riempire.",
             "Facevo la fila con mia madre e non capivo. Ho chiesto allo sportello: vi va di rifarli insieme?\n\n"
             "Undici moduli, riscritti con quaranta persone. Gli errori sono scesi di un terzo.",
             offers=("Una revisione gratuita del vostro modulo peggiore",), needs=("Enti coraggiosi",),
             sectors=("care", "community"), day=-21),
        Tale("Accordi Fragili", "Quarrata", "Un coro di chi balbetta, di chi è stonato e di chi ha voglia.",
             "Cantando non si balbetta. L’abbiamo scoperto in garage, in tre. Ora siamo ventisei.",
             kind=GROUP, offers=("Concerti corti, anche nei corridoi",), needs=("Una sala con il pianoforte, il lunedì",),
             sectors=("culture", "health"), day=-9),
        Tale("Rocco Nesti", "Pescia", "Coltivo fiori da mangiare nelle serre dei garofani.",
             "Le serre di mio padre erano vuote. I cuochi mi chiedono nasturzi e begonie, io ci metto anche le ricette.",
             offers=("Cassette di fiori per una prova in cucina",), needs=("Un laboratorio per essiccare",),
             sectors=("farming", "trade"), day=-3, stands="curation"),
        Tale("Casa delle Biciclette", "Agliana", "Prestiamo biciclette da carico alle botteghe.",
             "Sei biciclette, otto botteghe. Il centro si attraversa in cinque minuti e il furgone resta in garage.",
             kind=GROUP, offers=("Una settimana di prova",), needs=("Un tetto",), sectors=("mobility", "trade"), day=-2,
             stands="curation", by="Mara", why="Consegnano il pane a mia zia. Sono in quattro e non si fermano mai."),
        Tale("Officina del rammendo", "Agliana", "Riparano vestiti sotto i portici.", day=-2, stands="to_reach",
             kind=GROUP, by="Dino", why="Ci porto le giacche da lavoro. Dovrebbero conoscerli tutti.",
             reach="Sono sotto i portici il primo sabato del mese"),
        Tale("Omar e la sua falegnameria", "Montale", "Costruisce mobili per case piccolissime.", day=-1,
             stands="invited", kind=FIRM, by="Iris", why="Mi ha fatto un letto che diventa tavolo."),
    ),
)  # fmt: skip
