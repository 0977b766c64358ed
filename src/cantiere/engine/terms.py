"""Terms in months and days, as Italian law counts them."""

import calendar
from datetime import date, timedelta


def after_months(start: date, months: int) -> date:
    """The day ``months`` after ``start``: the same date, or the month's last day where it has none.

    The first day is not counted (art. 2963 of the Civil Code).
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def planned_end(start: date, months: int, extra_days: int = 0) -> date:
    """When something that lasts so many months ends, with the days it was prolonged or suspended.

    PASSO: 21 February 2020, six months and 83 days give 12 November 2020.
    """
    return after_months(start, months) + timedelta(days=extra_days)
