"""Where the team writes what came out of something held; a kind's own view asks its rule, then calls this."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cantiere.foundation.accounts.http import SignedIn
from cantiere.foundation.core.once import submit
from cantiere.programmes import actions, queries
from cantiere.programmes.forms import MinutesForm
from cantiere.programmes.models import WithMinutes


def write_minutes(
    request: SignedIn,
    form: MinutesForm[Any],
    held: WithMinutes,
    *,
    may_publish: bool,
    take_back_url: str,
    frame: Mapping[str, object],
    template: str = "programmes/workspace/minutes.html",
) -> HttpResponse:
    """Write what came out; keep it, look at it, have it approved, publish it."""
    row = held.activity

    def act() -> str:
        actions.save_minutes(by=request.person, held=held, details=form.details)
        if "publish" in request.POST and may_publish:
            actions.publish_minutes(by=request.person, held=held)
            messages.success(request, _("Published. Those who had a seat and the followers are being told."))
            return row.get_absolute_url()
        if "hand_in" in request.POST:
            actions.hand_in_minutes(by=request.person, held=held)
            messages.success(request, _("Saved. Whoever may publish them is asked to approve them."))
            return request.path
        messages.success(request, _("Saved."))
        return f"{row.get_absolute_url()}#esito" if "look" in request.POST else request.path

    done = submit(request, form, act) if request.method == "POST" else None
    context = {
        "form": form,
        "held": held,
        "may_publish": may_publish,
        "turnout": queries.turnout(row),
        "take_back_url": take_back_url,
        "heading": _("Minutes"),
    }
    return done or render(request, template, context | dict(frame))


def take_minutes_back(
    request: SignedIn, held: WithMinutes, *, back: str, frame: Mapping[str, object]
) -> HttpResponse:
    """Ask, then make the minutes a draft again."""
    form = forms.Form(request.POST if request.method == "POST" else None)

    def act() -> str:
        actions.take_back_minutes(by=request.person, held=held)
        messages.success(request, _("The minutes are a draft again: only the team reads them."))
        return back

    done = submit(request, form, act) if request.method == "POST" else None
    context = {"form": form, "cancel_url": back, "heading": _("Make it a draft again?")}
    return done or render(request, "programmes/workspace/take_minutes_back.html", context | dict(frame))
