"""Template words of programmes."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html, format_html_join, json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from cantiere.foundation.ui import dates
from cantiere.programmes import additions, queries
from cantiere.programmes.models import Activity, Programme
from cantiere.programmes.queries import EnrolmentView, Standing, Stretch
from cantiere.programmes.queries import line as line_queries

register = template.Library()


@register.simple_tag(takes_context=True)
def enrolment_of(context: template.Context, activity: Activity) -> EnrolmentView | None:
    """``{% enrolment_of activity as enrolment %}``: seats, and where the reader stands."""
    return queries.enrolment_view(activity, context["request"].person)


@register.simple_tag
def standing_of(programme: Programme) -> Standing:
    """``{% standing_of programme as standing %}``: «In corso», «In pausa da …»."""
    return queries.standing_of(programme)


@register.inclusion_tag("programmes/_line.html")
def line(stretches: Sequence[Stretch], *, links: bool = False) -> dict[str, Any]:
    """``{% line view.line links=True %}``: the thread through the phases, with their activities as knots."""
    return {"stretches": stretches, "links": links}


@register.inclusion_tag("programmes/_line.html")
def line_of(programme: Programme) -> dict[str, Any]:
    """The thread of a programme that came with its outline (``queries.programmes_with_outline``)."""
    brought: Any = programme
    stretches = queries.line_of(
        programme, list(programme.phases.all()), brought.shown_activities, brought.bends
    )
    return {"stretches": stretches, "links": False}


@register.simple_tag
def programme_parts(programme: Programme) -> SafeString:
    """``{% programme_parts programme %}``: what upper rooms say of it, in their order."""
    drawn = []
    for part in additions.parts():
        told = part.read(programme)
        if told is not None:
            drawn.append((render_to_string(part.template, {"programme": programme, **told}),))
    return format_html_join("", "{}", drawn)


@register.simple_tag
def linked_data(said: dict[str, Any]) -> SafeString:
    """What search engines read (JSON-LD): a block of data, which no browser runs, escaped like any other."""
    block = json_script(said)
    return SafeString(block.replace("application/json", "application/ld+json", 1))


@register.filter
def said(day: date, pattern: str) -> str:
    """``{{ day|said:"F Y" }}``: «marzo 2019», as the language writes it."""
    return line_queries.said(timezone.localtime(day) if isinstance(day, datetime) else day, pattern)


@register.simple_tag
def full_span(start: datetime, end: datetime) -> SafeString:
    """«venerdì 12 giugno 2026 dalle 18 alle 20»: weekday and year, the same whenever it is read."""
    first, last = timezone.localtime(start).date(), timezone.localtime(end).date()
    words = {"day": dates.full_day(first), "start": dates.hour(start), "end": dates.hour(end)}
    if first == last:
        text = gettext("%(day)s from %(start)s to %(end)s") % words
    else:
        words |= {"last": dates.full_day(last)}
        text = gettext("from %(day)s at %(start)s to %(last)s at %(end)s") % words
    return format_html('<time datetime="{}">{}</time>', start.isoformat(timespec="minutes"), text)
