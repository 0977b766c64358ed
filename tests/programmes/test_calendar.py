"""The calendar page."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.factories import places
from tests.factories import programmes as make

pytestmark = pytest.mark.django_db
ROME = ZoneInfo("Europe/Rome")
CALENDAR = "/calendario/"


def at(day, hour=18, month=6):
    return datetime(2026, month, day, hour, tzinfo=ROME)


@pytest.fixture(autouse=True)
def june():
    with time_machine.travel(at(10, 9)):
        yield


def held(starts, title="Assemblea", of=None, **fields):
    activity = make.activity(of or make.programme(), title, kind="page", **fields)
    make.appointment(activity, starts)
    return activity


def page(address=CALENDAR):
    response = Client().get(address)
    assert response.status_code == 200
    return response.content.decode()


def shown(html):
    return re.findall(r'class="agenda-what"><a[^>]*>([^<]+)', html)


def test_a_month_lists_its_days_in_order():
    held(at(20), "Dopo")
    held(at(12), "Prima")
    held(at(2, month=7), "Luglio")
    html = page()
    assert shown(html) == ["Prima", "Dopo"]
    assert re.findall(r'<time datetime="([\d-]+)"><span class="agenda-number">(\d+)', html) == [
        ("2026-06-12", "12"),
        ("2026-06-20", "20"),
    ]
    assert shown(page(f"{CALENDAR}?mese=2026-07")) == ["Luglio"]


def test_the_months_before_and_after_are_links_that_keep_the_question():
    made = held(at(12)).programme
    html = page(f"{CALENDAR}?programma={made.slug}")
    links = re.findall(r'href="\?([^"]+)"\s+rel="(prev|next)"', html.replace("&amp;", "&"))
    assert links == [
        (f"programma={made.slug}&mese=2026-05", "prev"),
        (f"programma={made.slug}&mese=2026-07", "next"),
    ]


@pytest.mark.parametrize("month", ["2026-13", "giugno", "9999-99", "0001-01", "2026-06-01", ""])
def test_a_month_that_is_none_is_this_month(month):
    held(at(12))
    assert shown(page(f"{CALENDAR}?mese={month}")) == ["Assemblea"]


def test_the_first_hour_of_a_month_belongs_to_it():
    held(at(1, 0, month=7), "Mezzanotte")
    assert shown(page()) == []
    assert shown(page(f"{CALENDAR}?mese=2026-07")) == ["Mezzanotte"]


def test_what_began_in_the_month_before_stands_on_the_first_day():
    activity = make.activity(make.programme(), "Festival", kind="page")
    make.appointment(activity, at(28, month=5), ends=at(3))
    html = page()
    assert shown(html) == ["Festival"]
    assert 'datetime="2026-06-01"' in html


def test_drafts_are_not_in_the_calendar():
    held(at(12), public=False)
    held(at(12), of=make.programme(public=False))
    assert shown(page()) == []


def test_a_cancelled_meeting_stays_and_says_so():
    activity = held(at(12))
    type(activity).objects.filter(pk=activity.pk).update(cancelled_on=timezone.localdate())
    html = page()
    assert shown(html) == ["Assemblea"]
    assert "Annullat" in html


def test_the_calendar_narrows_by_programme_and_territory():
    known = places.loaded()
    near, far = make.programme(), make.programme()
    near.places.add(known["036002"])
    far.places.add(known["052032"])
    held(at(12), "Vicino", of=near)
    held(at(13), "Lontano", of=far)
    assert shown(page(f"{CALENDAR}?programma={far.slug}")) == ["Lontano"]
    assert shown(page(f"{CALENDAR}?luogo={known['036002'].parent_id}")) == ["Vicino"]
    assert shown(page(f"{CALENDAR}?programma=non-esiste")) == ["Vicino", "Lontano"]


def test_an_empty_month_says_what_is_next():
    held(at(4, month=9), "Settembre")
    html = page(f"{CALENDAR}?mese=2026-07")
    assert "In questo mese non c’è nulla" in html
    assert "Settembre" in html
    assert "mese=2026-09" in html


def test_an_empty_calendar_shows_the_way_to_the_programmes():
    assert "Guarda i programmi" in page()


def test_the_calendar_costs_the_same_for_one_and_for_three(django_assert_num_queries):
    client = Client()
    for number in range(3):
        made = make.programme()
        made.places.add(places.place())
        held(at(12 + number), of=made, place=places.place())
        if number in {0, 2}:
            with django_assert_num_queries(3):
                client.get(CALENDAR)


def test_a_link_to_connect_is_never_on_the_page():
    activity = make.activity(make.programme(), kind="page")
    make.appointment(activity, at(12) + timedelta(hours=1), link="https://video.example.org/stanza")
    assert "video.example.org" not in page()
