"""Whoever looks at the demonstration, at whatever hour, finds the laboratory of today still to be run."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from cantiere.config.demonstration.laboratories import _ahead

ROME = ZoneInfo("Europe/Rome")
SIX = datetime(2026, 11, 29, 18, tzinfo=ROME)


@pytest.mark.parametrize(
    ("now", "begins"),
    [
        ((9, 30), (29, 18)),  # as planned
        ((18, 5), (29, 19)),  # in the next hour
        ((20, 59), (29, 21)),
        ((21, 0), (30, 18)),  # tomorrow
        ((23, 40), (30, 18)),
    ],
)
def test_the_laboratory_of_today_is_still_to_come(now, begins):
    with time_machine.travel(SIX.replace(hour=now[0], minute=now[1]), tick=False):
        day, hour = begins
        assert _ahead(SIX) == SIX.replace(day=day, hour=hour)
        for other in (SIX - timedelta(days=9), SIX + timedelta(days=9)):
            assert _ahead(other) == other
