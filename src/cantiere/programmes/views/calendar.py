"""The calendar page, and the feeds that calendars of phones read."""

import hashlib
from datetime import date, datetime, timedelta
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cantiere.foundation.accounts.http import Request, SignedIn
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.access import public, requires
from cantiere.foundation.core.limits import limited
from cantiere.foundation.core.once import once
from cantiere.programmes import actions, feeds, queries
from cantiere.programmes.models import Programme


@public
@require_safe
def calendar(request: Request) -> HttpResponse:
    """A month of appointments; ``?mese=2026-06``, ``?programma=`` and ``?luogo=`` choose which."""
    now = timezone.now()
    asked = request.GET.get("programma", "")
    programme = queries.programmes_with_appointments().filter(slug=asked).first() if asked else None
    place = queries.place_asked(request.GET.get("luogo", ""))
    month = _month(request.GET.get("mese", "")) or timezone.localdate().replace(day=1)
    words = {
        "month": month,
        "before": (month - timedelta(days=1)).replace(day=1),
        "after": (month + timedelta(days=31)).replace(day=1),
        "agenda": SimpleLazyObject(lambda: queries.agenda(month, programme=programme, place=place, now=now)),
        "programmes": queries.programmes_with_appointments(),
        "programme": programme,
        "places": SimpleLazyObject(queries.places_of_programmes),
        "place": place,
        "today": timezone.localdate(),
        "now": now,
    }
    return render(request, "programmes/calendar.html", words)


@public
@require_safe
@limited("feed")
def feed(request: HttpRequest) -> HttpResponseBase:
    """All public appointments."""
    rows = queries.public_appointments().filter(ends__gte=timezone.now() - queries.KEPT)
    entries = [feeds.Entry(row) for row in rows]
    return _answer(request, feeds.calendar(gettext("Participation calendar"), entries), "calendario.ics")


@requires("programmes.see", Programme)
@require_safe
@limited("feed")
def programme_feed(request: HttpRequest, programme: Programme) -> HttpResponseBase:
    """The public appointments of one programme."""
    rows = queries.appointments_of(programme).filter(ends__gte=timezone.now() - queries.KEPT)
    entries = [feeds.Entry(row) for row in rows]
    return _answer(request, feeds.calendar(programme.title, entries), f"{programme.slug}.ics")


@public
@require_safe
@limited("feed")
def own_feed(request: HttpRequest, key: str) -> HttpResponseBase:
    """What the owner of this secret address has a seat for, and where to connect; offers are tentative."""
    person = Person.objects.filter(feed_key=key, is_active=True).first()
    if person is None:
        raise Http404
    with override(person.language):
        rows = queries.own_appointments(person, timezone.now() - queries.KEPT)
        entries = [feeds.Entry(row, enrolment) for row, enrolment in rows]
        response = _answer(request, feeds.calendar(gettext("My activities"), entries), "le-mie-attivita.ics")
    response["Cache-Control"] = "private, max-age=900"
    return response


@requires("accounts.own")
@require_POST
@never_cache
def renew_feed(request: SignedIn) -> HttpResponse:
    """Make a secret address for one's own calendar, or a new one in its place."""

    def act() -> str:
        replaced = request.person.feed_key is not None
        actions.renew_feed_key(person=request.person)
        done = (
            gettext("Here is the new address. The one before no longer works.")
            if replaced
            else gettext("Here is the address of your calendar.")
        )
        messages.success(request, done)
        return f"{reverse('programmes:mine')}#calendario"

    return once(request, act)


def _month(words: str) -> date | None:
    try:
        found = datetime.strptime(words, "%Y-%m").date()  # noqa: DTZ007 (a month has no time zone)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None


def _answer(request: HttpRequest, made: feeds.Feed, name: str) -> HttpResponseBase:
    """The feed, or «not modified» to who has it already."""
    tag = quote_etag(hashlib.sha256(made.content).hexdigest()[:32])
    changed = int(made.changed_at.timestamp()) if made.changed_at else None
    response = HttpResponse(made.content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "public, max-age=900"
    response["ETag"] = tag
    if changed is not None:
        response["Last-Modified"] = http_date(changed)
    patch_vary_headers(response, ["Accept-Language"])
    return cast("HttpResponseBase", get_conditional_response(request, tag, changed, response))
