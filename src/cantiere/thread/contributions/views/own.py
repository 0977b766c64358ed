"""«Che ne è stato?»: one's own words, by the code of a receipt or by one's account."""

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cantiere.engine.square_code import square_code
from cantiere.foundation.accounts.http import Request, SignedIn
from cantiere.foundation.core.access import public, requires
from cantiere.foundation.core.limits import limited
from cantiere.foundation.core.once import submit
from cantiere.thread.contributions import actions, codes, queries
from cantiere.thread.contributions.forms import CodeForm, OwnTextForm
from cantiere.thread.contributions.models import Contribution
from cantiere.thread.contributions.views import held


def slip_address(code: str) -> str:
    """What the square code says: the fragment never reaches a server."""
    return f"{settings.URL}{reverse('contributions:find')}#{code}"


@public
@never_cache
@limited("receipt")
def find(request: Request) -> HttpResponse:
    """Type the code. A wrong one and an unknown one are answered alike; nothing is written."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if queries.receipt_of(form.heard) is not None:
            response = HttpResponseRedirect(reverse("contributions:receipt"))
            held.hold(response, form.heard)
            return response
        form.refuse()
    return render(request, "contributions/find.html", {"form": form, "holds": held.receipt_in(request)})


@public
@never_cache
@require_safe
def receipt(request: Request) -> HttpResponse:
    """All that was said in one visit, each with its line."""
    found = held.receipt_in(request)
    if found is None:
        return HttpResponseRedirect(reverse("contributions:find"))
    words = {"items": queries.held_by(found[0]), "code": codes.spoken(found[1]), "receipt": found[0]}
    return render(request, "contributions/receipt.html", words)


@public
@never_cache
@require_safe
def receipt_picture(request: Request) -> HttpResponse:
    """The code as a square that a phone reads."""
    found = held.receipt_in(request)
    if found is None:
        return HttpResponse(status=204)
    return HttpResponse(square_code(slip_address(found[1])), content_type="image/svg+xml")


@public
@require_POST
def close(request: Request) -> HttpResponse:
    """Leave no trace in this browser."""
    messages.success(request, _("Closed: the code is no longer in this browser."))
    response = HttpResponseRedirect(reverse("contributions:find"))
    held.let_go(response)
    return response


@requires("contributions.own")
@never_cache
@require_safe
def mine(request: SignedIn) -> HttpResponse:
    """What one said under one's name."""
    return render(request, "contributions/mine.html", {"items": queries.said_by(request.person)})


def _back(request: Request, contribution: Contribution) -> str:
    by_name = request.person is not None and contribution.person_id == request.person.pk
    return reverse("contributions:mine" if by_name else "contributions:receipt") + f"#c{contribution.pk}"


@public
@never_cache
def correct(request: Request, contribution: int) -> HttpResponse:
    """Say it better, as long as there is no answer."""
    row = held.own(request, contribution)
    back = _back(request, row)
    form = OwnTextForm(request.POST if request.method == "POST" else None, text=row.text)

    def act() -> str:
        changed = actions.correct(
            contribution=row, text=form.cleaned_data["text"], by=request.person if row.person_id else None
        )
        messages.success(request, _("Corrected.") if changed else _("Nothing changed."))
        return back

    done = submit(request, form, act) if request.method == "POST" else None
    words = {"form": form, "cancel_url": back, "row": row}
    return done or render(request, "contributions/correct.html", words)


@public
@never_cache
def withdraw(request: Request, contribution: int) -> HttpResponse:
    """Ask, then erase the words for good."""
    row = held.own(request, contribution)
    back = _back(request, row)
    form = Form(request.POST if request.method == "POST" else None)

    def act() -> str:
        actions.withdraw(contribution=row, by=request.person if row.person_id else None)
        messages.success(request, _("Taken back: your words are erased."))
        return back

    done = submit(request, form, act) if request.method == "POST" else None
    return done or render(
        request, "contributions/withdraw.html", {"form": form, "cancel_url": back, "row": row}
    )
