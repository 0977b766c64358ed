"""Where the team invites."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cantiere.activities.observatory.actions import invitations as actions
from cantiere.activities.observatory.forms.invitations import InvitationsForm
from cantiere.activities.observatory.models import Census, CensusInvitation
from cantiere.activities.observatory.queries import census as reading
from cantiere.activities.observatory.queries.queue import invitations_of
from cantiere.activities.observatory.views.frame import census_frame
from cantiere.foundation.accounts.http import SignedIn
from cantiere.foundation.core.access import requires
from cantiere.foundation.core.limits import limited
from cantiere.foundation.core.once import once, submit
from cantiere.foundation.ui.listing import page_of
from cantiere.programmes.models import Activity
from cantiere.programmes.views.workspace.frame import attempt, done

CONFIRM = "confirm"


def _list(activity: Activity) -> str:
    return reverse("observatory:census_invitations", args=[activity.slug])


@requires("observatory.edit_census", Census)
def census_invitations(request: SignedIn, census: Census) -> HttpResponse:
    """Who was invited and how far they have come."""
    activity = census.activity
    asked = request.GET.get("stato", "")
    context = {
        "census": census,
        "figures": reading.figures(activity),
        "may_send": reading.may_begin(activity),
        "page": page_of(invitations_of(activity, asked), request, 50),
        "states": CensusInvitation.State.choices,
        "asked": asked,
        "heading": _("Invitations"),
    }
    frame = census_frame(request.person, activity, "invitations", (_("Invitations"), ""))
    return render(request, "observatory/census/invitations.html", context | frame)


@limited("form")
@requires("observatory.edit_census", Census)
def invitations_add(request: SignedIn, census: Census) -> HttpResponse:
    """Write or upload a list, look at what was read, confirm."""
    activity = census.activity
    there = set(CensusInvitation.objects.filter(census=activity).values_list("email", "process"))
    posted = request.method == "POST"
    form = InvitationsForm(*([request.POST, request.FILES] if posted else []), census=census, there=there)
    valid = posted and form.is_valid()
    if valid and CONFIRM in request.POST and form.good:

        def act() -> str:
            made = actions.add_invitations(
                by=request.person, census=activity, sheet=form.chosen, rows=form.good
            )
            words = ngettext(
                "%(n)s invitation added. No letter has gone out yet.",
                "%(n)s invitations added. No letter has gone out yet.",
                made,
            )
            messages.success(request, words % {"n": made})
            return _list(activity)

        return once(request, act)
    if valid:  # shown again with all that was read, so that it can be mended here
        data = request.POST.copy()
        data["lines"] = form.cleaned_data["lines"]
        read, form = form, InvitationsForm(data, census=census, there=there)
        form.is_valid()
        form.read = read.read
    context = {"form": form, "census": census, "heading": _("Invite"), "preview": valid}
    way = [(_("Invitations"), _list(activity)), (_("Invite"), "")]
    frame = census_frame(request.person, activity, "invitations", *way)
    return render(request, "observatory/census/invitations_add.html", context | frame)


@limited("invite")
@requires("observatory.edit_census", Census)
@require_POST
def invitations_send(request: SignedIn, census: Census) -> HttpResponse:
    """Have the first letters written."""
    activity = census.activity

    def act() -> str:
        actions.send_all(by=request.person, census=activity)
        return done(request, _("The letters are on their way: it takes a few minutes."), _list(activity))

    return attempt(request, act, _list(activity))


@limited("invite")
@requires("observatory.edit_invitation", CensusInvitation)
@require_POST
def invitation_remind(request: SignedIn, invitation: CensusInvitation) -> HttpResponse:
    """Write to one of them now."""

    def act() -> str:
        actions.remind(by=request.person, invitation=invitation)
        words = _("We wrote to %(email)s.") % {"email": invitation.email}
        return done(request, words, _list(invitation.census))

    return attempt(request, act, _list(invitation.census))


@requires("observatory.edit_invitation", CensusInvitation)
def invitation_remove(request: SignedIn, invitation: CensusInvitation) -> HttpResponse:
    """Ask, then take an invitation back."""
    activity = invitation.census
    form = Form(request.POST if request.method == "POST" else None)

    def act() -> str:
        actions.remove_invitation(by=request.person, invitation=invitation)
        return done(request, _("The invitation is gone; its link leads nowhere."), _list(activity))

    sent = submit(request, form, act) if request.method == "POST" else None
    context = {
        "form": form,
        "heading": _("Take the invitation back?"),
        "lede": _("%(who)s can no longer answer with the link they have.") % {"who": invitation},
        "submit_label": _("Take the invitation back"),
        "submit_css": "btn-danger",
        "cancel_url": _list(activity),
    }
    way = [(_("Invitations"), _list(activity)), (_("Take back"), "")]
    frame = census_frame(request.person, activity, "invitations", *way)
    return sent or render(request, "programmes/workspace/activity_form.html", context | frame)
