"""The board of one's own table, by itself on a page; without script its notes, and a form that adds one."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from cantiere.activities.labs import actions, queries
from cantiere.activities.labs.forms.board import NoteForm
from cantiere.activities.labs.models import Lab
from cantiere.activities.labs.queries import Sight
from cantiere.activities.labs.questions import words
from cantiere.activities.labs.views.device import Held
from cantiere.activities.labs.views.phone import photo_address, ticket_of
from cantiere.activities.labs.views.taking_part import found
from cantiere.engine.board import BoardRight
from cantiere.engine.live import Reason, Refusal
from cantiere.foundation.accounts.http import Request
from cantiere.foundation.core.access import public
from cantiere.foundation.core.limits import limited
from cantiere.foundation.core.once import key_of
from cantiere.foundation.live.boards import actions as boards
from cantiere.foundation.live.boards import changes
from cantiere.foundation.live.boards import queries as written
from cantiere.foundation.ui.boards import Area, BoardData, Written


@public
@never_cache
@limited("live-form")
def board(request: Request, code: str) -> HttpResponse:
    """The board of the table one sits at; whoever sits at none is led back."""
    lab, held = found(request, code)
    if held is None:
        return HttpResponseRedirect(reverse("labs:join", args=[lab.code]))
    room, back = actions.room_of(lab=lab).pk, reverse("labs:now", args=[lab.code])
    sight = queries.look(room, held.participant.actor)
    mine = sight.frame.get("mine")
    right = queries.right_on(room, held.participant.actor, mine["board"]) if mine else None
    if mine is None or right is None:
        return HttpResponseRedirect(back)
    areas = [area for area in mine["areas"] if right.may_place(area["key"])]
    form = NoteForm(request.POST if request.method == "POST" else None, areas=areas)
    if request.method == "POST" and form.is_valid() and _added(request, room, mine["board"], right, form):
        return HttpResponseRedirect(request.path)
    data = _data(lab, held, sight, form if right.add else None)
    context = {"lab": lab, "board": data, "table": mine["name"], "back": back}
    return render(request, "labs/phone/board.html", context, status=422 if form.errors else 200)


def _added(request: Request, room: int, key: str, right: BoardRight, form: NoteForm) -> bool:
    """The key of the form names the note: sent twice, it is one note."""
    once = key_of(request.POST)
    note = changes.add_note(
        form.cleaned_data["text"], by=right.author, area=form.cleaned_data["area"], id=form.name_of(once)
    )
    if written.read(room, key).note(note.id) is not None:
        return True
    try:
        boards.edit(room=room, key=key, right=right, changes=[note])
    except boards.NotTakenError:
        form.add_error(None, words.sentence(Refusal(Reason.FORBIDDEN)))
        return False
    return True


def _data(lab: Lab, held: Held, sight: Sight, form: NoteForm | None) -> BoardData:
    mine: dict[str, Any] = sight.frame["mine"]
    room = lab.room_id
    if room is None:
        raise Http404
    content = written.read(room, mine["board"])
    texts = {
        area["key"]: [note.text for note in content.notes if note.area == area["key"]]
        for area in mine["areas"]
    }
    return BoardData(
        room=room,
        key=mine["board"],
        ticket=ticket_of(room, held, sight),
        renew=reverse("labs:ticket", args=[lab.code]),
        areas=[Area(**area) for area in mine["areas"]],
        photo_url=photo_address(lab),
        frozen=mine["frozen"],
        focus=mine["focus"],
        written=[Written(area["title"], (), texts[area["key"]]) for area in mine["areas"]],
        form=form,
        form_url=reverse("labs:board", args=[lab.code]),
    )
