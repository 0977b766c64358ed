"""The desk: where a laboratory is led from, and where it is rehearsed. Wholly usable without script."""

from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cantiere.activities.labs.actions import Chair, leading, rehearsing
from cantiere.activities.labs.live import DESK
from cantiere.activities.labs.models import Lab
from cantiere.activities.labs.queries import desk as queries
from cantiere.activities.labs.queries.halls import REHEARSE, RUN, room_in
from cantiere.activities.labs.views.acts import ACTS
from cantiere.activities.labs.views.frame import lab_frame
from cantiere.foundation.accounts.http import SignedIn
from cantiere.foundation.core.access import requires
from cantiere.foundation.core.once import FIELD, key_of
from cantiere.foundation.live import tickets
from cantiere.foundation.live.questions import BusyError

PEOPLE = 24  # in a rehearsal, unless told otherwise


def chair_of(request: SignedIn, lab: Lab, hall: str) -> Chair:
    """The chair of whoever asks, in a hall where something was begun; else there is no such page."""
    room = room_in(lab, hall)
    if room is None:
        raise Http404
    return Chair(lab, room, request.person, request.POST.get(FIELD, ""), rehearsal=hall == REHEARSE)


def here(lab: Lab, hall: str) -> str:
    """The address of the desk."""
    return reverse("labs:desk", kwargs={"lab": lab.activity.slug, "hall": hall})


@requires("labs.run", Lab)
@never_cache
def desk(request: SignedIn, lab: Lab, hall: str) -> HttpResponse:
    """The desk of a hall; before anything was begun there, how to begin."""
    if room_in(lab, hall) is None:
        blocks = list(lab.blocks.all())
        context = {
            "lab": lab, "hall": hall, "blocks": blocks, "groups": lab.groups.count(), "people": PEOPLE,
            "minutes": sum(block.minutes for block in blocks), "most_people": rehearsing.MOST_PEOPLE,
        }  # fmt: skip
        frame = lab_frame(request.person, lab, "lead", (_("Desk"), ""))
        return render(request, "labs/desk/before.html", frame | context)
    chair = chair_of(request, lab, hall)
    context = at_the_desk(request, chair, hall)
    part = "labs/desk/_desk.html" if request.headers.get("HX-Request") else "labs/desk/desk.html"
    return render(request, part, context)


def at_the_desk(request: SignedIn, chair: Chair, hall: str) -> dict[str, Any]:
    """The state of the room, and a ticket to hear when it changes."""
    try:
        seen = queries.look_at(chair.lab, hall, chair.room, _leafed(request))
    except BusyError:
        raise Http404 from None
    return {
        "lab": chair.lab,
        "hall": hall,
        "desk": seen,
        "here": request.get_full_path(),
        "ticket": _ticket(chair),
    }


def _leafed(request: SignedIn) -> tuple[str, int]:
    begins = request.GET.get("da", "")
    few = begins.isascii() and begins.isdecimal() and len(begins) < 6
    return request.GET.get("idee", ""), int(begins) if few else 0


def _ticket(chair: Chair) -> str:
    """To listen with, never to lead: at every press of a button it is asked anew who may."""
    return tickets.issue(room=chair.room, actor=chair.actor, audience=DESK)


@requires("labs.run", Lab)
@never_cache
def desk_ticket(request: SignedIn, lab: Lab, hall: str) -> HttpResponse:
    """Another ticket for whoever still leads."""
    return JsonResponse({"ticket": _ticket(chair_of(request, lab, hall)), "audience": DESK})


@requires("labs.run", Lab)
@require_POST
def desk_act(request: SignedIn, lab: Lab, hall: str, act: str) -> HttpResponse:
    """Do what a button asks, once, then show the page it stood on; a refusal is told there."""
    chair = chair_of(request, lab, hall)
    key_of(request.POST)
    said = request.POST.copy()
    for name, values in request.GET.lists():
        said.setlist(name, values)
    try:
        told = ACTS[act](chair, said)
        if told:
            messages.success(request, told)
    except ValidationError as refused:
        for message in refused.messages:
            messages.error(request, message)
    return HttpResponseRedirect(_page_before(request, here(lab, hall)))


def _page_before(request: SignedIn, desk_url: str) -> str:
    """The page of this laboratory the button stood on, or the desk."""
    back = request.POST.get("back", "")
    allowed = url_has_allowed_host_and_scheme(back, None) and not urlsplit(back).netloc
    return back if allowed and back.startswith("/gestione/laboratori/") else desk_url


@requires("labs.run", Lab)
@require_POST
def desk_start(request: SignedIn, lab: Lab, hall: str) -> HttpResponse:
    """Begin the laboratory, or a rehearsal."""
    key = key_of(request.POST)
    try:
        if hall == RUN:
            leading.start(lab=lab, by=request.person, key=key)
        else:
            people = request.POST.get("people", "")
            number = int(people) if people.isascii() and people.isdecimal() and len(people) < 5 else PEOPLE
            rehearsing.rehearse(lab=lab, by=request.person, key=key, people=number)
    except ValidationError as refused:
        for message in refused.messages:
            messages.error(request, message)
    return HttpResponseRedirect(here(lab, hall))


@requires("labs.run", Lab)
def desk_close(request: SignedIn, lab: Lab, hall: str) -> HttpResponse:
    """Ask, then end the laboratory for good; a rehearsal is thrown away."""
    chair = chair_of(request, lab, hall)
    if request.method == "POST":
        key_of(request.POST)
        if chair.rehearsal:
            rehearsing.throw_away(lab=lab)
            return HttpResponseRedirect(here(lab, RUN))
        leading.close_down(chair=chair)
        return HttpResponseRedirect(here(lab, hall))
    return render(request, "labs/desk/close.html", at_the_desk(request, chair, hall))
