"""Where the team prepares what is held on a day; a kind's own view asks its rule, then calls this."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cantiere.foundation.accounts.http import SignedIn
from cantiere.foundation.core.once import submit
from cantiere.programmes.forms import HeldEditor, HeldForm
from cantiere.programmes.forms.held import MORE
from cantiere.programmes.models import Held


def prepare_held(
    request: SignedIn,
    held: Held,
    own: type[HeldForm[Any]],
    keep: Callable[[dict[str, Any]], None],
    *,
    template: str,
    frame: Mapping[str, object],
) -> HttpResponse:
    """The row, the kind's words, its days, who may sign up, on one page; ``keep`` takes what is wanted."""
    row = held.activity
    if request.method == "POST" and MORE in request.POST:
        editor = HeldEditor.with_another_day(held, own, request.POST)
    elif request.method == "POST":
        editor = HeldEditor(held, own, request.POST)

        def act() -> str:
            keep(editor.wanted)
            messages.success(request, _("Saved."))
            return row.kind.edit_url(row)

        done = submit(request, editor, act)
        if done is not None:
            return done
    else:
        editor = HeldEditor(held, own)
    context = {"form": editor, "problems": row.kind.problems(row)}
    return render(request, template, context | dict(frame))
