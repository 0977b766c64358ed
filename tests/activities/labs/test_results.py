"""Pages after a laboratory: what everyone reads, what the team does, the way back to one's own words."""

import io
import json
import re
import subprocess
import sys
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from cantiere.activities.labs import actions
from cantiere.activities.labs.answers import waiting
from cantiere.activities.labs.models import Harvested, Lab
from cantiere.activities.labs.queries.outcome import outcome
from cantiere.foundation.core.models import AuditEntry
from cantiere.foundation.notices.models import Notice
from cantiere.programmes import actions as programmes
from cantiere.programmes.models import Enrolment, TeamMember
from cantiere.thread.contributions.models import Contribution, Theme
from tests.factories import labs
from tests.factories import programmes as make
from tests.factories.accounts import form_key, person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab():
    """Ended, nothing written down yet."""
    play = labs.played()
    actions.finish(lab=play.lab)
    return labs.fresh(play.lab)


@pytest.fixture
def told(lab):
    """Written down and published."""
    actions.harvest(by=person(), lab=lab)
    lab = labs.fresh(lab)
    programmes.publish_minutes(by=person(), held=lab)
    return labs.fresh(lab)


def address(name, lab, *more):
    return reverse(f"labs:{name}", args=[lab.activity.slug, *more])


def editor_of(lab):
    return signed_in(make.member(lab.activity.programme, TeamMember.Role.EDITOR).person)


def words(response):
    body = re.sub(r"<(script|style)\b.*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    main = re.search(r"<main.*</main>", body, re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main[0] if main else body)).split())


FILES = ("results_pdf", "results_csv", "results_json")


def test_nothing_is_seen_before_it_is_published(lab):
    for name in ("results", *FILES):
        assert Client().get(address(name, lab)).status_code == 404
        assert editor_of(lab).get(address(name, lab)).status_code == 200
    assert address("results", lab) not in Client().get(lab.activity.get_absolute_url()).content.decode()


def test_everyone_reads_what_came_out_once_it_is_published(told):
    page = Client().get(address("results", told))
    said = words(page)
    for text in (
        "18",
        "Più autobus",
        "Idea di prova numero 0",
        "Stare insieme",
        "Nota di carta",
        "Quando si comincia?",
    ):
        assert text in said
    assert "Idea di prova numero 2 " not in said
    assert "Nota tolta" not in said
    first = Contribution.objects.get(text="Idea di prova numero 0")
    assert f'href="/contributi/{first.pk}/"' in page.content.decode()
    assert address("results", told) in Client().get(told.activity.get_absolute_url()).content.decode()


def test_every_chart_has_its_table_and_its_bar_says_nothing_to_whoever_hears_it(told):
    html = Client().get(address("results", told)).content.decode()
    tables = re.findall(r"<table.*?</table>", html, re.DOTALL)
    assert len(tables) == 4
    for table in tables:
        assert "<caption" in table
        assert table.count('<th scope="row">') == table.count("<svg") == table.count('aria-hidden="true"')


def test_a_page_reads_as_much_of_many_things_as_of_few(lab, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(lab):
        actions.harvest(by=person(), lab=lab)
        programmes.publish_minutes(by=person(), held=labs.fresh(lab))
        Client().get(address("results", lab))
        with CaptureQueriesContext(connection) as seen:
            assert Client().get(address("results", lab)).status_code == 200
        return len(seen)

    many = labs.played(people=40)
    actions.finish(lab=many.lab)
    assert count(lab) == count(labs.fresh(many.lab)) <= 12


def test_the_team_reads_everything_by_moment_and_group(lab, django_assert_max_num_queries):
    client = editor_of(lab)
    with django_assert_max_num_queries(45):
        page = client.get(address("harvest", lab))
    said = words(page)
    assert "31 cose dette aspettano di essere rilette e raccolte." in said
    for text in (
        "Che cosa manca",
        "Tavolo 1",
        "Punti di forza",
        "Nota di prova 0",
        "Un'idea dal tavolo di carta",
    ):
        assert text in said
    assert "Nome 1" not in said


def post(client, url, **data):
    return client.post(url, data | form_key())


def test_the_team_ticks_says_why_and_writes_it_down(lab):
    client = editor_of(lab)
    page = client.get(address("harvest", lab)).content.decode()
    refs = re.findall(r'value="(i\d+)"', page)
    assert post(client, address("harvest", lab), ref=refs[:1], hold="1").status_code == 200  # no reason
    assert post(client, address("harvest", lab), ref=[], hold="1", reason="x").status_code == 200
    assert (
        post(client, address("harvest", lab), ref=refs[:1], hold="1", reason="Fa un nome").status_code == 302
    )
    assert post(client, address("harvest", lab), ref=refs[1:3], join="1").status_code == 302
    assert post(client, address("write_down", lab)).status_code == 302
    assert Contribution.objects.filter(published=False).get().held_why == "Fa un nome"
    assert Contribution.objects.count() == 31
    assert post(client, address("write_down", lab)).status_code == 302
    assert Contribution.objects.count() == 31


def test_a_cluster_becomes_a_theme_with_its_notes(lab):
    client = editor_of(lab)
    post(client, address("write_down", lab))
    cluster = Harvested.objects.get(sort="cluster")
    for _again in range(2):
        assert post(client, address("harvest_themes", lab), cluster=cluster.pk).status_code == 302
    theme = Theme.objects.get(programme=lab.activity.programme)
    texts = {coding.contribution.text for coding in theme.codings.select_related("contribution")}
    assert (theme.name, texts) == ("Stare insieme", {"Stare insieme", "Nota di prova 0", "Nota di prova 1"})
    other = labs.lab()
    assert post(client, address("harvest_themes", other), cluster=cluster.pk).status_code == 404
    assert post(editor_of(other), address("harvest_themes", other), cluster=cluster.pk).status_code == 302
    assert Theme.objects.count() == 1


def test_minutes_are_edited_with_the_words_of_people_and_kept_without(lab):
    actions.harvest(by=person(), lab=lab)
    client = editor_of(lab)
    html = unescape(client.get(address("minutes", lab)).content.decode())
    first = Contribution.objects.get(text="Idea di prova numero 0")
    assert f"[Idea di prova numero 0](/contributi/{first.pk}/)" in html
    text = re.search(r"<textarea[^>]*name=\"minutes\"[^>]*>\s*(.*?)</textarea>", html, re.DOTALL)[1]
    sent = {
        "short": "In breve.",
        "points": "Uno\nDue",
        "in_person_count": "",
        "minutes": text + "\n\nAggiunto da noi.",
    }
    assert post(client, address("minutes", lab), **sent).status_code == 302
    kept = labs.fresh(lab).minutes
    assert "Idea di prova" not in kept
    assert kept.endswith("Aggiunto da noi.")
    assert f"[…](/contributi/{first.pk}/)" in kept


def test_whoever_led_hands_the_minutes_in_and_an_editor_approves_them(lab):
    lead = make.member(lab.activity.programme, TeamMember.Role.FACILITATOR).person
    leader, editor = signed_in(lead), editor_of(lab)
    page = words(leader.get(address("minutes", lab)))
    assert "Salva e chiedi l’approvazione" in page
    assert "Pubblica e avvisa tutti" not in page
    written = {"short": "Si è deciso.", "points": "", "minutes": "# Chi c’era", "in_person_count": ""}
    assert (
        post(leader, address("minutes", lab), **written, publish="1").status_code == 302
    )  # not theirs to do
    assert labs.fresh(lab).minutes_on is None
    for _twice in range(2):
        post(leader, address("minutes", lab), **written, hand_in="1")
    held = labs.fresh(lab)
    assert (held.minutes_ready_on, held.minutes_on, held.short) == (
        timezone.localdate(),
        None,
        "Si è deciso.",
    )
    assert "Aspetta l’approvazione" in words(leader.get(address("minutes", lab)))
    told = [each.text for each in waiting([lab.activity])]
    assert any(text.endswith("il verbale aspetta l’approvazione.") for text in told)
    assert "Approva, pubblica e avvisa tutti" in words(editor.get(address("minutes", lab)))
    post(editor, address("minutes", lab), **written, publish="1")
    held = labs.fresh(lab)
    assert (held.minutes_ready_on, held.minutes_on) == (None, timezone.localdate())
    verbs = AuditEntry.objects.filter(verb__contains="minutes").order_by("pk").values_list("verb", "by")
    assert [verb for verb, by in verbs if by == lead.pk][-1] == "labs.hand_in_minutes"


def test_publishing_tells_those_with_a_seat_once(lab):
    actions.harvest(by=person(), lab=lab)
    seated = person()
    Enrolment.objects.create(
        activity=lab.activity, person=seated, state=Enrolment.State.CONFIRMED, queued_at=timezone.now()
    )
    client = editor_of(lab)
    sent = {"short": "In breve.", "points": "", "in_person_count": "", "minutes": "Testo.", "publish": "1"}
    assert post(client, address("minutes", lab), **sent).status_code == 302
    assert post(client, address("minutes", lab), **sent).status_code == 302
    assert labs.fresh(lab).minutes_on is not None
    assert Notice.objects.filter(person=seated).count() == 1


def test_publishing_tells_those_who_came_without_a_seat():
    came, walked_in, play = person(), person(), labs.played(people=3)
    programmes.take_part(activity=play.lab.activity, person=came)
    Enrolment.objects.create(
        activity=play.lab.activity, person=came, state=Enrolment.State.CONFIRMED, queued_at=timezone.now()
    )
    programmes.take_part(activity=play.lab.activity, person=walked_in)
    actions.finish(lab=play.lab)
    programmes.publish_minutes(by=person(), held=labs.fresh(play.lab))
    told_people = Notice.objects.filter(person__in=[came, walked_in]).values_list("person", flat=True)
    assert sorted(told_people) == sorted([came.pk, walked_in.pk])


def test_numbers_of_a_few_are_for_the_team_alone():
    play = labs.played(people=3)
    actions.finish(lab=play.lab)
    actions.harvest(by=person(), lab=play.lab)
    few = labs.fresh(play.lab)
    programmes.publish_minutes(by=person(), held=few)
    team, everyone = (
        words(editor_of(few).get(address("results", few))),
        words(Client().get(address("results", few))),
    )
    assert "questi numeri li vede solo la squadra" in team
    assert "Più autobus" in team
    assert "questi numeri li vede solo la squadra" not in everyone
    assert "Più autobus" not in everyone
    for name in FILES[1:]:
        assert "Più autobus" not in editor_of(few).get(address(name, few)).getvalue().decode()


@pytest.mark.parametrize(("first", "told"), [(2, False), (5, True)])
def test_how_far_a_vote_moved_tells_nothing_of_the_first_vote_of_a_few(first, told):
    lab = labs.lab()
    ask = labs.question(lab, key="q", asks="single", options=labs.CHOICES)
    play = labs.Play(lab)
    people = [play.join() for _n in range(7)]
    play.go(ask)
    for who in people[:first]:
        play.answer(who, ask, "bike")
    play.lead("again", "q", turn=1)
    for who in people:
        play.answer(who, ask, "bus")
    actions.finish(lab=play.end())
    for whole, moves in ((False, told), (True, True)):
        (moment,) = outcome(labs.fresh(lab), whole=whole).moments
        assert moment.people == 7
        assert moment.chart.moves is moves
        assert [bar.moved for bar in moment.chart.bars] == ([100, -100] if moves else [None, None])


def test_minutes_are_composed_anew_only_after_asking(lab):
    client = editor_of(lab)
    Lab.objects.filter(pk=lab.pk).update(minutes="Nostre.")
    assert "Nostre" not in words(client.get(address("compose", lab)))
    assert labs.fresh(lab).minutes == "Nostre."
    assert post(client, address("compose", lab)).status_code == 302
    assert labs.fresh(lab).minutes_as_composed


def test_what_was_live_can_be_deleted_earlier_after_asking(lab):
    client = editor_of(lab)
    assert client.get(address("erase", lab)).status_code == 200
    assert labs.fresh(lab).erased_on is None
    assert post(client, address("erase", lab)).status_code == 302
    assert labs.fresh(lab).erased_on is not None
    assert client.get(address("erase", lab)).status_code == 302
    assert client.get(address("harvest", lab)).status_code == 200


def test_everyone_reads_until_when_what_was_live_is_kept(told):
    day = told.erases_on
    assert f"{day.day} " in words(Client().get(address("results", told))).split("C'eri anche tu?")[-1]


@pytest.mark.parametrize("role", ["anonymous", "other"])
def test_nobody_else_gets_into_the_pages_of_the_team(lab, role):
    client = Client() if role == "anonymous" else editor_of(labs.lab())
    for name in ("harvest", "minutes", "compose", "minutes_back", "erase"):
        assert client.get(address(name, lab)).status_code in {302, 404}
    for name in ("write_down", "harvest_themes"):
        assert post(client, address(name, lab)).status_code in {302, 404}
    assert not Contribution.objects.exists()


def test_a_participant_finds_their_words_by_their_device(told):
    from django.http import HttpResponse

    from cantiere.activities.labs.views import device
    from cantiere.thread.contributions import actions as contributions
    from cantiere.thread.contributions import codes

    code = codes.new_code()
    receipt = contributions.open_receipt(code=code)
    mine = told.participants.first()
    Contribution.objects.filter(receipt=mine.receipt).update(receipt=receipt)
    mine.receipt = receipt
    mine.save()
    client, response = Client(), HttpResponse()
    device.hold(response, told, mine, code)
    client.cookies.update(response.cookies)
    found = client.post(reverse("labs:my_words", args=[told.code]))
    assert found.url == reverse("contributions:receipt")
    page = client.get(found.url)
    own = Contribution.objects.filter(receipt=receipt).first()
    assert own.text in unescape(page.content.decode())
    assert client.get(reverse("contributions:correct", args=[own.pk])).status_code == 200
    actions.erase(lab=told)
    assert client.post(reverse("labs:my_words", args=[told.code])).url == reverse("contributions:find")


def test_whoever_has_no_device_is_asked_for_the_code(told):
    assert Client().post(reverse("labs:my_words", args=[told.code])).url == reverse("contributions:find")
    assert Client().post(reverse("labs:my_words", args=["ZZZZZZ"])).url == reverse("contributions:find")


def test_files_are_given_to_be_saved(told):
    kinds = {"results_pdf": "application/pdf", "results_csv": "text/csv", "results_json": "application/json"}
    for name, kind in kinds.items():
        response = Client().get(address(name, told))
        assert response["Content-Type"].startswith(kind)
        assert response["Content-Disposition"].startswith("attachment")
        assert "no-cache" in response["Cache-Control"]
    assert json.loads(Client().get(address("results_json", told)).content)["people"] == 18


def test_a_board_is_a_picture_that_says_what_stands_on_it(told):
    response = Client().get(address("board_picture", told) + "?di=groups.t1")
    assert response["Content-Type"] == "image/png"
    picture = Image.open(io.BytesIO(response.content))
    picture.load()
    assert picture.width == 2400
    for text in (
        "Al tavolo. Tavolo 1",
        "Punti di forza:",
        "Stare insieme",
        "Nota di prova 0",
        "Nota da sola",
    ):
        assert text in picture.text["Description"]
    for other in ("groups.t2", "groups.tutti", "ideas.t1", ""):
        answer = Client().get(address("board_picture", told) + f"?di={other}")
        assert answer.url == address("results", told)


def test_the_process_that_serves_pages_never_loads_the_typesetter(told):
    for name in ("results", *FILES):
        assert Client().get(address(name, told)).status_code == 200
    assert Client().get(address("board_picture", told) + "?di=groups.t1").status_code == 200
    assert "typst" not in sys.modules
    loaded = "import django; django.setup(); import cantiere.config.urls, sys; print('typst' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"


def test_a_laboratory_answers_what_a_programme_asks(told):
    activity = told.activity
    measures = {each.key: (each.value, each.base) for each in activity.kind.measures(activity)}
    assert measures["people"] == (18, None)
    assert measures["paper"] == (6, 18)
    assert measures["contributions"] == (31, None)
    assert "Idea di prova numero 0" in activity.kind.section(activity).text
    data = {each.key: each for each in activity.kind.datasets(activity)}
    rows = list(data["results"].rows())
    assert any("Più autobus" in row for row in rows)
    assert all(len(row) == len(data["results"].columns) for row in rows)
    assert data["attendance"].reach.value == "team"


def test_what_waits_is_said_to_the_team(lab):
    from cantiere.programmes import kinds

    def waiting():
        return [(each.verb, each.address) for each in kinds.waiting([labs.fresh(lab).activity])]

    assert [url for _verb, url in waiting()] == [address("harvest", lab), address("minutes", lab)]
    actions.harvest(by=person(), lab=lab)
    assert [url for _verb, url in waiting()] == [address("minutes", lab)]
    programmes.publish_minutes(by=person(), held=labs.fresh(lab))
    assert waiting() == []
