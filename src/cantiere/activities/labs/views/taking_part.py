"""Taking part: the page in one's hand, its forms without script, its ticket."""

from typing import Any

from django.core.exceptions import SuspiciousOperation, ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cantiere.activities.labs import actions, codes, queries
from cantiere.activities.labs.models import Lab
from cantiere.activities.labs.questions import words
from cantiere.activities.labs.questions.answering import value_of
from cantiere.activities.labs.views import device
from cantiere.activities.labs.views.device import Held
from cantiere.activities.labs.views.phone import page_of, ticket_of
from cantiere.engine.live import Reason, Refusal
from cantiere.foundation.accounts.http import Request
from cantiere.foundation.core.access import public
from cantiere.foundation.core.limits import limited
from cantiere.foundation.core.once import key_of
from cantiere.foundation.live import tickets
from cantiere.foundation.live.submit import NotTakenError, submit


def found(request: Request, code: str) -> tuple[Lab, Held | None]:
    """The laboratory of a code, and whom this device takes part as."""
    lab = queries.lab_by_code(codes.heard(code), request.person)
    if lab is None:
        raise Http404
    return lab, device.held(request, lab)


@public
@never_cache
@require_safe
def now(request: Request, code: str) -> HttpResponse:
    """What is asked of somebody at this moment; who has not come in is led to the entrance."""
    lab, held = found(request, code)
    if held is None:
        return HttpResponseRedirect(reverse("labs:join", args=[lab.code]))
    return page_of(request, lab, held)


@public
@never_cache
@require_safe
def ticket(request: Request, code: str) -> HttpResponse:
    """A new ticket for who still takes part, after a long sleep or a new place."""
    lab, held = found(request, code)
    if held is None:
        raise Http404
    room = actions.room_of(lab=lab).pk
    sight = queries.look(room, held.participant.actor)
    if sight.out:
        raise Http404
    return JsonResponse(
        {"ticket": ticket_of(room, held, sight), "audience": sight.audience, "own": sight.own}
    )


@public
@never_cache
@require_safe
def table(request: Request, code: str) -> HttpResponse:
    """Where somebody's own group meets by video; nobody reads the address of another one."""
    lab, held = found(request, code)
    if held is None:
        raise Http404
    sight = queries.look(actions.room_of(lab=lab).pk, held.participant.actor)
    return JsonResponse({"group": sight.own["group"], "link": queries.link_of(lab, sight.own["group"])})


@public
@require_POST
@limited("live-form")
def give(request: Request, code: str) -> HttpResponse:
    """Everything that one may do without script: answer, take back, raise, sit down, call for help."""
    lab, held = found(request, code)
    if held is None:
        return HttpResponseRedirect(reverse("labs:join", args=[lab.code]))
    sent = request.POST
    try:
        _give(lab, held, sent)
    except NotTakenError as refused:
        return page_of(request, lab, held, sent=sent, error=words.sentence(refused.outcome))
    except ValidationError as wrong:
        said = " ".join(filter(None, wrong.messages))
        why = words.sentence(Refusal(Reason.WRONG, detail="not_a_position"))
        return page_of(request, lab, held, sent=sent, error=said or why)
    return HttpResponseRedirect(f"{reverse('labs:now', args=[lab.code])}#fatto")


def _give(lab: Lab, held: Held, sent: QueryDict) -> None:
    room, actor, kind = actions.room_of(lab=lab).pk, held.participant.actor, sent.get("kind", "")
    key = key_of(sent)
    slot = sent.get("slot", "")
    body = _answer(room, held, slot, sent) if kind == "answer" else _body(kind, sent)
    try:
        submit(room=room, actor=actor, kind=kind, slot=slot, body=body, key=key)
    except ValueError as wrong:
        raise SuspiciousOperation("No event.") from wrong


def _answer(room: int, held: Held, slot: str, sent: QueryDict) -> dict[str, Any]:
    """The last word counts, by the clock of the server; a name stands beside words only where it is asked."""
    frame = queries.look(room, held.participant.actor).frame
    asked = next(
        (each for each in (frame["block"], *frame["standing"]) if each and each["key"] == slot), None
    )
    if asked is None or "asks" not in asked:
        raise NotTakenError(Refusal(Reason.WRONG, detail="block"))
    body = {"value": value_of(asked, sent), "n": tickets.now()}
    if turn := sent.get("turn", ""):
        body["turn"] = _number(turn)
    return body | {"name": sent.get("name", "").strip()} if asked["named"] else body


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 16 else 0


def _body(kind: str, sent: QueryDict) -> dict[str, Any]:
    on, number = sent.get("on", "yes") == "yes", _number(sent.get("ref", ""))
    bodies: dict[str, dict[str, Any]] = {
        "take": {"ref": number},
        "up": {"ref": number, "on": on},
        "sit": {"group": sent.get("group", "")},
        "help": {"on": on},
    }
    if kind not in bodies:
        raise SuspiciousOperation("Nothing one can do.")
    return bodies[kind]
