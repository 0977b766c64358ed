"""Pages for everyone, for whoever holds a receipt, for the team."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cantiere.foundation.core.limits import RATE_LIMITS
from cantiere.foundation.core.models import AuditEntry, Hits, Submission
from cantiere.programmes.models import TeamMember
from cantiere.thread.contributions import actions, codes
from cantiere.thread.contributions.models import Contribution, Receipt, Step, Theme
from tests.factories import contributions as make
from tests.factories import programmes
from tests.factories.accounts import form_key, person, signed_in

pytestmark = pytest.mark.django_db
FIND = "/che-ne-e-stato/"
NASTY = "<script>alert('ZX9')</script>{{ 7 }} \"><img src=x onerror=alert(1)>"


def open_with(code, client=None):
    client = client or Client()
    return client, client.post(FIND, {"code": code} | form_key())


def page_of(activity):
    return f"/gestione/attivita/{activity.slug}/contributi/"


@pytest.fixture
def desk():
    """An activity of a public programme and the browser of an editor."""
    activity = make.activity()
    editor = programmes.member(activity.programme, TeamMember.Role.EDITOR).person
    return activity, signed_in(editor)


# The receipt -----------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["{0}", " {0} ", "{1}", "{2}"])
def test_the_code_opens_the_receipt_however_it_is_typed(typed):
    receipt, code = make.receipt()
    row = make.contribution("Più panchine al sole", receipt=receipt)
    lowered = code.lower().replace("0", "o").replace("1", "l")
    client, answer = open_with(typed.format(code, codes.spoken(code), lowered))
    assert answer.status_code == 302
    assert code not in answer.url
    page = client.get(answer.url).content.decode()
    assert "Più panchine al sole" in page
    assert codes.spoken(code) in page
    assert f"/che-ne-e-stato/{row.pk}/correggi/" in page


def test_a_wrong_code_and_an_unknown_one_are_answered_alike():
    make.receipt()
    answers = []
    for typed in (codes.new_code(), "UUUUUUUUUU", "123", "<b>", "K7M 2XQ 9D4T 00"):
        _client, answer = open_with(typed)
        assert answer.status_code == 200
        assert "ricevuta" not in answer.cookies
        text = answer.content.decode()
        answers.append(re.search(r"Nessuna ricevuta ha questo codice[^<]*", text)[0])
        assert "<b>" not in text.split("<main")[1]
    assert len(set(answers)) == 1


def test_what_was_typed_stays_to_be_mended():
    _client, answer = open_with("K7M 2XQ 9D4")
    assert 'value="K7M 2XQ 9D4"' in answer.content.decode()


def test_codes_cannot_be_tried_out(monkeypatch):
    monkeypatch.setitem(RATE_LIMITS, "receipt", type(RATE_LIMITS["receipt"])("address", 3, 3600))
    assert [open_with(codes.new_code())[1].status_code for _try in range(5)] == [200, 200, 200, 429, 429]
    assert Hits.objects.exists()


def test_opening_a_receipt_leaves_no_trace():
    receipt, code = make.receipt()
    make.contribution(receipt=receipt)
    client, answer = open_with(code)
    before = AuditEntry.objects.count()
    client.get(answer.url)
    assert Submission.objects.count() == 0
    assert AuditEntry.objects.count() == before
    assert "sessionid" not in client.cookies
    assert "session" not in client.cookies
    cookie = client.cookies["ricevuta"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", FIND)
    assert "no-store" in client.get(answer.url)["Cache-Control"]


def test_without_a_code_there_is_no_receipt():
    client = Client()
    assert client.get(f"{FIND}ricevuta/").url == FIND
    client.cookies["ricevuta"] = codes.new_code()
    assert client.get(f"{FIND}ricevuta/").url == FIND
    assert client.get(f"{FIND}ricevuta/codice.svg").status_code == 204


def test_closing_takes_the_code_out_of_the_browser():
    _receipt, code = make.receipt()
    client, answer = open_with(code)
    client.post(f"{FIND}chiudi/", form_key())
    assert client.cookies["ricevuta"].value == ""
    assert client.get(answer.url).url == FIND


def test_the_square_code_keeps_the_code_from_servers(settings):
    from cantiere.thread.contributions.views.own import slip_address

    code = codes.new_code()
    assert slip_address(code) == f"{settings.URL}{FIND}#{code}"
    receipt = actions.open_receipt(code=code)
    assert Receipt.objects.get() == receipt
    client, _answer = open_with(code)
    assert client.get(f"{FIND}ricevuta/codice.svg")["Content-Type"] == "image/svg+xml"


def test_whoever_holds_the_receipt_corrects_and_withdraws():
    receipt, code = make.receipt()
    row = make.contribution("Piú luce", receipt=receipt)
    client, _answer = open_with(code)
    client.post(f"{FIND}{row.pk}/correggi/", {"text": "Più luce in via Po"} | form_key())
    row.refresh_from_db()
    assert row.text == "Più luce in via Po"
    assert "Testo corretto da chi l’ha detto" in client.get(f"{FIND}ricevuta/").content.decode()
    client.post(f"{FIND}{row.pk}/ritira/", form_key())
    row.refresh_from_db()
    assert row.is_withdrawn
    public = Client().get(row.get_absolute_url()).content.decode()
    assert "Ritirato da chi l’ha scritto" in public
    assert "luce" not in public


def test_others_cannot_touch_it_and_do_not_learn_that_it_is_there():
    receipt, _code = make.receipt()
    other, other_code = make.receipt()
    make.contribution(receipt=other)
    rows = [make.contribution(receipt=receipt), make.contribution(person=person()), make.contribution()]
    client, _answer = open_with(other_code)
    for asker in (client, Client(), signed_in(person())):
        for row in rows:
            for page in ("correggi", "ritira"):
                for answer in (
                    asker.get(f"{FIND}{row.pk}/{page}/"),
                    asker.post(f"{FIND}{row.pk}/{page}/", {"text": "falso"} | form_key()),
                ):
                    assert answer.status_code == 404
    assert not Contribution.objects.filter(text="falso").exists()


def test_nothing_typed_is_lost_and_the_mistake_is_told():
    receipt, code = make.receipt()
    row = make.contribution(receipt=receipt)
    client, _answer = open_with(code)
    actions.step(contributions=[row], kind=Step.Kind.ACCEPTED, words="Sì.")
    answer = client.post(f"{FIND}{row.pk}/correggi/", {"text": NASTY} | form_key())
    text = answer.content.decode()
    assert "c’è già una risposta" in text
    assert "ZX9" in text
    assert "<script>alert(" not in text


def test_the_line_runs_from_what_was_said_to_what_came_of_it():
    receipt, code = make.receipt()
    day = timezone.localdate() - timedelta(days=30)
    row = make.contribution("Una mensa comune", receipt=receipt, day=day, origin="Tavolo 2")
    theme = make.theme(row.activity.programme, "Servizi insieme")
    actions.code(by=person(), contributions=[row, make.contribution(of=row.activity)], theme=theme)
    actions.step(contributions=[row], kind=Step.Kind.PROPOSED, words="Nella proposta 2.", link="/altrove/")
    client, _answer = open_with(code)
    page = client.get(f"{FIND}ricevuta/").content.decode()
    labels = re.findall(r'class="thread-label"[^>]*>([^<]+)<', page)
    assert labels == [
        "L’hai detto", "Raggruppato per tema", "Entrato in una proposta", "La risposta, con le ragioni",
        "Qualcuno si impegna", "Il risultato",
    ]  # fmt: skip
    assert "Servizi insieme, con un altro contributo" in page
    actions.step(contributions=[row], kind=Step.Kind.REFUSED, words="Costa troppo: 40.000 euro l’anno.")
    page = client.get(f"{FIND}ricevuta/").content.decode()
    assert re.findall(r'class="thread-label"[^>]*>([^<]+)<', page)[-1] == "Non accolto"
    assert "Costa troppo" in page
    assert "correggi" not in page


def test_what_is_held_back_says_why_to_who_said_it_only():
    receipt, code = make.receipt()
    row = make.contribution("Il sindaco Tizio", receipt=receipt)
    actions.hold_back(by=person(), contributions=[row], reason="C’è il nome di una persona.")
    client, _answer = open_with(code)
    assert "C’è il nome di una persona." in client.get(f"{FIND}ricevuta/").content.decode()
    assert client.get(row.get_absolute_url()).status_code == 404


def test_under_my_name(django_assert_num_queries):
    who = person()
    for _time in range(2):
        make.contribution("Lo dico io", person=who)
    make.contribution("Lo dice un’altra", person=person())
    client = signed_in(who)
    assert Client().get(f"{FIND}miei/").url.startswith("/entra/")
    page = client.get(f"{FIND}miei/").content.decode()
    assert page.count("Lo dico io</h2>") == 2
    assert "un’altra" not in page


# Everyone --------------------------------------------------------------------------------------


def listing(programme, **asked):
    return Client().get(f"/programmi/{programme.slug}/contributi/?{urlencode(asked)}").content.decode()


def test_only_what_is_public_is_read():
    programme = programmes.programme()
    activity = make.activity(of=programme)
    make.contribution("Si legge", of=activity)
    held = make.contribution("Non si legge", of=activity)
    actions.hold_back(by=person(), contributions=[held], reason="x")
    actions.withdraw(contribution=make.contribution("Sparito", of=activity))
    draft = make.contribution("In bozza", of=make.activity(of=programme, public=False))
    text = listing(programme)
    assert "Si legge" in text
    assert "1 contributo" in text
    for gone in ("Non si legge", "Sparito", "In bozza"):
        assert gone not in text
    assert Client().get(draft.get_absolute_url()).status_code == 404
    page = Client().get(programme.get_absolute_url()).content.decode()
    assert "Che cosa è stato detto" in page


def test_a_programme_in_which_nothing_was_said_says_nothing_of_it():
    assert (
        "Che cosa è stato detto"
        not in Client().get(make.activity().programme.get_absolute_url()).content.decode()
    )


def test_filters():
    programme = programmes.programme()
    one, two = make.activity(of=programme), make.activity(of=programme)
    water, roads = make.theme(programme, "Acqua"), make.theme(programme, "Strade")
    below = make.theme(programme, "Fiumi", parent=water)
    a, b, c = (
        make.contribution(text, of=of) for text, of in (("A fonte", one), ("B ponte", two), ("C argine", two))
    )
    actions.code(by=person(), contributions=[a], theme=water)
    actions.code(by=person(), contributions=[b], theme=roads)
    actions.code(by=person(), contributions=[c], theme=below)
    actions.step(contributions=[b], kind=Step.Kind.PARTLY, words="Sì, ma nel 2027.")

    def found(**asked):
        text = listing(programme, **asked)
        return "".join(row.text[0] for row in (a, b, c) if f">{row.text}</a>" in text)

    assert found() == "ABC"
    assert found(tema="acqua") == "AC"
    assert found(tema="fiumi") == "C"
    assert found(q="PONTE") == "B"
    assert found(dove=two.slug) == "BC"
    assert found(esito="accolto-in-parte") == "B"
    assert found(esito="con-risposta") == "B"
    assert found(esito="senza-risposta") == "AC"
    assert found(esito="x", dove="y", tema="z", chi="k", luogo="??", pagina="99", ordine="w") == "ABC"
    assert "Sì, ma nel 2027." in listing(programme)


def test_whoever_speaks_is_said_only_among_five():
    programme = programmes.programme()
    activity = make.activity(of=programme)
    for _person in range(5):
        make.contribution("Impresa dice", of=activity, actor="firm", person=person())
    for _person in range(4):
        make.contribution("Scuola dice", of=activity, actor="school", person=person())
    text = listing(programme)
    assert text.count("· Impresa") == 5
    assert "· Scuola" not in text
    assert "5 contributi" in listing(programme, chi="imprese")
    assert "0 contributi" in listing(programme, chi="scuola-ricerca")
    row = Contribution.objects.filter(actor="school").first()
    assert "· Scuola" not in Client().get(row.get_absolute_url()).content.decode()


def test_hostile_words_are_only_words():
    row = make.contribution(NASTY, origin=NASTY)
    theme = make.theme(row.activity.programme, "<b>Tema</b>")
    actions.code(by=person(), contributions=[row], theme=theme)
    actions.step(contributions=[row], kind=Step.Kind.READ, words=NASTY)
    for address in (row.get_absolute_url(), f"/programmi/{row.activity.programme.slug}/contributi/"):
        text = Client().get(address).content.decode()
        assert "ZX9" in text
        assert "<script>alert(" not in text
        assert "<img src=x" not in text
        assert "<b>Tema" not in text


def test_the_page_says_that_the_team_corrected_it_and_why():
    row = make.contribution("Lo disse Caio")
    actions.correct(contribution=row, text="Lo disse un vicino", by=person(), reason="Tolto un nome.")
    text = Client().get(row.get_absolute_url()).content.decode()
    assert "Testo corretto dalla redazione" in text
    assert "Tolto un nome." in text
    assert "Caio" not in text


def test_lists_cost_the_same_for_one_and_for_three(django_assert_num_queries, desk):
    activity, editor = desk
    receipt, code = make.receipt()
    holder, _answer = open_with(code)
    theme = make.theme(activity.programme)

    def add():
        row = make.contribution(of=activity, receipt=receipt)
        actions.code(by=person(), contributions=[row], theme=theme)
        actions.step(contributions=[row], kind=Step.Kind.READ, words="Letto.")

    def cost(client, address):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    pages = [
        (Client(), f"/programmi/{activity.programme.slug}/contributi/"),
        (holder, f"{FIND}ricevuta/"),
        (editor, page_of(activity)),
        (editor, f"/gestione/programmi/{activity.programme.slug}/temi/"),
    ]
    add()
    for client, address in pages:
        client.get(address)
    one = [cost(*page) for page in pages]
    add()
    add()
    assert [cost(*page) for page in pages] == one
    assert max(one) < 20


# The team --------------------------------------------------------------------------------------


def typed(**words):
    return {
        "text": "Più ombra\n- Una fontana\n\n", "shape": "lines", "origin": "Tavolo 3", "actor": "citizen",
        "day": "2026-01-10", "in_room": "on",
    } | form_key() | words  # fmt: skip


def test_a_line_is_a_contribution_and_the_page_is_ready_for_the_next(desk):
    activity, editor = desk
    answer = editor.post(f"{page_of(activity)}scrivi/", typed())
    rows = Contribution.objects.filter(activity=activity)
    assert {row.text for row in rows} == {"Più ombra", "Una fontana"}
    assert {(row.origin, row.actor, str(row.day), row.in_room) for row in rows} == {
        ("Tavolo 3", "citizen", "2026-01-10", True)
    }
    assert "Tavolo 3" in editor.get(answer.url).content.decode()


def test_sent_twice_it_is_written_once_with_one_receipt(desk):
    activity, editor = desk
    page = editor.get(f"{page_of(activity)}scrivi/").content.decode()
    signed = re.search(r'name="code" value="([^"]+)"', page)[1]
    sent = typed(slip="on", code=signed)
    first, again = (editor.post(f"{page_of(activity)}scrivi/", sent) for _time in range(2))
    assert first.url == again.url
    assert first.cookies["foglio"].value == again.cookies["foglio"].value
    assert Contribution.objects.count() == 2
    receipt = Receipt.objects.get()
    assert receipt.contributions.count() == 2
    slip = editor.get(first.url).content.decode()
    assert codes.spoken(signed.split(":")[0]) in slip
    assert Client().get(first.url).status_code == 404


def test_the_slip_is_shown_once_to_who_made_it(desk):
    activity, _editor = desk
    other = signed_in(programmes.member(activity.programme, TeamMember.Role.EDITOR).person)
    assert "non si può più mostrare" in other.get(f"{page_of(activity)}ricevuta/").content.decode()


def test_a_code_made_up_elsewhere_opens_nothing(desk):
    activity, editor = desk
    editor.post(f"{page_of(activity)}scrivi/", typed(slip="on", code="0000000000:falso"))
    assert Receipt.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text": " \n "}, "obbligatorio"),
        ({"text": "x\n" * 201}, "201 righe"),
        ({"text": "a\n" + "b" * 4001}, "riga 2"),
        ({"day": "2999-01-01"}, "deve ancora venire"),
        ({"place": "Xyzzy"}, "Nessun luogo"),
        ({"actor": "king"}, "king"),
        ({"origin": "o" * 161}, "160"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_lost(desk, wrong, said):
    activity, editor = desk
    answer = editor.post(f"{page_of(activity)}scrivi/", typed(**wrong))
    assert answer.status_code == 200
    text = answer.content.decode()
    assert said.lower() in text.lower()
    assert Contribution.objects.count() == 0
    if "text" not in wrong:
        assert "Una fontana" in text


def mark(desk, rows, act, **words):
    activity, editor = desk
    return editor.post(
        f"{page_of(activity)}segna/", {"c": [row.pk for row in rows], "fai": act} | form_key() | words
    )


def test_several_ticked_are_grouped_told_hidden_and_shown(desk):
    activity, _editor = desk
    rows = [make.contribution(of=activity) for _time in range(3)]
    mark(desk, rows[:2], "raggruppa", new_theme="Ombra")
    theme = Theme.objects.get()
    assert theme.codings.count() == 2
    mark(desk, rows, "raggruppa", theme=theme.pk)
    mark(desk, rows[:1], "separa", theme=theme.pk, new_theme="Fresco")
    assert {each.name: each.codings.count() for each in Theme.objects.all()} == {"Ombra": 2, "Fresco": 1}
    mark(desk, rows[1:2], "togli", theme=theme.pk)
    assert theme.codings.count() == 1
    mark(desk, rows, "passo", kind="accepted", words="Dieci alberi entro aprile.")
    assert Step.objects.filter(kind="accepted").count() == 3
    mark(desk, rows[:1], "trattieni", reason="Un nome.")
    assert Contribution.objects.filter(published=False).count() == 1
    mark(desk, rows[:1], "pubblica")
    assert Contribution.objects.filter(published=False).count() == 0


def test_all_of_the_page_at_once(desk):
    rows = [make.contribution(of=desk[0]) for _time in range(3)]
    mark(desk, [], "raggruppa", new_theme="Ombra", tutti="1", p=[row.pk for row in rows])
    assert Theme.objects.get().codings.count() == 3


@pytest.mark.parametrize(
    ("act", "words", "said"),
    [
        ("raggruppa", {}, "Scegli un tema"),
        ("separa", {}, "Scegli il tema"),
        ("trattieni", {"reason": " "}, "Scrivi perché"),
        ("passo", {"words": "Sì"}, "Scegli che cosa è successo"),
        ("passo", {"kind": "accepted"}, "Dillo in parole"),
        ("passo", {"kind": "accepted", "words": "Sì", "link": "javascript:x"}, "https://"),
        ("balla", {}, "Scegli che cosa farne"),
    ],
)
def test_a_button_says_what_it_misses_and_the_ticks_stay(desk, act, words, said):
    row = make.contribution(of=desk[0])
    text = mark(desk, [row], act, **words).content.decode()
    assert said in text
    assert re.search(rf'value="{row.pk}"[^>]*checked', text)
    assert Step.objects.count() == 0


def test_what_belongs_to_another_activity_cannot_be_ticked(desk):
    foreign, theme = make.contribution(), make.theme(make.activity().programme)
    own = make.contribution(of=desk[0])
    assert "Prima segna" in mark(desk, [foreign], "raggruppa", new_theme="x").content.decode()
    assert mark(desk, [own], "raggruppa", theme=theme.pk).status_code == 200
    assert theme.codings.count() == 0
    for junk in ("", "x", "-1", "9" * 30, "1; DROP TABLE"):
        activity, editor = desk
        answer = editor.post(f"{page_of(activity)}segna/", {"c": junk, "fai": "pubblica"} | form_key())
        assert answer.status_code == 200


def test_a_step_reported_by_mistake_is_taken_back(desk):
    activity, editor = desk
    mark(desk, [make.contribution(of=activity)], "passo", kind="read", words="Letto.")
    page = editor.get(page_of(activity)).content.decode()
    reference = re.search(r'name="reference"\s+value="([^"]+)"', page)[1]
    editor.post(f"{page_of(activity)}passi/ritira/", {"kind": "read", "reference": reference} | form_key())
    assert Step.objects.count() == 0


def test_a_facilitator_writes_but_does_not_curate():
    activity = make.activity()
    helper = signed_in(programmes.member(activity.programme, "facilitator", activity=activity).person)
    assert helper.post(f"{page_of(activity)}scrivi/", typed()).status_code == 302
    page = helper.get(page_of(activity)).content.decode()
    assert "Più ombra" in page
    assert 'name="fai"' not in page
    assert helper.post(f"{page_of(activity)}segna/", form_key()).status_code == 404


def test_the_team_corrects_with_its_reason(desk):
    activity, editor = desk
    row = make.contribution("Lo disse Caio", of=activity)
    address = f"/gestione/contributi/{row.pk}/"
    assert "obbligatorio" in editor.post(address, {"text": "Altro"} | form_key()).content.decode()
    editor.post(address, {"text": "Lo disse un vicino", "reason": "Tolto un nome."} | form_key())
    assert "Lo disse Caio" in editor.get(address).content.decode()
    actions.withdraw(contribution=row)
    assert editor.get(address).status_code == 302


def test_themes_are_made_changed_moved_merged_removed(desk):
    activity, editor = desk
    themes = f"/gestione/programmi/{activity.programme.slug}/temi/"
    for name in ("Acqua", "Strade", "acqua"):
        answer = editor.post(themes, {"name": name, "description": "", "parent": ""} | form_key())
    assert "C’è già un tema con questo nome" in answer.content.decode()
    water, roads = Theme.objects.all()
    editor.post(f"/gestione/temi/{roads.pk}/sposta/", {"verso": "su"} | form_key())
    assert [theme.name for theme in Theme.objects.all()] == ["Strade", "Acqua"]
    editor.post(f"/gestione/temi/{roads.pk}/", {"name": "Vie", "parent": water.pk} | form_key())
    roads.refresh_from_db()
    assert (roads.name, roads.parent) == ("Vie", water)
    row = make.contribution(of=activity)
    actions.code(by=person(), contributions=[row], theme=roads)
    editor.post(f"/gestione/temi/{roads.pk}/unisci/", {"into": water.pk} | form_key())
    assert [theme.name for theme in row.themes.all()] == ["Acqua"]
    editor.post(f"/gestione/temi/{water.pk}/togli/", {"into": ""} | form_key())
    assert Theme.objects.count() == 0
    assert Contribution.objects.filter(pk=row.pk).exists()


def test_a_draft_in_which_people_spoke_cannot_be_removed():
    from django.core.exceptions import ValidationError

    from cantiere.programmes import actions as of_programmes

    activity = make.activity(public=False)
    make.contribution(of=activity)
    with pytest.raises(ValidationError, match="andrebbero perse"):
        of_programmes.remove_activity(by=person(), activity=activity)


def test_doors_lead_to_contributions_and_themes(desk):
    activity, editor = desk
    page = editor.get(page_of(activity)).content.decode()
    assert reverse("contributions:themes", args=[activity.programme.slug]) in page
    assert re.search(rf'href="{page_of(activity)}"\s+aria-current="page"', page)
