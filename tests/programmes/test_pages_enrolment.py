"""Taking a seat, giving it up, saying that one came, as somebody does it on a page without script."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from cantiere.programmes import actions
from cantiere.programmes.models import Enrolment, EnrolmentRules
from tests.factories import programmes as make
from tests.factories.accounts import form_key, person, signed_in
from tests.factories.meetings import fresh, meeting

pytestmark = pytest.mark.django_db
State = Enrolment.State
PAGES = ("iscrizione", "rinuncia", "posto-offerto", "presenza")


def address(activity, page):
    return f"/attivita/{activity.slug}/{page}/"


def words(response):
    html = response.content.decode().split("<main")[1].split("</main>")[0]
    return " ".join(re.sub(r"<(svg)\b.*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL).split())


def send(client, activity, page, **fields):
    return client.post(address(activity, page), fields | form_key(), follow=True)


def a_meeting(capacity=2, **rules):
    return meeting(rules={"capacity": capacity} | rules).activity


@pytest.mark.parametrize("page", PAGES)
def test_visitors_sign_in_and_come_back_to_the_same_form(page):
    activity = make.seats(1)
    answer = Client().get(address(activity, page))
    assert answer.headers["Location"] == f"/entra/?next=%2Fattivita%2F{activity.slug}%2F{page}%2F"


@pytest.mark.parametrize("page", PAGES)
def test_what_may_not_be_seen_or_has_no_seats_is_not_there(page):
    client = signed_in(person())
    draft = make.seats(1, of=make.programme(public=False))
    without = make.activity(make.programme(), kind="page")
    missing = client.get(f"/attivita/non-esiste/{page}/")
    for activity in (draft, without):
        assert client.get(address(activity, page)).status_code == 404
    assert missing.status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_a_form_without_its_key_is_refused(page):
    activity, who = make.seats(1), person()
    if page == "rinuncia":
        make.enrolled(activity, who)
    if page == "posto-offerto":
        first = make.enrolled(activity)
        make.enrolled(activity, who)
        actions.withdraw(enrolment=first)
    assert signed_in(who).post(address(activity, page), {"code": "22222"}).status_code == 400


def test_enrolling_gives_a_seat_and_says_so():
    activity, who = a_meeting(), person()
    client = signed_in(who)
    assert "Restano 2 posti su 2." in words(client.get(address(activity, "iscrizione")))
    done = send(client, activity, "iscrizione", note="Uso la carrozzina")
    assert done.redirect_chain == [(activity.get_absolute_url(), 302)]
    assert "Il posto è tuo." in words(done)
    assert "Hai un posto" in words(done)
    assert list(Enrolment.objects.values_list("person", "state", "note")) == [
        (who.pk, State.CONFIRMED, "Uso la carrozzina")
    ]


def test_the_same_form_sent_twice_enrols_once():
    activity, who, key = make.seats(2), person(), form_key()
    client = signed_in(who)
    answers = [client.post(address(activity, "iscrizione"), {"note": ""} | key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Enrolment.objects.count() == 1


def test_who_is_enrolled_does_not_see_the_form_again():
    activity, who = make.seats(2), person()
    make.enrolled(activity, who)
    assert (
        signed_in(who).get(address(activity, "iscrizione")).headers["Location"] == activity.get_absolute_url()
    )


@pytest.mark.parametrize(
    ("taken", "said"),
    [(0, "Restano 2 posti su 2."), (1, "Resta 1 posto su 2."), (2, "Nessun posto libero su 2.")],
)
def test_the_seats_left_are_said_in_words(taken, said):
    activity = a_meeting()
    for _ in range(taken):
        make.enrolled(activity)
    assert said in words(Client().get(activity.get_absolute_url()))


def test_the_waiting_list_says_how_many_come_before():
    activity, who = a_meeting(1), person()
    for _ in range(3):
        make.enrolled(activity)
    client = signed_in(who)
    assert "Nessun posto libero su 1." in words(client.get(address(activity, "iscrizione")))
    assert "2 persone sono in attesa." in words(client.get(address(activity, "iscrizione")))
    done = send(client, activity, "iscrizione")
    assert "Sei in lista d’attesa" in words(done)
    assert "2 persone prima di te." in words(done)


def test_an_offer_is_taken_from_its_page():
    activity, who = a_meeting(1), person()
    first = make.enrolled(activity)
    enrolment = make.enrolled(activity, who)
    actions.withdraw(enrolment=first)
    client = signed_in(who)
    assert "Il posto è tuo fino a" in words(client.get(activity.get_absolute_url()))
    assert "Il posto è tuo fino a" in words(client.get(address(activity, "posto-offerto")))
    assert "Hai un posto" in words(send(client, activity, "posto-offerto"))
    enrolment.refresh_from_db()
    assert enrolment.state == State.CONFIRMED


def test_an_offer_that_is_over_says_so_and_how_to_go_on():
    activity, who = make.seats(1), person()
    first = make.enrolled(activity)
    enrolment = make.enrolled(activity, who)
    actions.withdraw(enrolment=first)
    enrolment.refresh_from_db()
    with time_machine.travel(enrolment.offered_until):
        client = signed_in(who)
        said = words(client.get(address(activity, "posto-offerto")))
        assert "Il posto offerto non c’è più" in said
        assert "Iscriviti di nuovo" in said
        assert client.post(address(activity, "posto-offerto"), form_key()).status_code == 422


def test_giving_up_asks_first_and_frees_the_seat():
    activity, who = a_meeting(1), person()
    make.enrolled(activity, who)
    waiting = make.enrolled(activity)
    client = signed_in(who)
    assert "Lasci il posto?" in words(client.get(address(activity, "rinuncia")))
    assert "Grazie di averlo detto" in words(send(client, activity, "rinuncia"))
    waiting.refresh_from_db()
    assert waiting.state == State.OFFERED


def test_nobody_gives_up_what_they_have_not():
    activity = make.seats(1)
    answer = signed_in(person()).get(address(activity, "rinuncia"))
    assert answer.headers["Location"] == activity.get_absolute_url()


def test_a_closed_enrolment_says_so_and_takes_nobody():
    activity = make.seats(1)
    type(activity).objects.filter(pk=activity.pk).update(closes=timezone.now() - timedelta(minutes=1))
    client = signed_in(person())
    said = client.get(address(activity, "iscrizione"))
    assert "Le iscrizioni sono chiuse." in words(said)
    assert client.post(address(activity, "iscrizione"), {"note": ""} | form_key()).status_code == 422
    assert not Enrolment.objects.exists()


def test_only_what_is_hybrid_asks_how_one_comes():
    client = signed_in(person())
    for mode, asked in (("in_person", False), ("online", False), ("hybrid", True)):
        activity = make.seats(1)
        activity.appointments.update(mode=mode)
        assert ('name="online"' in client.get(address(activity, "iscrizione")).content.decode()) == asked


def test_the_team_is_asked_where_it_approves():
    activity = a_meeting(needs_approval=True)
    client = signed_in(person())
    assert "Chiedi un posto" in words(client.get(address(activity, "iscrizione")))
    assert "Abbiamo la tua richiesta" in words(send(client, activity, "iscrizione"))


def test_the_code_at_the_door_on_the_day():
    activity, who = a_meeting(), person()
    code = EnrolmentRules.objects.get(activity=activity).door_code
    with time_machine.travel(activity.appointments.get().starts + timedelta(minutes=5)):
        client = signed_in(who)
        assert (
            f'value="{code}"' in client.get(f"{address(activity, 'presenza')}?codice={code}").content.decode()
        )
        wrong = client.post(address(activity, "presenza"), {"code": "99999"} | form_key())
        assert (wrong.status_code, "Non è il codice" in words(wrong)) == (422, True)
        done = send(client, activity, "presenza", code=f" {code[:2]} {code[2:]} ")
        assert "C’eri anche tu." in words(done)


def test_guessing_the_code_is_slowed_down():
    activity = make.seats(1)
    client = signed_in(person())
    with time_machine.travel(activity.appointments.get().starts + timedelta(minutes=5)):
        answers = [
            client.post(address(activity, "presenza"), {"code": "22222"} | form_key()).status_code
            for _ in range(12)
        ]
    assert answers == [422] * 10 + [429] * 2


def test_a_cancelled_activity_says_so_to_everyone():
    own = meeting(rules={"capacity": 2})
    actions.cancel_activity(by=person(), activity=own.activity, why="La sala è allagata.")
    said = words(Client().get(fresh(own).activity.get_absolute_url()))
    assert "La sala è allagata." in said
    assert "Restano" not in said


# One's own page ----------------------------------------------------------------------------------


def test_my_page_shows_offers_first_then_what_comes_then_what_was():
    who = person()
    offered, coming, waiting, past = (make.seats(1) for _ in range(4))
    first = make.enrolled(offered)
    make.enrolled(offered, who)
    actions.withdraw(enrolment=first)
    make.enrolled(coming, who)
    make.enrolled(waiting)
    make.enrolled(waiting, who)
    make.enrolled(past, who)
    days = timezone.localdate() - timedelta(days=3)
    type(past).objects.filter(pk=past.pk).update(starts_on=days, ends_on=days)
    said = words(signed_in(who).get("/le-mie-attivita/"))
    order = [said.index(activity.title) for activity in (offered, coming, waiting, past)]
    assert order == sorted(order)


def test_my_page_shows_nobody_else():
    activity = make.seats(1)
    make.enrolled(activity)
    said = words(signed_in(person()).get("/le-mie-attivita/"))
    assert activity.title not in said
    assert "Qui vedrai le tue attività" in said


def test_my_page_costs_the_same_for_one_and_for_three(django_assert_num_queries):
    who = person()
    client = signed_in(who)
    make.enrolled(make.seats(1), who)
    client.get("/le-mie-attivita/")
    with django_assert_num_queries(7) as first:
        client.get("/le-mie-attivita/")
    for _ in range(2):
        make.enrolled(make.seats(1), who)
    with django_assert_num_queries(len(first)):
        client.get("/le-mie-attivita/")
