import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import translation

from cantiere.foundation.ui import dates

ROME = ZoneInfo("Europe/Rome")
NOW = dt.datetime(2026, 6, 10, 9, 0, tzinfo=ROME)


@pytest.fixture(autouse=True)
def _wednesday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize(
    ("date", "words"),
    [
        (dt.date(2026, 6, 9), "ieri"),
        (dt.date(2026, 6, 10), "oggi"),
        (dt.date(2026, 6, 11), "domani"),
        (dt.date(2026, 6, 12), "venerdì 12 giugno"),
        (dt.date(2027, 1, 1), "venerdì 1 gennaio 2027"),
        (dt.date(2025, 6, 9), "lunedì 9 giugno 2025"),
    ],
)
def test_days_have_their_weekday_and_are_relative_only_when_near(date, words):
    assert dates.day(date) == words


def test_days_in_english():
    with translation.override("en"):
        assert dates.day(dt.date(2026, 6, 12)) == "Friday 12 June"


def test_a_day_late_in_utc_is_the_day_in_rome():
    assert dates.day(dt.datetime(2026, 6, 10, 22, 30, tzinfo=dt.UTC)) == "domani"


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [(18, 0, "oggi alle 18"), (18, 30, "oggi alle 18:30"), (1, 0, "oggi all’1"), (13, 5, "oggi alle 13:05")],
)
def test_moments_say_the_hour_as_people_do(hour, minute, words):
    assert dates.moment(NOW.replace(hour=hour, minute=minute)) == words


def test_spans_join_hours_of_a_day_and_days_of_a_week():
    start = dt.datetime(2026, 6, 12, 18, tzinfo=ROME)
    assert dates.span(start, start + dt.timedelta(hours=2)) == "venerdì 12 giugno dalle 18 alle 20"
    assert dates.span(start, start + dt.timedelta(days=2)) == "da venerdì 12 giugno a domenica 14 giugno"
    assert dates.span(start, None) == "venerdì 12 giugno alle 18"


def test_full_days_are_never_relative():
    assert dates.full_day(dt.date(2026, 6, 10)) == "mercoledì 10 giugno 2026"
