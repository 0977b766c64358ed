"""Terms in months and days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cantiere.engine.terms import after_months, planned_end


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2020, 2, 21), 6, date(2020, 8, 21)),
        (date(2020, 8, 31), 6, date(2021, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2020, 12, 1), 1, date(2021, 1, 1)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(2020, 5, 5), 0, date(2020, 5, 5)),
    ],
)
def test_months_end_on_the_same_date_or_the_last_of_the_month(start, months, end):
    assert after_months(start, months) == end


def test_passo_should_have_ended_three_days_before_its_stated_end():
    assert planned_end(date(2020, 2, 21), 6, 83) == date(2020, 11, 12)
    assert (date(2020, 11, 15) - planned_end(date(2020, 2, 21), 6, 83)).days == 3


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(0, 240))
def test_a_longer_term_never_ends_earlier(start, months):
    assert after_months(start, months) <= after_months(start, months + 1)
