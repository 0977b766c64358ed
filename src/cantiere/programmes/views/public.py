"""Programmes as everyone sees them."""

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from cantiere.foundation.accounts.http import Request
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.access import can, public, requires
from cantiere.foundation.core.once import once
from cantiere.foundation.notices import actions as notices
from cantiere.foundation.notices.models import Subscription
from cantiere.programmes import queries, structured
from cantiere.programmes.models import Programme

PER_PAGE = 12


@public
@require_safe
def programmes(request: Request) -> HttpResponse:
    """All public programmes with their line; ``?luogo=`` and ``?stato=`` narrow them."""
    places = queries.places_of_programmes()
    place = next((each for each in places if str(each.pk) == request.GET.get("luogo")), None)
    state = request.GET.get("stato", "")
    state = state if state in queries.STATES else ""
    found = queries.filter_by_place(Programme.objects.public(), place)
    found = queries.filter_by_state(found, state, timezone.localdate())
    page = Paginator(queries.programmes_with_outline(found), PER_PAGE).get_page(request.GET.get("pagina"))
    words = {
        "page": page,
        "places": places,
        "place": place,
        "state": state,
        "states": [(word, label) for word, (label, _condition) in queries.STATES.items()],
    }
    return render(request, "programmes/programmes.html", words)


@requires("programmes.see", Programme)
@require_safe
def programme(request: Request, programme: Programme) -> HttpResponse:
    """Where it is, what one can do now, what comes next, who is behind it; drafts only for the team."""
    works = can(request.person, "programmes.work", programme)
    view = queries.programme_view(programme, with_drafts=works and not programme.is_public)
    follows = Subscription.objects.follows(request.person, programme.topic) if request.person else False
    words: dict[str, Any] = {
        "programme": programme,
        "view": view,
        "works": works,
        "follows": follows,
        "rings": () if programme.cover_url else queries.rings_of(view.places),
        "structured": structured.programme(view) if programme.is_public else None,
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
            messages.success(request, gettext("You follow this programme: we write to you when there is news."))
        return programme.get_absolute_url()

    return once(request, act)
