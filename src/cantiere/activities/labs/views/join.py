"""Coming in: type the code or follow the square; one short page, one button."""

import contextlib
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.views.decorators.cache import never_cache

from cantiere.activities.labs import actions, codes, queries
from cantiere.activities.labs.forms.joining import CodeForm, JoinForm
from cantiere.activities.labs.models import Lab
from cantiere.activities.labs.views import device
from cantiere.activities.labs.views.phone import page_of
from cantiere.foundation.accounts.http import Request
from cantiere.foundation.core.access import public
from cantiere.foundation.core.limits import hit, limited, refusal
from cantiere.foundation.core.once import FIELD, submit
from cantiere.foundation.live.submit import NotTakenError
from cantiere.foundation.ui.policies import self_contained


@public
@never_cache
@limited("join")
def code(request: Request) -> HttpResponse:
    """Type the six signs."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        found = queries.lab_by_code(form.heard, request.person)
        if found is not None:
            return HttpResponseRedirect(reverse("labs:join", args=[found.code]))
        return _nobody(request, form)
    return render(request, "labs/join/code.html", {"form": form})


def _nobody(request: Request, form: CodeForm, status: int = 200) -> HttpResponse:
    """No laboratory has this code; who tries many must wait."""
    until = hit(request, "wrong-code")
    if until is not None:
        return refusal(request, until)
    form.refuse()
    return render(request, "labs/join/code.html", {"form": form}, status=status)


@public
@never_cache
@self_contained
@limited("join")
def join(request: Request, code: str) -> HttpResponse:
    """What will happen, what is asked and why, who sees it; then in."""
    lab = queries.lab_by_code(codes.heard(code), request.person)
    if lab is None:
        misread = CodeForm({"code": code[:40]})
        misread.full_clean()
        return _nobody(request, misread, 404)
    if device.held(request, lab) is not None:
        return HttpResponseRedirect(reverse("labs:now", args=[lab.code]))
    entrance = queries.entrance(lab, request.person)
    posted = request.method == "POST" and entrance.door == "open"
    sent = request.POST if posted else None
    form = JoinForm(sent, lab=lab, person=request.person, afar=entrance.afar)
    done = submit(request, form, lambda: _come_in(request, lab, form)) if posted else None
    if done is not None:
        return _admitted(request, lab, form, done) if done.status_code < 400 else done
    sign_in = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.path})}"
    words = {"form": form, "lab": lab, "entrance": entrance, "sign_in": sign_in}
    return render(request, "labs/join/join.html", words)


def _come_in(request: Request, lab: Lab, form: JoinForm) -> str:
    actions.join(lab=lab, person=request.person, code=form.cleaned_data["receipt"], details=form.details)
    return reverse("labs:now", args=[lab.code])


def _admitted(request: Request, lab: Lab, form: JoinForm, done: HttpResponse) -> HttpResponse:
    """The device is somebody now. A phone with script gets the next page in the same breath: one way less."""
    code = form.cleaned_data["receipt"]
    participant = queries.joined(lab, request.person, code)
    if participant is None:  # shown out between two sendings of the form
        return done
    with contextlib.suppress(NotTakenError):  # too many at once, or just ended: the page enters again
        actions.enter(lab=lab, participant=participant, key=request.POST[FIELD])
    if request.headers.get("X-In-Place"):
        done = page_of(request, lab, device.Held(participant, code))
        done["Content-Location"] = reverse("labs:now", args=[lab.code])
    device.hold(done, lab, participant, code)
    return done
