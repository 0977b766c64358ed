"""All records of a census: drafts are found again, published together, and then found by everyone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cantiere.activities.observatory.actions import take_back_record
from cantiere.activities.observatory.actions.publishing import publish_records
from cantiere.activities.observatory.models import CensusEntry, Record
from cantiere.foundation.core.jobs.worker import run_all
from cantiere.foundation.core.models import AuditEntry
from cantiere.foundation.search.models import Entry
from cantiere.programmes import actions as programmes
from tests.factories import census as answers
from tests.factories import observatory as make
from tests.factories.accounts import curator, form_key, person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def census():
    return make.census()


@pytest.fixture
def window(census):
    return signed_in(curator())


def page(window, census, query=""):
    answer = window.get(reverse("observatory:census_records", args=[census.slug]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def publish(window, census, **sent):
    address = reverse("observatory:records_publish", args=[census.slug])
    return window.post(address, form_key() | sent, follow=True)


def test_drafts_are_found_before_what_is_public(window, census):
    make.record(census, title="Già pubblica")
    make.record(census, title="Ancora in bozza", public=False)
    make.record(title="Di un altro censimento", public=False)
    shown = page(window, census)
    assert shown.index("Ancora in bozza") < shown.index("Già pubblica")
    assert "Di un altro censimento" not in shown
    assert "Già pubblica" not in page(window, census, "?stato=bozze")
    assert "Ancora in bozza" not in page(window, census, "?stato=pubbliche")
    assert "Ancora in bozza" in page(window, census, "?testo=BOZZÀ")
    assert "Nessuna scheda è così." in page(window, census, "?testo=niente")


def test_whoever_does_not_curate_sees_nothing_of_it(client, census):
    address = reverse("observatory:census_records", args=[census.slug])
    assert signed_in(person()).get(address).status_code == 404
    assert client.get(address).status_code == 404


def test_ticked_drafts_are_published_and_found_by_everyone(client, window, census):
    first, second, third = (make.record(census, title=f"Bozza {n}", public=False) for n in "abc")
    told = publish(window, census, scheda=[first.slug, second.slug])
    assert "2 schede ora sono pubbliche." in told.content.decode()
    assert set(Record.objects.public()) == {first, second}
    assert client.get(first.get_absolute_url()).status_code == 200
    run_all("maintenance")
    assert set(Entry.objects.filter(key__startswith="record:").values_list("key", flat=True)) == {
        f"record:{first.pk}", f"record:{second.pk}",
    }  # fmt: skip
    entry = AuditEntry.objects.get(verb="observatory.publish_records")
    assert entry.data == {"published": 2}
    assert not Record.objects.get(pk=third.pk).is_public


def test_all_drafts_that_were_found_are_published(window, census):
    for n in range(3):
        make.record(census, title=f"Orto {n}", public=False)
    make.record(census, title="Mercato", public=False)
    publish(window, census, trovate="1", testo="orti")
    assert Record.objects.public().count() == 3


def test_without_a_tick_nothing_happens_and_it_is_said(window, census):
    make.record(census, public=False)
    assert "Segna prima almeno una bozza." in publish(window, census).content.decode()
    assert not Record.objects.public().exists()


def test_what_waits_for_a_decision_is_decided_upon_in_its_answer(window, census):
    own = answers.census()
    entry, census = answers.sent(own), own.activity
    shown = page(window, census)
    assert reverse("observatory:entry_review", args=[entry.pk]) in shown
    assert 'name="scheda"' not in shown
    publish(window, census, trovate="1")
    publish(window, census, scheda=[entry.record.slug])
    assert CensusEntry.objects.get().state == CensusEntry.State.SUBMITTED
    assert not Record.objects.public().exists()


def test_drafts_of_another_census_are_never_published_here(census):
    elsewhere = make.record(public=False)
    assert publish_records(by=curator(), census=census, records=Record.objects.all()) == 0
    assert not Record.objects.get(pk=elsewhere.pk).is_public


def test_what_was_taken_back_before_the_index_was_made_is_not_found(census):
    made = make.record(census, public=False)
    who = curator()
    publish_records(by=who, census=census, records=Record.objects.all())
    take_back_record(by=who, record=Record.objects.get(pk=made.pk))
    run_all("maintenance")
    assert not Entry.objects.filter(key=f"record:{made.pk}").exists()


def test_a_record_by_hand_is_begun_from_here(window, census):
    assert reverse("observatory:record_add", args=[census.slug]) in page(window, census)


def test_queries_do_not_grow_with_records(window, census):
    def count():
        with CaptureQueriesContext(connection) as captured:
            page(window, census)
        return len(captured)

    make.record(census, public=False)
    few = count()
    for _n in range(4):
        make.record(census, public=False)
    assert count() == few


def test_records_follow_their_census_into_the_search_and_out_of_it():
    own = answers.census(public=False)
    census, who = own.activity, person()
    made = make.record(census, title="Il mulino ritrovato")

    def found():
        run_all("maintenance")
        return list(Entry.objects.filter(key__startswith="record:").values_list("key", flat=True))

    assert found() == []
    programmes.publish_activity(by=who, activity=census)
    assert found() == [f"record:{made.pk}"]
    programmes.withdraw_activity(by=who, activity=census)
    assert not Entry.objects.filter(key__startswith="record:").exists()
    assert found() == []
