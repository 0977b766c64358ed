"""Programmes as everyone sees them."""

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from cantiere.foundation.accounts.http import Request
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.access import can, public, requires
from cantiere.foundation.core.once import once
from cantiere.foundation.notices import actions as notices
from cantiere.foundation.notices.models import Subscription
from cantiere.foundation.places.models import Place
from cantiere.programmes import queries, structured
from cantiere.programmes.models import Programme
from cantiere.programmes.queries import ProgrammeView

PER_PAGE = 12


@public
@require_safe
def programmes(request: Request) -> HttpResponse:
    """All public programmes with their line; ``?luogo=`` and ``?stato=`` narrow them."""
    place = queries.place_asked(request.GET.get("luogo", ""))
    state = request.GET.get("stato", "")
    state = state if state in queries.STATES else ""
    number = request.GET.get("pagina", "")
    words = {
        "page": SimpleLazyObject(lambda: _page(place, state, number)),
        "number": number,
        "places": SimpleLazyObject(queries.places_of_programmes),
        "place": place,
        "state": state,
        "states": [(word, label) for word, (label, _condition) in queries.STATES.items()],
    }
    return render(request, "programmes/programmes.html", words)


def _page(place: Place | None, state: str, number: str) -> Page[Programme]:
    found = queries.filter_by_place(Programme.objects.public(), place)
    found = queries.filter_by_state(found, state, timezone.localdate())
    return Paginator(queries.programmes_with_outline(found), PER_PAGE).get_page(number)


@requires("programmes.see", Programme)
@require_safe
def programme(request: Request, programme: Programme) -> HttpResponse:
    """Where it is, what one can do now, what comes next, who is behind it; drafts only for the team."""
    works = can(request.person, "programmes.work", programme)
    view = cast(
        "ProgrammeView",
        SimpleLazyObject(
            lambda: queries.programme_view(
                programme, with_drafts=works and not programme.is_public, person=request.person
            )
        ),
    )
    words: dict[str, Any] = {
        "programme": programme,
        "view": view,
        "works": works,
        "follows": Subscription.objects.follows(request.person, programme.topic),
        "rings": SimpleLazyObject(lambda: queries.rings_of(view.places)),
        "structured": lambda: structured.programme(view),
    }
    return render(request, "programmes/programme.html", words)


@requires("programmes.follow", Programme)
@require_POST
def follow(request: Request, programme: Programme) -> HttpResponse:
    """Begin or stop hearing of a programme."""
    person = cast("Person", request.person)

    def act() -> str:
        if request.POST.get("follow") == "no":
            notices.unfollow(person=person, topic=programme.topic)
            messages.success(request, gettext("You no longer follow this programme."))
        else:
            notices.follow(person=person, topic=programme.topic)
            messages.success(request, gettext("You follow it: we write to you when there is news."))
        return programme.get_absolute_url()

    return once(request, act)
