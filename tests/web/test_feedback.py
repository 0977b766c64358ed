"""How clear pages are, and reports with their thirty days."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from cantiere.foundation.core.models import Mail
from cantiere.web import actions, tasks
from cantiere.web.models import Clarity, Report
from tests.factories import accounts, web

pytestmark = pytest.mark.django_db
KEY = "k" * 22


def test_rating_keeps_page_and_day_and_nothing_of_the_person(client):
    response = client.post(reverse("web:clarity"), {"page": "/calendario/", "rate": "4", "once": KEY})
    row = Clarity.objects.get()
    assert (row.page, row.rate, row.comment, row.day) == ("/calendario/", 4, "", timezone.localdate())
    assert response.status_code == 302
    assert response.url.startswith("/chiarezza/")


def test_rating_sent_twice_counts_once(client):
    for _time in range(2):
        client.post(reverse("web:clarity"), {"page": "/", "rate": "2", "once": KEY})
    assert Clarity.objects.count() == 1


def test_rating_outside_one_to_five_is_refused(client):
    client.post(reverse("web:clarity"), {"page": "/", "rate": "6", "once": KEY})
    assert Clarity.objects.count() == 0


def test_comment_belongs_to_its_rating_and_returns_to_the_page(client):
    address = client.post(reverse("web:clarity"), {"page": "/calendario/", "rate": "2", "once": KEY}).url
    response = client.post(address, {"comment": "Manca l'indirizzo", "once": "c" * 22})
    assert response.url == "/calendario/"
    assert Clarity.objects.get().comment == "Manca l'indirizzo"


def test_comment_never_leads_to_another_site(client):
    address = client.post(reverse("web:clarity"), {"page": "//altrove.example", "rate": "2", "once": KEY}).url
    assert client.post(address, {"comment": "x", "once": "c" * 22}).url == "/"


def test_comment_with_a_forged_token_is_not_found(client):
    assert client.get("/chiarezza/inventato/").status_code == 404


def test_comment_is_taken_once():
    row = actions.rate(page="/", value=3)
    actions.comment(clarity=row, text="prima")
    with pytest.raises(ValidationError):
        actions.comment(clarity=row, text="dopo")


def test_report_starts_thirty_days_and_tells_both_sides(client, settings):
    settings.CANTIERE_CONTACT = "ente@example.org"
    data = {"page": "/x/", "text": "Non riesco", "email": "a@example.org", "once": KEY}
    response = client.post(reverse("web:accessibility"), data, follow=True)
    row = Report.objects.get()
    assert (row.due_on - row.received_on).days == 30
    assert set(Mail.objects.values_list("to", flat=True)) == {"a@example.org", "ente@example.org"}
    assert row.due_on.strftime("%d/%m/%Y") in response.content.decode()


def test_report_without_address_says_what_is_missing_and_keeps_the_text(client):
    response = client.post(reverse("web:accessibility"), {"text": "Non riesco a iscrivermi", "once": KEY})
    assert "Non riesco a iscrivermi" in response.content.decode()
    assert Report.objects.count() == 0


def test_answer_stops_the_clock_and_is_mailed():
    row = web.report()
    actions.answer(by=accounts.person(), row=row, text="Ora **funziona**.")
    row.refresh_from_db()
    assert row.answered_on == timezone.localdate()
    assert (
        Mail.objects.filter(to=row.email, once=f"report-answered:{row.pk}").get().text.strip()
        == "Ora funziona."
    )


def test_reminder_comes_a_week_before_and_a_day_after_and_once():
    for days in (23, 31, 10):
        web.report(days_ago=days)
    before = Mail.objects.count()
    tasks.remind_of_reports.func()
    tasks.remind_of_reports.func()
    assert Mail.objects.count() == before + 2


def test_addresses_are_forgotten_a_year_after_the_answer():
    row = web.report()
    actions.answer(by=accounts.person(), row=row, text="Fatto")
    Report.objects.update(answered_on=timezone.localdate() - timedelta(days=366))
    tasks.forget_addresses.func()
    row.refresh_from_db()
    assert (row.email, row.text, row.answer) == ("", "", "")


def test_reports_are_for_administrators(client):
    row = web.report()
    for address in (reverse("web:reports"), reverse("web:report_answer", args=[row.pk])):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_report_list_costs_the_same_for_one_and_three(count, django_assert_max_num_queries):
    client = accounts.signed_in(accounts.administrator())
    for number in range(count):
        web.report(email=f"r{number}@example.org")
    with django_assert_max_num_queries(9):
        assert client.get(reverse("web:reports")).content.decode().count("/gestione/segnalazioni/") >= count
