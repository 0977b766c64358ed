"""The pages of a census, as people and machines use them."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from cantiere.activities.observatory.actions import entries, invitations
from cantiere.activities.observatory.actions.records import take_back_record
from cantiere.activities.observatory.models import Census, CensusEntry, CensusInvitation, Record, Suggestion
from cantiere.foundation.core.models import Mail
from cantiere.programmes.models import Activity
from tests.factories import census as make
from tests.factories import programmes
from tests.factories.accounts import curator, form_key, person, signed_in

pytestmark = pytest.mark.django_db
NO_KEY = "x" * 43


def link(entry, step=""):
    return f"/censimenti/risposta/{entry.key}/{step}"


def editor(own):
    return signed_in(programmes.member(own.activity.programme, "editor").person)


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def close(own, hours):
    closes = timezone.now() - timedelta(hours=hours)
    Activity.objects.filter(pk=own.pk).update(opens=closes - timedelta(days=9), closes=closes)


# For everyone ----------------------------------------------------------------------------------


def test_the_page_says_until_when_and_for_whom():
    own = make.census()
    page = text(Client().get(own.activity.get_absolute_url()))
    for words in (
        "Puoi rispondere fino a",
        "Progetti finanziati dal bando",
        "Bando 2019",
        "Altre esperienze",
    ):
        assert words in page
    assert f'href="/censimenti/{own.activity.slug}/rispondi/"' in page


def test_before_the_opening_and_after_the_closing_nobody_can_begin():
    soon, over = make.census(), make.census()
    later = timezone.now() + timedelta(days=2)
    Activity.objects.filter(pk=soon.pk).update(opens=later, closes=later + timedelta(days=9))
    close(over, 3)
    make.record(over)
    assert "Puoi rispondere da" in text(Client().get(soon.activity.get_absolute_url()))
    closed = text(Client().get(over.activity.get_absolute_url()))
    assert "Chiuso" in closed
    assert f"/osservatorio/?censimento={over.activity.slug}" in closed
    for own in (soon, over):
        start = f"/censimenti/{own.activity.slug}/rispondi/"
        assert Client().get(start).url == own.activity.get_absolute_url()
        sent = {"sheet": "other", "email": "chi@example.org"} | form_key()
        assert Client().post(start, sent).status_code == 302
    assert CensusEntry.objects.count() == 0


def test_by_invitation_only():
    own = make.census(is_public=False)
    assert "Chi è stato invitato" in text(Client().get(own.activity.get_absolute_url()))
    assert Client().get(f"/censimenti/{own.activity.slug}/rispondi/").status_code == 302


def start(own, client=None, **words):
    sent = {"sheet": "other", "email": "chi@example.org", "name": ""} | form_key() | words
    return (client or Client()).post(f"/censimenti/{own.activity.slug}/rispondi/", sent)


def test_beginning_needs_an_address_and_a_questionnaire():
    own = make.census()
    page = start(own, email="chi", sheet="")
    assert page.status_code == 200
    assert "nome@example.org" in text(page)
    assert 'value="chi"' in text(page)


def test_beginning_leads_to_the_first_page_and_a_second_sending_is_the_same():
    own, key = make.census(), form_key()
    first, again = start(own, **key), start(own, **key)
    entry = CensusEntry.objects.get()
    assert first.url == again.url == link(entry)
    assert Client().get(first.url).url == f"{link(entry)}?pagina=who"


def test_the_address_of_another_opens_nothing():
    own, client = make.census(), Client()
    make.begun(own, email="chi@example.org")
    answer = start(own, client)
    assert answer.url == own.activity.get_absolute_url()
    assert "Hai già cominciato" in text(client.get(answer.url))


def test_machines_are_let_believe():
    own = make.census()
    assert start(own, homepage="https://spam.example").status_code == 302
    assert (CensusEntry.objects.count(), Mail.objects.count()) == (0, 0)


def test_too_many_beginnings_are_slowed_down():
    own = make.census()
    client = Client()
    codes = [start(own, client, email=f"chi{n}@example.org").status_code for n in range(62)]
    assert codes[0] == 302
    assert codes[-1] == 429


def test_the_page_of_a_census_costs_the_same_with_one_answer_and_three(django_assert_max_num_queries):
    one, three = make.census(), make.census()
    for own, times in ((one, 1), (three, 3)):
        for _each in range(times):
            make.sent(own)
    counts = []
    for own in (one, three):
        Client().get(own.activity.get_absolute_url())
        with django_assert_max_num_queries(20) as seen:
            Client().get(own.activity.get_absolute_url())
        counts.append(len(seen.captured_queries))
    assert counts[0] == counts[1]


# Under a personal link -------------------------------------------------------------------------


def save(entry, page="who", **words):
    sent = {"proponent": "Comune di Prova", "proponent_kind": "public_body"} | words | form_key()
    shown = Client().get(f"{link(entry)}?pagina={page}").content.decode()
    names = dict(re.findall(r'name="((?:\w+-)?revision)" value="(\d+)"', shown))
    prefix = "q-" if 'name="q-' in shown else ""
    posted = {
        f"{prefix}{name}" if name in sent and name != "once" else name: value for name, value in sent.items()
    }
    return Client().post(f"{link(entry)}?pagina={page}", names | posted)


def test_pages_are_saved_one_by_one_and_resumed_anywhere():
    entry = make.begun()
    answer = save(entry)
    assert answer.status_code == 302
    assert make.now(entry).response.answers["proponent"] == "Comune di Prova"
    assert Client().get(link(entry)).url.endswith("?pagina=process")


def test_forged_and_foreign_keys_open_nothing():
    entry = make.begun()
    for address in (
        f"/censimenti/risposta/{NO_KEY}/",
        f"/censimenti/risposta/{entry.digest[:43]}/",
        f"/censimenti/risposta/{entry.seed}/",
        f"/censimenti/risposta/{entry.pk}/",
        f"/censimenti/invito/{entry.key}/",
        f"/osservatorio/proposte/{entry.key}/",
    ):
        assert Client().get(address).status_code == 404, address
        assert Client().post(address, form_key()).status_code == 404, address


def test_an_unknown_page_is_not_found():
    entry = make.begun()
    assert Client().get(f"{link(entry)}?pagina=altro").status_code == 404


def test_a_census_that_is_no_longer_public_answers_like_nothing():
    entry = make.begun()
    Activity.objects.filter(pk=entry.census_id).update(published_at=None)
    assert Client().get(link(entry)).status_code == 404


def test_writing_after_the_last_moment_is_refused_and_said():
    entry = make.filled(make.begun())
    close(Census.objects.get(pk=entry.census_id), 49)
    answer = save(entry, proponent="Altro")
    assert answer.status_code == 409
    assert "il tempo per finire è passato" in text(answer)
    assert make.now(entry).response.answers["proponent"] == "Unione Comuni del Sorbara"
    assert Client().post(link(entry, "riepilogo/"), form_key()).status_code == 409


def test_shortly_after_the_closing_it_is_said_until_when():
    entry = make.filled(make.begun())
    close(Census.objects.get(pk=entry.census_id), 2)
    assert "puoi finire e inviare fino a" in text(Client().get(link(entry, "riepilogo/")))


def test_a_text_far_too_long_is_refused_beside_its_field():
    entry = make.begun()
    answer = save(entry, proponent="x" * 100_000)
    assert answer.status_code == 200
    assert "200" in text(answer)
    assert make.now(entry).response.answers.get("proponent") is None


def test_sending_twice_is_once():
    entry, key = make.filled(make.begun(email="chi@example.org")), form_key()
    for _each in range(2):
        assert Client().post(link(entry, "riepilogo/"), key).url == link(entry)
    page = text(Client().get(link(entry)))
    assert "Grazie: abbiamo le tue risposte" in page
    assert Record.objects.count() == 1
    assert Mail.objects.filter(to="chi@example.org").count() == 2


def test_the_change_that_was_asked_for_stands_above_the_answers():
    entry = make.sent()
    entries.ask_for_changes(by=person(), entry=entry, message="Quante <b>persone</b>?")
    page = text(Client().get(link(entry, "riepilogo/")))
    assert "Quante &lt;b&gt;persone&lt;/b&gt;?" in page


def test_who_signs_in_with_the_same_address_finds_the_answers():
    entry = make.begun(email="chi@example.org")
    address = entry.census.get_absolute_url()
    assert link(entry) in text(signed_in(person(email="chi@example.org")).get(address))
    assert link(entry) not in text(signed_in(person()).get(address))


def test_a_record_that_was_hidden_again_is_not_said_to_be_public():
    entry, who = make.sent(), curator()
    entries.publish_entry(by=who, entry=entry)
    assert "La tua scheda è pubblica" in text(Client().get(link(entry)))
    take_back_record(by=who, record=make.now(entry).record)
    page = text(Client().get(link(entry)))
    assert "La tua scheda è pubblica" not in page
    assert "in questo momento non si vede" in page
    assert make.now(entry).record.get_absolute_url() not in page
    assert "Non pubblicata" in text(signed_in(who).get(f"/gestione/censimenti/risposte/{entry.pk}/"))


def test_what_a_curator_enters_by_hand_is_not_for_others():
    own = make.census()
    who = curator()
    entry = entries.enter_by_hand(by=who, census=own.activity, sheet="other")
    page = f"{link(entry)}?pagina=who"
    assert [each.get(page).status_code for each in (Client(), signed_in(person()), signed_in(who))] == [
        404, 404, 200,
    ]  # fmt: skip


def test_who_is_asked_about_what_was_entered_for_them_can_open_it():
    own, who = make.census(), curator()
    entry = entries.enter_by_hand(by=who, census=own.activity, sheet="other", email="carta@example.org")
    entries.submit_entry(entry=make.filled(make.now(entry)), by=who)
    entries.ask_for_changes(by=who, entry=make.now(entry), message="Quante persone?")
    page = text(Client().get(f"{link(make.now(entry))}?pagina=who"))
    assert "Quante persone?" in page


def test_every_state_of_an_answer_has_a_way_on_for_its_curator():
    late, asked = make.begun(), make.sent()
    close(late.census, 60)
    entries.ask_for_changes(by=person(), entry=asked, message="?")
    window = signed_in(curator())
    address = f"/gestione/censimenti/risposte/{late.pk}/"
    assert "Completa per conto" in text(window.get(address))
    begun = window.post(f"{address}completa/", form_key()).url
    assert "Compili per conto di qualcuno" in text(window.get(f"{begun}?pagina=who"))
    assert "Compili per conto di qualcuno" not in text(Client().get(f"{begun}?pagina=who"))
    assert "Continua" in text(window.get(address))
    address = f"/gestione/censimenti/risposte/{asked.pk}/"
    page = text(window.get(address))
    assert f"{address}non-pubblicare/" in page
    window.post(f"{address}riprendi/", form_key())
    assert make.now(asked).state == "submitted"


# By invitation ---------------------------------------------------------------------------------


def test_an_invitation_leads_straight_in():
    own = make.census(is_public=False)
    row = make.invited(own)
    address = f"/censimenti/invito/{row.key}/"
    assert Client().get(address).status_code == 200
    assert make.reread(row).opened_at
    entered = Client().post(address, form_key()).url
    entry = CensusEntry.objects.get()
    assert entered == link(entry) == Client().get(address).url


def test_refusing_asks_first():
    row = make.invited(make.census())
    address = f"/censimenti/invito/{row.key}/non-ci-riguarda/"
    assert Client().get(address).status_code == 200
    assert make.reread(row).refused_at is None
    Client().post(address, form_key())
    assert make.reread(row).refused_at


def test_a_closed_census_takes_no_answer_by_an_old_invitation():
    own = make.census()
    row = make.invited(own)
    close(own, 1)
    address = f"/censimenti/invito/{row.key}/"
    assert "non accetta nuove risposte" in text(Client().get(address))
    assert Client().post(address, form_key()).status_code == 200
    assert CensusEntry.objects.count() == 0


LIST = "e-mail; ente; processo\na@example.org; Comune di A; A partecipa\nb@example\na@example.org; Comune di A; A partecipa\nC@Example.ORG\n"


def add(client, own, **words):
    return client.post(
        f"/gestione/censimenti/{own.activity.slug}/inviti/aggiungi/",
        {"sheet": "other", "lines": LIST} | form_key() | words,
    )


def test_a_list_is_shown_with_what_is_wrong_before_anything_is_kept():
    own = make.census()
    client = editor(own)
    page = text(add(client, own))
    assert CensusInvitation.objects.count() == 0
    for words in (
        "2 righe sono pronte",
        "2 righe restano fuori",
        "Riga 2",
        "Già fra gli inviti",
        "Aggiungi 2 inviti",
    ):
        assert words in page
    add(client, own, confirm="1")
    assert set(CensusInvitation.objects.values_list("email", "organisation")) == {
        ("a@example.org", "Comune di A"), ("c@example.org", ""),
    }  # fmt: skip
    assert Mail.objects.count() == 0


@pytest.mark.parametrize(
    "content", [LIST.encode(), LIST.replace(";", ",").encode("cp1252"), b"d@example.org;Ente;Processo\n"]
)
def test_a_file_fills_the_list(content):
    own = make.census()
    file = SimpleUploadedFile("inviti.csv", content, "text/csv")
    page = text(add(editor(own), own, lines="z@example.org", file=file))
    assert CensusInvitation.objects.count() == 0
    assert "pronte" in page
    assert ("d@example.org" in page) == (b"d@example.org" in content)


@pytest.mark.parametrize("lines", ["", "solo parole", "x" * 100_000, "\n".join(["a@b.it"] * 2001), "\0"])
def test_hostile_lists_are_refused(lines):
    own = make.census()
    answer = add(editor(own), own, lines=lines, confirm="1")
    assert answer.status_code in {200, 400}
    assert CensusInvitation.objects.count() == 0


def test_the_list_of_invitations_costs_the_same_with_one_and_three(django_assert_max_num_queries):
    own = make.census()
    client, counts = editor(own), []
    address = f"/gestione/censimenti/{own.activity.slug}/inviti/"
    for _each in (1, 2):
        make.invited(own)
        invitations.begin_invited(invitation=make.invited(own))
        client.get(address)
        with django_assert_max_num_queries(30) as seen:
            assert client.get(address).status_code == 200
        counts.append(len(seen.captured_queries))
    assert counts[0] == counts[1]


def test_letters_and_reminders_are_a_button():
    own = make.census()
    client, row = editor(own), make.invited(own, letter=False)
    base = f"/gestione/censimenti/{own.activity.slug}/inviti/"
    assert "1 lettera non è ancora partita" in text(client.get(base))
    client.post(f"{base}manda/", form_key())
    client.post(f"/gestione/censimenti/inviti/{row.pk}/sollecita/", form_key())
    assert Mail.objects.filter(to=row.email).count() == 1
    client.post(f"/gestione/censimenti/inviti/{row.pk}/togli/", form_key())
    assert CensusInvitation.objects.count() == 0


# For the team ----------------------------------------------------------------------------------


def test_a_census_is_prepared_on_one_page():
    programme = programmes.programme()
    activity = programmes.activity(programme, kind="census", public=False)
    own = make.fresh(activity.pk)
    client = editor(own)
    address = f"/gestione/censimenti/{activity.slug}/"
    page = text(client.get(address))
    assert "Scrivi l’introduzione" in page
    sent = {
        "title": "Un censimento", "summary": "Per tutti", "phase": activity.phase_id, "closes": "2030-06-12T18:00",
        "introduction": "Perché", "is_public": "on", "asks_others": "on", "remind_every_days": "7",
        "most_reminders": "2",
    }  # fmt: skip
    assert client.post(address, sent | form_key()).status_code == 302
    own = make.fresh(activity.pk)
    assert own.activity.kind.problems(own.activity) == []
    assert own.activity.ends_on.isoformat() == "2030-06-12"
    assert own.activity.opens <= timezone.now()
    assert not own.asks_funded
    wrong = client.post(address, sent | form_key() | {"asks_others": "", "remind_every_days": "0"})
    assert "Scegli almeno uno" in text(wrong)


def test_the_queue_shows_what_waits_first_and_costs_the_same(django_assert_max_num_queries):
    own = make.census()
    client, counts = editor(own), []
    address = f"/gestione/censimenti/{own.activity.slug}/risposte/"
    make.begun(own)
    for times in (1, 2):
        for _each in range(times):
            make.sent(own)
        client.get(address)
        with django_assert_max_num_queries(32) as seen:
            page = client.get(address)
        counts.append(len(seen.captured_queries))
    assert counts[0] == counts[1]
    assert text(page).index("Patto di sviluppo") < text(page).index("Risposta ancora senza titolo")
    assert "Da guardare (3)" in text(page)
    assert "Patto di sviluppo" not in text(client.get(f"{address}?stato=published")).partition("<main")[2]


def test_a_curator_of_the_site_works_without_a_role_in_the_programme():
    entry = make.sent()
    client = signed_in(curator())
    page = client.get(f"/gestione/censimenti/risposte/{entry.pk}/")
    assert page.status_code == 200
    record = text(page).partition("La scheda come sarebbe")[2]
    assert "venerdì 21 febbraio 2020" in record
    client.post(f"/gestione/censimenti/risposte/{entry.pk}/pubblica/", form_key())
    assert make.now(entry).record.is_public


def test_asking_declining_and_taking_up_again_from_the_page():
    entry = make.sent()
    client = signed_in(curator())
    base = f"/gestione/censimenti/risposte/{entry.pk}/"
    assert "obbligatorio" in text(client.post(f"{base}modifiche/", {"message": ""} | form_key()))
    client.post(f"{base}modifiche/", {"message": "Quante persone?"} | form_key())
    assert make.now(entry).state == "changes_asked"
    assert "Quante persone?" in text(client.get(base))
    client.post(f"{base}riprendi/", form_key())
    client.post(f"{base}non-pubblicare/", {"reason": "Doppione"} | form_key())
    assert make.now(entry).state == "declined"
    assert "Doppione" in text(Client().get(link(entry)))
    client.post(f"{base}pubblica/", form_key())
    assert make.now(entry).record is None


def test_entering_by_hand_after_the_closing():
    own = make.census()
    close(own, 500)
    client = signed_in(curator())
    answer = client.post(
        f"/gestione/censimenti/{own.activity.slug}/risposte/aggiungi/",
        {"sheet": "funded", "name": "Ada", "email": ""} | form_key(),
    )
    assert "Compili per conto di qualcuno" in text(client.get(f"{answer.url}?pagina=who"))


# Suggestions -----------------------------------------------------------------------------------


def suggest(record, **words):
    sent = {"email": "chi@example.org", "website": "https://nuovo.example.org/"} | form_key() | words
    return Client().post(f"/osservatorio/schede/{record.slug}/completa/", sent)


def test_a_suggestion_is_confirmed_by_a_click_not_by_a_program_that_follows_links():
    record = make.record(participants_actual=12)
    assert 'value="12"' in text(Client().get(f"/osservatorio/schede/{record.slug}/completa/"))
    suggest(record, participants_actual="12")
    made = Suggestion.objects.get()
    address = f"/osservatorio/proposte/{made.key}/"
    assert made.changes == {"website": "https://nuovo.example.org/"}
    assert Client().get(address).status_code == 200
    assert Suggestion.objects.get().state == "unconfirmed"
    Client().post(address, form_key())
    assert Suggestion.objects.get().state == "waiting"


def test_a_number_too_small_to_be_told_is_told_by_no_suggestion_either():
    record = make.record(participants_actual=3)
    page = text(Client().get(f"/osservatorio/schede/{record.slug}/completa/"))
    assert 'value="3"' not in page
    assert "Erano meno di 5" in page
    # Left as it is shown it changes nothing; a guess, even the right one, is a suggestion like any other.
    suggest(record, participants_actual="")
    assert set(Suggestion.objects.get().changes) == {"website"}
    Suggestion.objects.all().delete()
    for guess in ("3", "4", "9"):
        assert suggest(record, website="", participants_actual=guess).status_code == 302
    assert [each.changes for each in Suggestion.objects.order_by("pk")] == [
        {"participants_actual": 3}, {"participants_actual": 4}, {"participants_actual": 9},
    ]  # fmt: skip
    made = Suggestion.objects.latest("pk")
    told = text(Client().get(f"/osservatorio/proposte/{made.key}/"))
    assert "meno di 5" in told
    assert ">3<" not in told.replace(" ", "")
    Client().post(f"/osservatorio/proposte/{made.key}/", form_key())
    seen = text(signed_in(curator()).get(f"/gestione/censimenti/suggerimenti/{made.pk}/"))
    assert "</span> 3" in seen, "who decides sees the number"


def test_suggesting_nothing_is_an_error_and_nothing_typed_is_lost():
    record = make.record()
    page = suggest(record, website="", relation="Ci lavoro")
    assert page.status_code == 200
    assert 'value="Ci lavoro"' in text(page)
    assert Suggestion.objects.count() == 0


@pytest.mark.parametrize(
    "words",
    [{"website": "javascript:alert(1)"}, {"participants_actual": "-4"}, {"status": "mai"},
     {"participants_actual": "9" * 25}, {"note": "x" * 100_000}, {"email": "x"}],
)  # fmt: skip
def test_hostile_suggestions_are_refused_beside_their_field(words):
    page = suggest(make.record(), **words)
    assert page.status_code == 200
    assert "error-summary" in text(page)
    assert Suggestion.objects.count() == 0


def test_fields_that_are_not_offered_cannot_be_suggested():
    record = make.record()
    suggest(record, title="Preso", is_demonstration="on", homepage="")
    assert set(Suggestion.objects.get().changes) == {"website"}


def test_a_record_that_is_not_public_takes_no_suggestion():
    assert suggest(make.record(public=False)).status_code == 404


def test_a_curator_takes_field_by_field():
    made = make.suggestion()
    client = signed_in(curator())
    listing = f"/gestione/censimenti/{made.record.census.slug}/suggerimenti/"
    assert made.record.title in text(client.get(listing))
    address = f"/gestione/censimenti/suggerimenti/{made.pk}/"
    assert "https://nuovo.example.org/" in text(client.get(address))
    client.post(address, {"take": ["participants_actual"], "answer": ""} | form_key())
    made.record.refresh_from_db()
    assert (made.record.website, made.record.participants_actual) == ("", 40)


def test_the_teams_list_of_things_to_do_names_what_waits(django_assert_max_num_queries):
    programme = programmes.programme()
    own = make.census(programme, "Il censimento")
    client = editor(own)
    address = f"/gestione/programmi/{programme.slug}/"
    assert "aspetta che qualcuno" not in text(client.get(address))
    make.sent(own)
    make.suggestion(make.record(own))
    page = text(client.get(address))
    assert "1 risposta a «Il censimento» aspetta che qualcuno la guardi." in page
    assert "1 suggerimento sulle schede di «Il censimento»" in page
    counts = []
    for _each in range(2):
        make.sent(make.census(programme))
        client.get(address)
        with django_assert_max_num_queries(60) as seen:
            client.get(address)
        counts.append(len(seen.captured_queries))
    assert counts[0] == counts[1]
