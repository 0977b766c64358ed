"""Days and hours in words: with the weekday, relative only within two days."""

import datetime as dt

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import get_language, gettext, pgettext


def _today() -> dt.date:
    return timezone.localdate()


def day(date: dt.date) -> str:
    """«venerdì 12 giugno», «oggi», «domani», «ieri»; with the year when it is not this one."""
    date = timezone.localtime(date).date() if isinstance(date, dt.datetime) else date
    today = _today()
    near = {-1: gettext("yesterday"), 0: gettext("today"), 1: gettext("tomorrow")}.get((date - today).days)
    return near or full_day(date, year=date.year != today.year)


def full_day(date: dt.date, *, year: bool = True) -> str:
    """The day in full, never relative: for records, minutes, mail and print."""
    pattern = pgettext("date format", "l j F Y") if year else pgettext("date format", "l j F")
    words = format_date(date, pattern)
    return words.lower() if get_language() == "it" else words


def hour(time: dt.time | dt.datetime) -> str:
    """«18» or «18:30»; English always writes the minutes."""
    if isinstance(time, dt.datetime):
        time = timezone.localtime(time).time()
    whole = time.minute == 0 and get_language() == "it"
    return str(time.hour) if whole else f"{time.hour}:{time.minute:02}"


def _at(hour_words: str) -> str:
    if get_language() == "it" and hour_words.partition(":")[0] == "1":
        return f"all’{hour_words}"
    return gettext("at %(hour)s") % {"hour": hour_words}


def moment(when: dt.datetime) -> str:
    """«venerdì 12 giugno alle 18», «oggi alle 18»."""
    return f"{day(when)} {_at(hour(when))}"


def span(start: dt.datetime, end: dt.datetime | None) -> str:
    """«oggi dalle 18 alle 20»; over several days «da venerdì 12 giugno a domenica 14 giugno»."""
    if end is None:
        return moment(start)
    if timezone.localtime(start).date() == timezone.localtime(end).date():
        words = {"day": day(start), "start": hour(start), "end": hour(end)}
        return gettext("%(day)s from %(start)s to %(end)s") % words
    return gettext("from %(start)s to %(end)s") % {"start": day(start), "end": day(end)}
