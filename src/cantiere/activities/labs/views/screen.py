"""What a hall reads, and what those read who write down or interpret: no account, a key from the desk."""

import json
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from cantiere.activities.labs import keys, queries
from cantiere.activities.labs.actions import room_of
from cantiere.activities.labs.live import NOTES, SCREEN
from cantiere.activities.labs.models import Lab
from cantiere.activities.labs.queries import tables
from cantiere.activities.labs.queries.halls import REHEARSE, RUN
from cantiere.activities.labs.questions import words
from cantiere.activities.labs.questions.asking import Asking
from cantiere.activities.labs.views.desk import chair_of
from cantiere.engine.square_code import square_code
from cantiere.foundation.accounts.http import Request, SignedIn
from cantiere.foundation.core.access import can, public, requires
from cantiere.foundation.core.limits import limited
from cantiere.foundation.live import tickets


def join_address(lab: Lab) -> str:
    """What the square says: the way in, with the code."""
    return f"{settings.URL}{reverse('labs:join', args=[lab.code])}"


def _opened(request: Request, key: str, view: str) -> Lab:
    """The laboratory of a key; whoever runs it needs none but the code."""
    if "-" not in key:
        lab = queries.lab_by_code(key.upper(), request.person)
        if lab is None or not can(request.person, "labs.run", lab):
            raise Http404
        return lab
    return keys.lab_of(key, view)


@public
@never_cache
@limited("screen")
@require_safe
def screen(request: Request, key: str) -> HttpResponse:
    """One thing at a time, in letters for the last row."""
    lab = _opened(request, key, keys.SCREEN)
    return _screen(request, lab, room_of(lab=lab).pk, RUN, reverse("labs:screen_ticket", args=[key]))


@requires("labs.run", Lab)
@never_cache
@require_safe
def desk_screen(request: SignedIn, lab: Lab, hall: str) -> HttpResponse:
    """The screen of a hall, for whoever leads there: so a rehearsal is seen as all will see it."""
    renew = reverse("labs:desk_view_ticket", kwargs={"lab": lab.activity.slug, "hall": hall, "view": SCREEN})
    return _screen(request, lab, chair_of(request, lab, hall).room, hall, renew)


def _screen(request: Request, lab: Lab, room: int, hall: str, renew: str) -> HttpResponse:
    context = _seen(lab, f"{SCREEN}-{lab.code}", SCREEN, room)
    spoken = words.spoken(words.PHONE, words.SCREEN, words.RESULTS)
    block = context["frame"]["block"]
    context |= {
        "renew": renew,
        "rehearsal": hall == REHEARSE,
        "words": json.dumps(spoken, ensure_ascii=False),
        "address": f"{settings.URL.partition('://')[2]}{reverse('labs:code')}",
        "asking": Asking(block, {}) if block and "asks" in block else None,
        "by_itself": "segui" in request.GET,
        "ground": queries.ground_of(lab),
        "leads": _leads(request, lab),
        "desk": reverse("labs:desk_act", args=[lab.activity.slug, hall, "go"]),
    }
    return render(request, "labs/screen/screen.html", context)


@requires("labs.run", Lab)
@never_cache
@require_safe
def desk_phone(request: SignedIn, lab: Lab, hall: str) -> HttpResponse:
    """What the first of those who came in has in their hand; for whoever leads, to look at only."""
    room = chair_of(request, lab, hall).room
    context = _seen(lab, f"{NOTES}-{lab.code}", NOTES, room)
    sight = queries.look(room, queries.first_here(room))
    block, mine = sight.frame["block"], sight.frame.get("mine")
    context |= {
        "frame": sight.frame,
        "renew": reverse(
            "labs:desk_view_ticket", kwargs={"lab": lab.activity.slug, "hall": hall, "view": NOTES}
        ),
        "asking": Asking(block, sight.own) if block and "asks" in block else None,
        "group": sight.own["group"],
        "areas": mine["areas"] if mine else (),
    }
    part = "labs/desk/_as_phone.html" if request.headers.get("X-In-Place") else "labs/desk/as_phone.html"
    return render(request, part, context)


@requires("labs.run", Lab)
@never_cache
@require_safe
def desk_view_ticket(request: SignedIn, lab: Lab, hall: str, view: str) -> HttpResponse:
    """Another ticket to look on, for whoever still leads."""
    room = chair_of(request, lab, hall).room
    return JsonResponse(
        {"ticket": tickets.issue(room=room, actor=f"{view}-{lab.code}", audience=view), "audience": view}
    )


def _seen(lab: Lab, actor: str, audience: str, room: int) -> dict[str, Any]:
    frame = queries.look(room, actor, audience).frame
    ticket = tickets.issue(room=room, actor=actor, audience=audience)
    return {
        "lab": lab,
        "room": room,
        "frame": frame,
        "ticket": ticket,
        "sight": json.dumps({"frame": frame, "audience": audience}),
    }


def _leads(request: Request, lab: Lab) -> str:
    """For whoever runs the laboratory the keyboard of the screen leads it too: the order of the blocks."""
    if not can(request.person, "labs.run", lab):
        return ""
    return json.dumps(list(lab.blocks.values_list("key", flat=True)))


@public
@never_cache
@require_safe
def screen_ticket(request: Request, key: str) -> HttpResponse:
    """Another ticket for the same key."""
    lab = _opened(request, key, keys.SCREEN)
    actor = f"{SCREEN}-{lab.code}"
    issued = tickets.issue(room=room_of(lab=lab).pk, actor=actor, audience=SCREEN)
    return JsonResponse({"ticket": issued, "audience": SCREEN})


@public
@require_safe
@cache_control(max_age=3600)
def way_in(request: Request, code: str) -> HttpResponse:
    """The way in as a square that a phone reads."""
    lab = queries.lab_by_code(code.upper(), request.person)
    if lab is None:
        raise Http404
    return HttpResponse(square_code(join_address(lab)), content_type="image/svg+xml")


@public
@never_cache
@limited("screen")
@require_safe
def notes(request: Request, key: str) -> HttpResponse:
    """All that is happening in plain words: for notes, subtitles, interpreting."""
    lab = _opened(request, key, keys.NOTES)
    context = _seen(lab, f"{NOTES}-{lab.code}", NOTES, room_of(lab=lab).pk)
    frame = context["frame"]
    block = frame["block"]
    context |= {
        "renew": reverse("labs:notes_ticket", args=[key]),
        "asking": Asking(block, {}) if block and "asks" in block else None,
        "standing": [Asking(each, {}) for each in frame["standing"]],
        "left": _left(frame),
        "boards": tables.beside(context["room"], frame["boards"]),
        "by_itself": "segui" in request.GET,
    }
    part = "labs/screen/_notes.html" if request.headers.get("X-In-Place") else "labs/screen/notes.html"
    return render(request, part, context)


def _left(frame: dict[str, Any]) -> int | None:
    """Whole minutes on the timer; ``None`` without one."""
    timer = frame["timer"]
    left = timer["left"] if timer["ends"] is None else max(timer["ends"] - frame["now"], 0)
    return None if left is None else -(-left // 60_000)


@public
@never_cache
@require_safe
def notes_ticket(request: Request, key: str) -> HttpResponse:
    """Another ticket for the same key."""
    lab = _opened(request, key, keys.NOTES)
    actor = f"{NOTES}-{lab.code}"
    issued = tickets.issue(room=room_of(lab=lab).pk, actor=actor, audience=NOTES)
    return JsonResponse({"ticket": issued, "audience": NOTES})


@requires("labs.run", Lab)
@require_safe
def open_screen(_request: Request, lab: Lab) -> HttpResponse:
    """From the desk to the screen, under the address that one may hand on."""
    return HttpResponseRedirect(reverse("labs:screen", args=[keys.key_of(lab, keys.SCREEN)]))


@requires("labs.run", Lab)
@require_safe
def open_notes(_request: Request, lab: Lab) -> HttpResponse:
    """From the desk to the view of whoever writes down, under the address that one may hand on."""
    return HttpResponseRedirect(reverse("labs:notes", args=[keys.key_of(lab, keys.NOTES)]))
