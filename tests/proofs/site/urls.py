"""Addresses that write, guarded as every form is; one that writes a vote as a page without care would."""

import json
import secrets

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from cantiere.foundation.core import log
from cantiere.foundation.core.access import public
from cantiere.foundation.core.once import FIELD, once
from cantiere.foundation.live import tickets
from cantiere.foundation.live.models import LiveEvent
from cantiere.foundation.live.submit import NotTakenError, submit
from tests.proofs.site import sheet


@public
@csrf_exempt
def write(request: HttpRequest) -> HttpResponseBase:
    def act() -> str:
        person = get_user_model()(pk=0)
        log.record(by=None, verb="proof", target=person, key=request.POST[FIELD])
        return "/done/"

    return once(request, act)


@public
@csrf_exempt
def orm_vote(request: HttpRequest) -> HttpResponseBase:
    """A vote by the synchronous view one would write first: one row, one commit."""
    sent = json.loads(request.body)
    row = LiveEvent.objects.create(
        room_id=int(request.GET["room"]),
        seq=secrets.randbits(62),
        kind=sent["kind"],
        slot=sent["slot"],
        actor=request.GET["actor"],
        body=json.dumps(sent["body"]),
        at=0,
        key=bytes.fromhex(sent["key"]),
        digest=b"",
    )
    return JsonResponse({"seq": row.seq})


@public
@csrf_exempt
def form_vote(request: HttpRequest) -> HttpResponseBase:
    """A vote by a form, through the writer."""
    try:
        receipt = submit(
            room=int(request.POST["room"]),
            actor=request.POST["actor"],
            kind="vote",
            slot=request.POST["slot"],
            body={"choice": int(request.POST["choice"]), "n": int(request.POST.get("n", "0"))},
            key=request.POST[FIELD],
        )
    except NotTakenError as refused:
        return JsonResponse({"error": str(refused.outcome)}, status=409)
    return JsonResponse({"seq": receipt.seq, "at": receipt.at})


@public
def ticket(request: HttpRequest) -> HttpResponseBase:
    """A ticket anew, as a page gives it to who still may; here everybody may."""
    room, actor = int(request.GET["room"]), request.GET["actor"]
    return JsonResponse({"ticket": tickets.issue(room=room, actor=actor, audience="screen")})


urlpatterns = [
    path("write/", write),
    path("orm-vote/", orm_vote),
    path("form-vote/", form_vote),
    *sheet.urlpatterns,
    path("ticket/", ticket),
]
