"""Template words of meetings."""

import datetime as dt

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from cantiere.foundation.ui import dates

register = template.Library()


@register.simple_tag
def full_span(start: dt.datetime, end: dt.datetime) -> SafeString:
    """«venerdì 12 giugno 2026 dalle 18 alle 20»: weekday and year, the same whenever it is read."""
    first, last = timezone.localtime(start).date(), timezone.localtime(end).date()
    words = {"day": dates.full_day(first), "start": dates.hour(start), "end": dates.hour(end)}
    if first == last:
        text = gettext("%(day)s from %(start)s to %(end)s") % words
    else:
        words |= {"last": dates.full_day(last)}
        text = gettext("from %(day)s at %(start)s to %(last)s at %(end)s") % words
    return format_html('<time datetime="{}">{}</time>', start.isoformat(timespec="minutes"), text)
