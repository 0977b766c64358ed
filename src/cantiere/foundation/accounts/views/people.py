"""Roles on the whole installation, for administrators; and answering an invitation."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cantiere.foundation.accounts import actions, invitations
from cantiere.foundation.accounts.forms import RoleForm
from cantiere.foundation.accounts.http import Request, SignedIn
from cantiere.foundation.accounts.models import Invitation, Person, PlatformRole
from cantiere.foundation.accounts.views.account import last_administrator
from cantiere.foundation.accounts.views.entrance import arrive
from cantiere.foundation.core.access import public, requires
from cantiere.foundation.core.once import once


@requires("accounts.manage")
@never_cache
def people(request: SignedIn) -> HttpResponse:
    """Who looks after the platform, and who was asked to."""
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wishes = form.cleaned_data

        def act() -> str:
            actions.grant(by=request.person, email=wishes["email"], role=PlatformRole.Role(wishes["role"]))
            messages.success(request, _("Done. We are writing to %(email)s.") % wishes)
            return reverse("accounts:people")

        return once(request, act)
    open_ones = Invitation.objects.open().filter(kind=actions.INVITED_AS).order_by("-sent_at")
    words = {
        "form": form,
        "roles": PlatformRole.objects.select_related("person").order_by("role", "person__name", "pk"),
        "invitations": [(PlatformRole.Role(one.target).label, one) for one in open_ones],
    }
    return TemplateResponse(request, "accounts/manage/people.html", words)


@requires("accounts.manage", PlatformRole)
@require_POST
def revoke(request: SignedIn, *, pk: PlatformRole) -> HttpResponse:
    """Take a role back."""

    def act() -> str:
        try:
            actions.revoke(by=request.person, role=pk)
            messages.success(request, _("The role is taken back."))
        except actions.LastAdministratorError:
            messages.error(request, last_administrator())
        return reverse("accounts:people")

    return once(request, act)


@requires("accounts.manage", Invitation)
@require_POST
def withdraw_invitation(request: SignedIn, *, pk: Invitation) -> HttpResponse:
    """Make the link of an invitation stop working."""

    def act() -> str:
        actions.withdraw_invitation(by=request.person, invitation=pk)
        messages.success(request, _("The invitation is withdrawn."))
        return reverse("accounts:people")

    return once(request, act)


@public
@never_cache
def invitation(request: Request, *, token: str) -> HttpResponse:
    """Answer an invitation; who has no account makes one on the way, the link having proven the address."""
    found = Invitation.objects.by_token(token)
    offer = invitations.offer(found.kind) if found else None
    what = offer.describe(found.target) if found and offer else ""
    if found is None or not what:
        return TemplateResponse(request, "accounts/invitation_gone.html", {}, status=404)
    mine = request.person is not None and request.person.email == found.email
    if request.method == "POST" and mine and request.person is not None:
        return _accept(request, request.person, found)
    if request.method == "POST" and request.person is None:
        return _come_in(request, found)
    words = {"invitation": found, "what": what, "mine": mine, "token": token}
    return TemplateResponse(request, "accounts/invitation.html", words)


def _accept(request: Request, person: Person, found: Invitation) -> HttpResponse:
    def act() -> str:
        goal = actions.accept(person=person, invitation=found)
        if goal is None:
            messages.error(request, _("This invitation no longer works."))
        else:
            messages.success(request, _("Thank you. You are in."))
        return goal or "/"

    return once(request, act)


def _come_in(request: Request, found: Invitation) -> HttpResponse:
    """Who has an account signs in by code as always: a link of two weeks does not open it."""
    if Person.objects.at(found.email):
        query = urlencode({"next": request.path, "e-mail": found.email})
        return redirect(f"{reverse('account_login')}?{query}")
    return arrive(request, found.email, request.path)
