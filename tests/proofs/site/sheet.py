"""A page with a board: the address says who looks at it, for nobody is anybody here."""

import base64
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import path

from cantiere.foundation.core.access import public
from cantiere.foundation.live import tickets
from cantiere.foundation.ui.boards import Area, BoardData, Written

AREAS = (
    Area("s", "Forze", "Che cosa funziona già?", 0, 0, 500, 500),
    Area("w", "Debolezze", "Che cosa ci manca?", 500, 0, 500, 500),
    Area("o", "Opportunità", "Che cosa può aiutarci?", 0, 500, 500, 500),
    Area("t", "Minacce", "Che cosa può andare storto?", 500, 500, 500, 500),
)
AUTHORS = {"by-a": "associazione", "by-b": "cittadina", "by-c": "Comune"}
PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="


class NoteForm(forms.Form):
    """The form of a page without script."""

    text = forms.CharField(label="La tua nota", max_length=500, widget=forms.Textarea)


def _ticket(request: HttpRequest, key: str) -> str:
    return tickets.issue(
        room=int(request.GET["room"]),
        actor=request.GET["who"],
        audience=f"group:{key}",
        lead="lead" in request.GET,
    )


@public
def board(request: HttpRequest, key: str) -> HttpResponseBase:
    """The page of a board, for ``?room=…&who=…&lead``."""
    data = BoardData(
        room=int(request.GET["room"]),
        key=key,
        ticket=_ticket(request, key),
        renew=f"{request.path}ticket/?{request.GET.urlencode()}",
        areas=AREAS,
        authors=AUTHORS,
        photo_url="/board-photos/{id}/",
        upload_url="/board-photos/",
        focus=request.GET.get("focus", ""),
        written=[
            Written("Forze", [("Persone", ["Molti volontari"])], ["La piazza"]),
            Written("Debolezze"),
        ],
        form=NoteForm(),
    )
    return render(request, "proof/board.html", {"board": data})


@public
def ticket(request: HttpRequest, key: str) -> HttpResponseBase:
    """A ticket anew."""
    return JsonResponse({"ticket": _ticket(request, key)})


@public
def photos(request: HttpRequest, **_ids: Any) -> HttpResponseBase:
    """Takes any photo, gives always the same."""
    if request.method == "POST":
        return JsonResponse({"photo": "foto1"}, status=200 if "photo" in request.FILES else 400)
    return HttpResponse(base64.b64decode(PICTURE), content_type="image/png")


urlpatterns = [
    path("boards/<key>/", board),
    path("boards/<key>/ticket/", ticket),
    path("board-photos/", photos),
    path("board-photos/<photo>/", photos),
]
