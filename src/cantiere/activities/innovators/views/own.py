"""What innovators do from their secret link: tell, agree, change, say it is still right, leave."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cantiere.activities.innovators import actions, consent
from cantiere.activities.innovators.forms import OwnForm
from cantiere.activities.innovators.models import Innovator, OwnInnovator
from cantiere.foundation.accounts.http import Request, SignedIn
from cantiere.foundation.core.access import requires
from cantiere.foundation.core.limits import limited
from cantiere.foundation.core.once import submit
from cantiere.programmes.views.workspace.frame import attempt

State = Innovator.State


@requires("innovators.own", OwnInnovator)
@never_cache
@limited("upload")
def mine(request: Request, innovator: OwnInnovator) -> HttpResponse:
    """One's own entry: where it stands, what can be done now, what it says."""
    posted = request.method == "POST"
    words = consent.words(innovator.map)
    data, files = (request.POST, request.FILES) if posted else (None, None)
    form = OwnForm(data, files, row=innovator, words=words)
    later = "later" in request.POST

    def act() -> str:
        actions.save_profile(
            innovator=innovator, details=form.details, agrees=form.agrees_now and not later, words=words
        )
        messages.success(request, _said(innovator, agreed=form.agrees_now and not later))
        return reverse("innovators:mine", args=[innovator.key])

    if posted and form.is_valid() and "agrees" in form.fields and not (later or form.agrees_now):
        form.add_error("agrees", _("Tick the box if you agree. Otherwise save the entry for later."))
    done = submit(request, form, act) if posted else None
    context = {
        "innovator": innovator,
        "own": innovator.map,
        "activity": innovator.map.activity,
        "form": form,
        "runners": consent.runners(innovator.map),
        "by": _named(innovator),
    }
    return done or render(request, "innovators/mine.html", context)


def _said(innovator: Innovator, *, agreed: bool) -> str:
    if innovator.state in {State.PUBLISHED, State.STALE}:
        return _("Saved: it is on the map.")
    if agreed or innovator.consented_on is not None:
        return _("Thank you: the team reads the entry and writes to you.")
    return _("Saved. You can go on when you like, from the same link.")


def _named(innovator: Innovator) -> str:
    """Who nominated, if they agreed to be named."""
    row = innovator.nominations.filter(may_name=True, confirmed_on__isnull=False).first()
    return row.by_name if row is not None else ""


@requires("innovators.own", OwnInnovator)
@require_POST
def still_right(request: Request, innovator: OwnInnovator) -> HttpResponse:
    """One press: all is as it was."""
    page = reverse("innovators:mine", args=[innovator.key])

    def act() -> str:
        actions.still_right(innovator=innovator)
        messages.success(request, _("Thank you: your entry stays on the map."))
        return page

    return attempt(request, act, page)


@requires("innovators.own", OwnInnovator)
@never_cache
def leave(request: Request, innovator: OwnInnovator) -> HttpResponse:
    """Refuse or withdraw: asked once, done at once."""
    form = Form(request.POST if request.method == "POST" else None)
    own = innovator.map

    def act() -> str:
        actions.leave(innovator=innovator)
        messages.success(
            request, _("Done: we erased the entry and do not write to you any more about this map.")
        )
        return own.activity.get_absolute_url() if own.activity.is_public else "/"

    done = submit(request, form, act) if request.method == "POST" else None
    context = {"innovator": innovator, "own": own, "activity": own.activity, "form": form}
    return done or render(request, "innovators/leave.html", context)


@requires("accounts.own")
@require_safe
@never_cache
def entries(request: SignedIn) -> HttpResponse:
    """All entries of one's address, for who lost the link."""
    rows = (
        Innovator.objects.at(request.person.email).select_related(*Innovator.address_related).order_by("pk")
    )
    return render(request, "innovators/entries.html", {"rows": rows})
