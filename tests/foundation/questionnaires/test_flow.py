"""The pages as people meet them: without script, saved right or wrong, hostile input included."""

import copy
import re

import pytest
from django.test import Client

from cantiere.foundation.questionnaires import actions
from cantiere.foundation.questionnaires.models import Response
from tests.factories import accounts
from tests.factories import places as make_places
from tests.factories import questionnaires as make

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.foundation.questionnaires.urls")]


class Visit:
    """Somebody with a link."""

    def __init__(self, **options):
        self.response, self.key = actions.start(
            version=options.pop("version", None) or make.version(), **options
        )
        self.home = f"/prova/{self.key}/"
        self.client = Client(raise_request_exception=True)

    def get(self, page):
        return self.client.get(self.home, {"pagina": page})

    def hidden(self, answer):
        """What the form carries without being seen."""
        html = answer.content.decode()
        return {
            name: re.search(rf'name="{name}"\s+value="([^"]*)"', html)[1] for name in ("shown", "revision")
        }

    def post(self, page, raw, **more):
        """Open a page and send it filled in."""
        carried = self.hidden(self.get(page)) | accounts.form_key() | more
        return self.send(page, raw, carried)

    def send(self, page, raw, carried):
        data = {f"q-{name}": value for name, value in raw.items()} | carried
        return self.client.post(f"{self.home}?pagina={page}", data)

    def saved(self):
        self.response.refresh_from_db()
        return self.response


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def visit():
    make_places.loaded()
    return Visit()


def test_from_the_first_page_to_the_last_and_sent(visit):
    assert visit.post("who", make.WHOLE["who"]).url == f"{visit.home}?pagina=where"
    assert visit.post("where", make.WHOLE["where"]).url == f"{visit.home}?pagina=how"
    assert visit.post("how", make.WHOLE["how"]).url == f"{visit.home}riepilogo/"
    summary = visit.client.get(f"{visit.home}riepilogo/")
    for words in (
        "Il patto del Sorbara",
        "Ente pubblico",
        "Bomporto (MO)",
        "venerdì 12 giugno 2020",
        "Open Space",
    ):
        assert words in text(summary)
    sent = visit.client.post(f"{visit.home}riepilogo/", accounts.form_key())
    assert sent.url == "/prova/fatto/"
    assert visit.saved().is_complete
    for address in ("?pagina=who", "riepilogo/"):
        assert visit.client.get(visit.home + address).url == "/prova/fatto/"


def test_a_page_says_where_one_is(visit):
    page = visit.get("where")
    assert "Passo 2 di 3" in text(page)
    assert "Se non ricordi il giorno" in text(page)
    assert "Il territorio e i giorni." in text(page)
    visit.post("where", {"funded": "yes", "amount": "1"})
    assert "Passo 2 di 4" in text(visit.get("where"))


def test_hints_are_whole_sentences_and_say_nothing_twice():
    make_places.loaded()
    schema = copy.deepcopy(make.SCHEMA)
    who, where = schema["groups"][0]["questions"], schema["groups"][1]["questions"]
    who[0] |= {"hint": make.said("Il nome per esteso"), "max_length": 10_000}
    shown = text(Visit(version=make.version(**schema)).get("who"))
    assert "Il nome per esteso. Al massimo 10.000 caratteri." in shown
    assert "Un luogo per riga." in text(Visit(version=make.version(**schema)).get("where"))
    where[2]["hint"] = make.said("Uno per riga, per esempio «Bomporto».")
    assert "Un luogo per riga." not in text(Visit(version=make.version(**schema)).get("where"))


def test_what_is_wrong_is_saved_and_told_beside_its_field(visit):
    answer = visit.post("where", {"seat": "Bomprto", "started": "ieri", "funded": "no"})
    assert answer.status_code == 200
    html = answer.content.decode()
    assert 'value="Bomprto"' in html
    assert re.search(
        r'<input type="text" name="q-started" value="ieri"', html
    )  # a calendar would show nothing
    assert "Cercavi Bomporto (MO)?" in text(answer)
    assert "Quello che hai scritto è salvato" in text(answer)
    assert visit.saved().unfinished == {"seat": "Bomprto", "started": "ieri"}
    again = visit.get("where")  # also on another day
    assert 'value="Bomprto"' in again.content.decode()
    assert "Ci sono 2 cose da correggere" in text(again)
    carried = visit.hidden(answer) | accounts.form_key()
    fixed = visit.send("where", {"seat": "Bomporto", "started": "2020-06-12", "funded": "no"}, carried)
    assert fixed.status_code == 302
    assert visit.saved().unfinished == {}


def test_a_question_that_comes_from_the_same_page_is_asked_after_posting(visit):
    assert 'name="q-amount"' not in visit.get("where").content.decode()
    answer = visit.post("where", {"funded": "yes"})
    assert "C’è ancora una domanda" in text(answer)
    assert 'name="q-amount"' in answer.content.decode()
    assert "Ci sono" not in text(answer)
    carried = visit.hidden(answer) | accounts.form_key()
    assert (
        visit.send("where", {"funded": "yes", "amount": "12,5"}, carried).url == f"{visit.home}?pagina=call"
    )
    assert visit.saved().answers == {"funded": "yes", "amount": 12.5}


def test_a_page_that_does_not_apply_leads_on(visit):
    assert visit.get("call").url == f"{visit.home}?pagina=who"


@pytest.mark.parametrize("page", ["", "nobody", "../../etc/passwd", "<script>", "who\x00"])
def test_forged_names_of_pages_are_not_found(visit, page):
    assert visit.get(page).status_code == 404
    assert visit.client.post(visit.home, {"pagina": page} | accounts.form_key()).status_code == 404


def test_two_devices_are_told_and_nothing_is_lost(visit):
    first, second = visit.hidden(visit.get("who")), visit.hidden(visit.get("who"))
    visit.send("who", {"title": "Dal telefono", "body": "public"}, first | accounts.form_key())
    answer = visit.send("who", {"title": "Dal tavolo", "body": "public"}, second | accounts.form_key())
    assert answer.status_code == 409
    assert "Nel frattempo questa pagina è stata salvata altrove" in text(answer)
    callout = re.search(r"<dl>.*?</dl>", answer.content.decode(), re.DOTALL)[0]
    assert "Dal telefono" in callout
    assert "Ente pubblico" not in callout  # the same on both
    assert 'value="Dal tavolo"' in answer.content.decode()
    assert visit.saved().answers["title"] == "Dal telefono"
    kept = visit.send(
        "who", {"title": "Dal tavolo", "body": "public"}, visit.hidden(answer) | accounts.form_key()
    )
    assert kept.status_code == 302
    assert visit.saved().answers["title"] == "Dal tavolo"


def test_a_form_that_arrives_twice_is_saved_once(visit):
    carried = visit.hidden(visit.get("who")) | accounts.form_key()
    for _time in range(2):
        assert visit.send("who", make.WHOLE["who"], carried).url == f"{visit.home}?pagina=where"
    assert visit.saved().revision == 1
    carried = visit.hidden(visit.get("how")) | accounts.form_key()
    for _time in range(2):
        assert visit.send("how", {"story": "x" * 3000}, carried).status_code == 200
    assert visit.saved().revision == 2


def test_saving_for_later_keeps_everything_and_says_how_to_come_back(visit):
    answer = visit.post("who", {"title": "", "email": "chi@"}, later="1")
    assert answer.url == f"{visit.home}dopo/"
    assert visit.saved().unfinished == {"email": "chi@"}
    page = visit.client.get(answer.url)
    assert f"http://testserver{visit.home}" in text(page)
    assert "Puoi chiudere questa pagina" in text(page)


def test_the_summary_tells_what_is_to_mend_with_links_and_no_button(visit):
    visit.post("who", {"title": "T", "email": "chi@"})
    summary = visit.client.get(f"{visit.home}riepilogo/")
    html = summary.content.decode()
    assert "Ci sono 3 cose da correggere prima di inviare" in text(summary)
    assert f"{visit.home}?pagina=who&amp;check=1#id_q-body_0" in html
    assert f"{visit.home}?pagina=who&amp;check=1#id_q-email" in html
    assert "Invia il questionario" not in html
    assert visit.client.post(f"{visit.home}riepilogo/", accounts.form_key()).status_code == 422
    assert not visit.saved().is_complete
    told = visit.client.get(visit.home, {"pagina": "where", "check": "1"})
    assert "Scegli una risposta." in text(told)
    assert "Scegli una risposta." not in text(visit.get("where"))


def test_an_answer_that_is_only_read_stays_there_beside_a_mistake():
    fixed = make.schema()
    fixed["groups"][0]["questions"][3] |= {"default": "https://example.org", "read_only": True}
    visit = Visit(version=actions.publish(key="fixed", title="C", schema=fixed))
    answer = visit.post("who", {"title": "", "website": "https://evil.example.org"})
    field = re.search(r'<input[^>]*name="q-website"[^>]*>', answer.content.decode())[0]
    assert 'value="https://example.org"' in field
    assert "disabled" in field
    assert visit.saved().answers["website"] == "https://example.org"


def test_the_thread_says_what_was_left_behind(visit):
    visit.post("who", make.WHOLE["who"])
    visit.post("where", {"seat": "Bomprto", "funded": "no"})
    thread = re.search(r'<ol class="thread.*?</ol>', visit.get("how").content.decode(), re.DOTALL)[0]
    said = re.findall(
        r'thread-label"(?: href="([^"]*)")?>([^<]*)<.*?thread-state">([^<]*)<', thread, re.DOTALL
    )
    assert said == [
        (f"{visit.home}?pagina=who", "Chi racconta", "Fatto"),
        (f"{visit.home}?pagina=where", "Dove e quando", "Da completare"),
        ("", "Come", "Siamo qui"),
    ]


def test_only_what_differs_is_compared(visit):
    where = {"territory": "Bastiglia\nBomporto", "seat": "Bomporto", "funded": "no"}
    visit.post("where", where)
    carried = visit.hidden(visit.get("where"))
    visit.post("where", {**where, "seat": "Bastiglia"})
    mine = {**where, "territory": "Bastiglia (MO)\r\nBomporto (MO)", "seat": "Montalcino"}
    answer = visit.send("where", mine, carried | accounts.form_key())
    callout = re.search(r"<dl>.*?</dl>", answer.content.decode(), re.DOTALL)[0]
    assert re.findall(r"<dt>([^<]*)</dt>", callout) == ["Comune"]


@pytest.mark.parametrize("page", ["?pagina=who", "riepilogo/", "dopo/"])
def test_answers_stay_out_of_shared_memories_and_search_engines(visit, page):
    answer = visit.client.get(visit.home + page)
    assert {"private", "no-cache"} <= set(answer["Cache-Control"].split(", "))
    assert '<meta name="robots" content="noindex">' in answer.content.decode()


def test_in_english_the_questions_that_have_it_are_english(visit):
    visit.client.cookies["django_language"] = "en"
    page = text(visit.get("where"))
    assert "Municipality" in page
    assert "Step 2 of 3" in page
    assert "Se non ricordi il giorno" in page  # in the first language, where there is no other


# Hostile ---------------------------------------------------------------------------------------


def test_a_hundred_thousand_signs_are_told_and_stay_on_the_page(visit):
    long = "è" * 100_000
    answer = visit.post("how", {"story": long})
    assert answer.status_code == 200
    assert "98000 caratteri di troppo" in text(answer)
    assert long in answer.content.decode()
    assert visit.saved().unfinished == {}
    visit.post("how", {"story": "è" * 40_000})
    assert visit.saved().unfinished == {"story": "è" * 40_000}


def test_script_in_an_answer_is_words(visit):
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    raw = {**make.WHOLE["who"], "title": evil, "body": "other", "body_other": evil}
    visit.post("who", raw)
    visit.post("where", {"seat": evil, "territory": evil, "started": evil, "funded": "no"})
    visit.post("how", {"story": evil})
    for address in ("?pagina=who", "?pagina=where", "?pagina=how", "riepilogo/", "mostra/"):
        html = visit.client.get(visit.home + address).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
    assert visit.saved().answers["title"] == evil


def test_a_link_is_never_a_script(visit):
    visit.post("who", {"title": "T", "website": "javascript:alert(1)"})
    assert 'href="javascript' not in visit.client.get(f"{visit.home}mostra/").content.decode()
    assert "website" not in visit.saved().answers


@pytest.mark.parametrize("code", ["admin", "public\x00", "", "Public", "' OR 1=1", "🎉", "x" * 5000])
def test_unknown_codes_are_not_answers(visit, code):
    answer = visit.post("who", {"title": "T", "body": code})
    assert answer.status_code == 200
    assert "body" not in visit.saved().answers


def test_several_codes_where_one_is_asked_and_unknown_ones_among_several(visit):
    visit.post("who", {"title": "T", "body": ["association", "public"]})
    assert visit.saved().answers["body"] == "public"  # the last, as forms have it
    visit.post("how", {"methods": ["ost", "nobody"]})
    assert "methods" not in visit.saved().answers
    assert visit.saved().unfinished["methods"] == ["ost", "nobody"]
    assert visit.get("how").status_code == 200


def test_forged_hidden_fields_harm_nobody(visit):
    for shown in ("", "nobody", "title " * 5000, "amount year <script>", "\x00"):
        for revision in ("", "-1", "9" * 40, "x", "²"):
            carried = {"shown": shown, "revision": revision} | accounts.form_key()
            answer = visit.send("who", {"title": "T", "body": "public"}, carried)
            assert answer.status_code in {200, 302}
    assert visit.saved().answers == {"title": "T", "body": "public"}


def test_a_form_without_its_key_is_refused(visit):
    assert visit.send("who", {"title": "T"}, {"shown": "title", "revision": "0"}).status_code == 400
    assert visit.saved().answers == {}


def test_names_outside_the_page_are_not_saved(visit):
    visit.post(
        "how", {"methods": ["ost"], "title": "di un’altra pagina", "state": "complete", "revision": "7"}
    )
    assert visit.saved().answers == {"methods": ["ost"]}
    assert not visit.saved().is_complete


# What it costs ---------------------------------------------------------------------------------


def cost(visit, page):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as counted:
        assert visit.get(page).status_code == 200
    return len(counted)


def test_a_page_costs_the_same_however_much_is_answered(visit):
    visit.post("where", {"seat": "Bomporto", "territory": "Bomporto", "funded": "no"})
    few = cost(visit, "where")
    visit.post(
        "where",
        {"seat": "Siena", "territory": "Bomporto\nBologna (BO)\nSiena (SI)\nMontalcino", "funded": "no"},
    )
    assert cost(visit, "where") == few <= 2
    assert cost(visit, "who") <= 1


def test_the_same_places_again_are_not_looked_up(visit, django_assert_max_num_queries):
    raw = {"seat": "Bomporto (MO)", "territory": "Bomporto (MO)\nSiena (SI)\nBologna (BO)", "funded": "no"}
    visit.post("where", raw)
    carried = visit.hidden(visit.get("where")) | accounts.form_key()
    with django_assert_max_num_queries(14):
        visit.send("where", {**raw, "started": "2020-01-01"}, carried)
    assert Response.objects.get().answers["started"] == "2020-01-01"
