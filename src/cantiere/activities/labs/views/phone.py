"""The page in somebody's hand: what is asked now, and nothing else."""

import json
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from cantiere.activities.labs import queries
from cantiere.activities.labs.actions import room_of
from cantiere.activities.labs.models import Lab
from cantiere.activities.labs.queries import Sight
from cantiere.activities.labs.questions import words
from cantiere.activities.labs.questions.asking import Asking
from cantiere.activities.labs.views.device import Held
from cantiere.foundation.accounts.http import Request
from cantiere.foundation.live import tickets
from cantiere.thread.contributions import codes

WHICH = "quale"  # photo, in an address


def page_of(
    request: Request, lab: Lab, held: Held, *, sent: QueryDict | None = None, error: str = ""
) -> HttpResponse:
    """The whole page; ``sent`` is a form that was refused for the reason ``error``."""
    room = room_of(lab=lab).pk
    sight = queries.look(room, held.participant.actor)
    if sight.out:
        return render(request, "labs/phone/out.html", {"lab": lab}, status=403)
    slot = sent.get("slot", "") if sent is not None else ""

    def asking(asked: dict[str, Any]) -> Asking:
        return Asking(asked, sight.own, sent if asked["key"] == slot else None)

    frame = sight.frame
    block = frame["block"]
    mine = frame.get("mine")
    may_refresh = not (error or frame["standing"] or (block and "asks" in block))
    told = {"frame": frame, "own": sight.own, "audience": sight.audience, "online": held.participant.online}
    context = {
        "lab": lab,
        "held": held,
        "frame": frame,
        "asking": asking(block) if block and "asks" in block else None,
        "standing": [asking(each) for each in frame["standing"]],
        "group": sight.own["group"],
        "link": queries.link_of(lab, mine["key"]) if mine else "",
        "may_refresh": may_refresh,
        "by_itself": may_refresh and "segui" in request.GET,
        "boards": sight.boards,
        "ground": queries.ground_of(lab),
        "error": error,
        "error_slot": slot,
        "receipt": codes.spoken(held.code) if held.code else "",
        "ticket": ticket_of(room, held, sight),
        "room": room,
        "sight": json.dumps(told),
        "words": json.dumps(words.spoken(words.PHONE, words.RESULTS), ensure_ascii=False),
        "sign": held.participant.name,
        "now_url": reverse("labs:now", args=[lab.code]),
        "photo_url": photo_address(lab),
    }
    return render(request, "labs/phone/now.html", context, status=422 if error else 200)


def ticket_of(room: int, held: Held, sight: Sight) -> str:
    """A ticket for where somebody belongs now."""
    return tickets.issue(room=room, actor=held.participant.actor, audience=sight.audience)


def photo_address(lab: Lab) -> str:
    """Where a board finds a photo: ``{id}`` stands for which."""
    return f"{reverse('labs:photo', args=[lab.code])}?{WHICH}={{id}}"
