"""An official answers on a phone without script and goes on the next day; a curator asks, publishes; all see it."""

import re

import pytest

from tests.browser import assert_sound, needs_browser

pytestmark = [pytest.mark.journey, needs_browser]

CENSUS = "/censimenti/percorsi-di-questanno-raccontaci-il-tuo/"
TEAM = f"/gestione{CENSUS}"
OFFICIAL = "ufficio.piazzanova@example.org"
LINK = r"https?://\S+(/censimenti/\S+/)"


def sent_to(mail_to, subject, email=OFFICIAL):
    """The link in the newest letter, as an address of the site."""
    return re.search(LINK, mail_to(email, subject))[1]


def go_on(page):
    page.get_by_role("button", name="Salva e continua").click()
    page.wait_for_load_state()


def answer_today(page):
    """The first two pages, on a phone without script."""
    page.get_by_label("Chi propone il processo?").fill("Comune di Piazzanova (inventato)")
    page.get_by_role("radio", name="Ente pubblico").check()
    go_on(page)
    assert_sound(page)
    page.get_by_label("Come si chiama il processo?").fill("Il mercato coperto rinasce")
    page.get_by_role("radio", name="In corso").check()
    page.get_by_role("radio", name="Territorio").check()
    page.get_by_label("Quali obiettivi ha?").fill("Decidere insieme che cosa fare dell'ex mercato.")
    page.get_by_role("button", name="Salva e riprendi dopo").click()
    page.wait_for_url("**/piu-tardi/")
    assert_sound(page)


def answer_tomorrow(page):
    """From the third page to the end, one mistake included."""
    page.wait_for_url("**?pagina=when")
    page.get_by_label("Quale territorio riguarda?").fill("Bompurto")
    go_on(page)
    page.get_by_text("Bomporto").first.wait_for()
    assert_sound(page)
    page.get_by_label("Quale territorio riguarda?").fill("Bomporto")
    page.get_by_role("radio", name="Sì").check()
    go_on(page)
    page.get_by_label("Quanti giorni in tutto?").fill("30")
    page.get_by_role("radio", name="Proroga", exact=True).check()
    assert_sound(page)
    go_on(page)
    go_on(page)
    page.get_by_role("radio", name="Era già in corso").check()
    page.get_by_role("group", name="qualcosa è cambiato").get_by_role("radio", name="No", exact=True).check()
    go_on(page)
    assert_sound(page)
    go_on(page)
    page.wait_for_url("**/riepilogo/")
    assert_sound(page)
    page.get_by_role("button", name="Invia le risposte").click()
    page.get_by_role("heading", name="Grazie: abbiamo le tue risposte").wait_for()
    assert_sound(page)


def invite(team):
    team.goto(f"{TEAM}inviti/aggiungi/")
    team.get_by_role("radio", name="È un’altra esperienza").check()
    team.get_by_label("Chi vuoi invitare?").fill(
        f"{OFFICIAL}; Comune di Piazzanova (inventato)\nsenza-chiocciola"
    )
    team.get_by_role("button", name="Controlla l’elenco").click()
    team.get_by_text("1 riga resta fuori").wait_for()
    assert_sound(team)
    team.get_by_role("button", name="Aggiungi 1 invito").click()
    team.get_by_role("button", name="Manda le lettere").click()
    team.wait_for_load_state()
    assert_sound(team)


def test_an_invited_official_answers_and_a_curator_publishes(visit, mail_to):
    team = visit(by="bruno@example.org")
    invite(team)

    phone = visit(width=390, height=844, script=False)
    phone.goto(sent_to(mail_to, "Raccontaci il tuo processo"))
    assert_sound(phone)
    phone.get_by_role("button", name="Comincia").click()
    phone.wait_for_url("**?pagina=who")
    answer_today(phone)

    next_day = visit(width=390, height=844, script=False)
    next_day.goto(sent_to(mail_to, "Raccontaci il tuo processo"))
    answer_tomorrow(next_day)

    team.goto(f"{TEAM}risposte/")
    assert_sound(team)
    team.get_by_role("link", name="Il mercato coperto rinasce").click()
    team.get_by_text("La scheda come sarebbe").wait_for()
    assert_sound(team)
    team.get_by_role("link", name="Chiedi una modifica").click()
    assert_sound(team)
    team.get_by_label("Che cosa dovrebbe cambiare?").fill("A chi può scrivere chi vuole saperne di più?")
    team.get_by_role("button", name="Manda la mail").click()
    team.wait_for_url("**/risposte/")

    next_day.goto(sent_to(mail_to, "Una domanda sulle tue risposte"))
    next_day.wait_for_load_state()
    next_day.goto(re.sub(r"\?.*|riepilogo/$", "", next_day.url) + "?pagina=people")
    next_day.get_by_text("A chi può scrivere chi vuole saperne di più?").first.wait_for()
    next_day.get_by_role("textbox", name="A chi può scrivere").fill("partecipa@example.org")
    go_on(next_day)
    next_day.wait_for_url("**/riepilogo/")
    next_day.get_by_role("button", name="Invia le risposte").click()
    next_day.get_by_role("heading", name="Grazie: abbiamo le tue risposte").wait_for()

    team.goto(f"{TEAM}risposte/?stato=submitted")
    team.get_by_role("link", name="Il mercato coperto rinasce").click()
    team.get_by_role("button", name="Pubblica la scheda").click()
    team.wait_for_url("**/risposte/")

    record = re.search(
        r"https?://[^/\s]+(/osservatorio/\S+/)", mail_to(OFFICIAL, "La tua scheda è pubblica")
    )[1]
    anyone = visit(width=390, height=844, script=False)
    anyone.goto(record)
    anyone.get_by_role("heading", name="Il mercato coperto rinasce").first.wait_for()
    anyone.get_by_text("partecipa@example.org").first.wait_for()
    anyone.goto("/osservatorio/?testo=mercato+coperto")
    anyone.get_by_role("link", name="Il mercato coperto rinasce").first.wait_for()


def test_anyone_suggests_and_a_curator_decides(visit, mail_to):
    anyone = visit(width=390, height=844, script=False)
    anyone.goto("/osservatorio/schede/botteghe-vicine/completa/")
    assert_sound(anyone)
    anyone.get_by_role("button", name="Manda il suggerimento").click()
    anyone.get_by_text("Scrivi il tuo indirizzo e-mail").or_(anyone.get_by_text("e-mail")).first.wait_for()
    assert_sound(anyone)
    anyone.get_by_label("Chi ha partecipato").fill("Famiglie, scuole, tre associazioni")
    anyone.get_by_label("La tua e-mail").fill("vicina@example.org")
    anyone.get_by_role("button", name="Manda il suggerimento").click()
    anyone.wait_for_load_state()
    letter = mail_to("vicina@example.org", "Conferma il tuo suggerimento")
    anyone.goto(re.search(r"https?://[^/\s]+(/osservatorio/proposte/\S+/)", letter)[1])
    assert_sound(anyone)
    anyone.get_by_role("button", name="Conferma").click()
    anyone.get_by_text("Chi cura la scheda lo legge").wait_for()
    assert_sound(anyone)

    curator = visit(by="carla@example.org")
    curator.goto("/gestione/censimenti/ripartecipiamo/suggerimenti/")
    assert_sound(curator)
    curator.get_by_role("link", name="Botteghe vicine").first.click()
    assert_sound(curator)
    curator.get_by_text("Famiglie, scuole, tre associazioni").first.wait_for()
    curator.get_by_role("button", name="Decidi e scrivi").click()
    curator.wait_for_url("**/suggerimenti/")
    assert "chi ha partecipato" in mail_to("vicina@example.org", "Com’è andato il tuo suggerimento")


def test_anyone_begins_with_an_address_alone(visit, mail_to):
    page = visit(width=390, height=844)
    page.goto(CENSUS)
    assert_sound(page)
    page.get_by_role("link", name="Rispondi").first.click()
    page.get_by_role("button", name="Comincia").click()
    page.get_by_role("alert").wait_for()
    assert_sound(page)
    page.get_by_role("radio", name="È stato finanziato").check()
    page.get_by_label("La tua e-mail").fill("nuova@example.org")
    page.get_by_role("button", name="Comincia").click()
    page.wait_for_url("**?pagina=who")
    assert_sound(page)
    link = sent_to(mail_to, "Il tuo link per continuare", "nuova@example.org")
    other = visit()
    other.goto(link)
    other.wait_for_url("**?pagina=who")
    assert_sound(other)
