"""What people call the columns and the answers: headers and words seen in real sheets.

Of Osservatorio Partecipazione, of the calls of l.r. Emilia-Romagna 15/2018 and of RiPartecipiamo. One line
each: the column, then its names divided by semicolons; a line that begins with spaces goes on.
"""

HEADERS = """
identifier: id; codice; id processo; osservatorio id; n. scheda
title: titolo; denominazione; nome del processo; processo; progetto; titolo del progetto; titolo progetto;
    nome
sheet: scheda; questionario
status: stato; avanzamento
nature: natura processo; natura; certificazione
certification_year: anno certificazione
reference_law: legge di riferimento; norma; legge
call: bando di riferimento; norma e bando di riferimento
call_year: anno bando; anno finanziamento; anno di finanziamento; anno
proponent: proponente; ente proponente; soggetto richiedente; ente; promotore; soggetto promotore; titolare
    del processo
proponent_kind: tipologia proponente; natura del proponente; tipologia soggetto
bodies.decision_holder: titolare della decisione; ente titolare della decisione; ente responsabile
bodies.partner: partners; eventuali partner; partner di progetto
bodies.supporter: soggetti sostenitori; soggetti esterni
bodies.supplier: curatori; facilitatori; società di facilitazione
bodies.beneficiary: soggetto beneficiario dei contributi; soggetto beneficiario; beneficiario
responsible_office: struttura responsabile; ufficio responsabile
territories: comune; comuni; territori; comune/i; ambito territoriale; luogo; località;
    territorio interessato
territory_note: note sul territorio; descrizione del territorio
theme: ambito di intervento; ambito; tema; area tematica; area di intervento
specific_topic: argomento; sottotema; tematica
participation_level: livello
participation_kinds: tipologia di partecipazione
subject: oggetto; descrizione; sintesi
linked_procedure: oggetto del procedimento; procedimento
context: contesto del processo
objectives: obiettivi del processo; finalità; obiettivo
expected_results: risultati
target_groups: target; a chi si rivolge
started_on: data inizio; inizio; avvio; data di avvio; data avvio; dal
ended_on: data fine; fine; conclusione; chiusura; data di chiusura; data conclusione; al
planned_months: durata; durata mesi; durata del processo; mesi
extensions: proroga; proroghe; sospensioni; richiesta e concessione della proroga; giorni di proroga; giorni
    di proroga/sospensione
total_cost: costo totale; costo; importo totale
grant_amount: importo finanziato; contributo; contributo concesso; finanziamento; contributo regionale
cofunding: cofinanziamento; cofinanziamento altri soggetti
cofunding_share: percentuale cofinanziamento; % cofinanziamento
participants_estimated: numero partecipanti stimati; persone partecipanti stimate
participants_actual: partecipanti; numero persone partecipanti; numero partecipanti; n. partecipanti; n
    partecipanti
participants_note: tipologia dei partecipanti; tipologia partecipanti; tipologia e numero dei partecipanti
female_presence: presenza di donne
gender_prevalence: genere prevalente
worklife_reconciliation: conciliazione
online_planned: attività online; attività on line già previste; strumenti online già previsti
origin: processo già in essere o nato a seguito covid-19; origine; nato a seguito covid-19
change_cause: causa; motivo dei cambiamenti
changed: cosa è cambiato; tipo di cambiamento
changes: cambiamenti; eventuali cambiamenti; eventuali cambiamenti progettuali; modifiche progettuali
new_activities: nuove attività; nuove attività e strumenti; nuovi strumenti; nuove attività/strumenti
uses.planned: strumenti; metodi; metodologie e tecniche; strumenti previsti; metodi e strumenti
uses.introduced: strumenti introdotti
website: sito; link; url; indirizzo web; sito internet; pagina web; sito web del processo; sito web del
    processo o altro link informativo
public_contacts: contatti; riferimenti; recapiti
source_note: fonte dei dati; fonte dell'informazione
verified_on: verificato il; ultima verifica; fonte e data di verifica
"""

ANSWERS = """
sheet.funded: bando; progetti bando; progetto bando
sheet.other: altre esperienze; altro
status.planned: progetto; da avviare
status.running: avviato; in svolgimento
status.concluded: chiuso; terminato
proponent_kind.public_body: ente locale; comune; unione di comuni; ente; pubblico
proponent_kind.firm: azienda; società
proponent_kind.association: associazioni
proponent_kind.group: comitato
theme.information_society: società dell'informazione
theme.welfare: politiche sociali; sociale
theme.institutions: assetto istituzionale
participation_level.codesign: coprogettazione; progettazione partecipata
participation_level.consultation: ascolto
gender_prevalence.female: femminile; donne; f
gender_prevalence.male: maschile; uomini; m
gender_prevalence.equal: parità; pari
origin.under_way: già in essere; preesistente; esistente
origin.new: nuovo; nato a seguito covid-19; nato con l'emergenza
"""


def listed(lines: str) -> dict[str, tuple[str, ...]]:
    """The names of each line by what it begins with."""
    joined = lines.strip().replace("\n    ", " ").splitlines()
    pairs = (line.partition(":") for line in joined)
    return {name: tuple(word.strip() for word in words.split(";")) for name, _colon, words in pairs}
