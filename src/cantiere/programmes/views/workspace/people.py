"""Partners in public, the team in the workspace."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cantiere.foundation.accounts.http import SignedIn
from cantiere.foundation.accounts.models import Invitation
from cantiere.foundation.core.access import requires
from cantiere.foundation.core.once import submit
from cantiere.foundation.organisations import actions as organisations
from cantiere.programmes import actions, invitations
from cantiere.programmes.forms import MemberForm, NewMemberForm, PartnerForm
from cantiere.programmes.models import Partnership, Programme, TeamMember
from cantiere.programmes.views.workspace.frame import Asked, ask_first, attempt, done, frame


def _partner_details(request: SignedIn, form: PartnerForm) -> dict[str, object]:
    organisation = form.found or organisations.create(by=request.person, **form.new_organisation)
    return {**form.cleaned_data, "organisation": organisation}


@requires("programmes.edit", Programme)
def partners(request: SignedIn, *, programme: Programme) -> HttpResponse:
    """Who is behind the programme, and one more."""
    form = PartnerForm(request.POST or None, programme=programme)
    address = reverse("programmes:partners", args=[programme.slug])

    def act() -> str:
        actions.add_partner(by=request.person, programme=programme, details=_partner_details(request, form))
        return done(request, _("Added."), address)

    if request.method == "POST":
        taken = submit(request, form, act)
        if taken is not None:
            return taken
    words = {
        **frame(request.person, programme, "partners", (_("Partners"), "")),
        "form": form,
        "partnerships": programme.partnerships.select_related("organisation__place__parent"),
    }
    return TemplateResponse(request, "programmes/workspace/partners.html", words)


@requires("programmes.edit_part", Partnership)
def partner(request: SignedIn, *, partnership: Partnership) -> HttpResponse:
    """The role of a partner, and what it does."""
    programme = partnership.programme
    form = PartnerForm(request.POST or None, programme=programme, partnership=partnership)
    address = reverse("programmes:partners", args=[programme.slug])

    def act() -> str:
        details = _partner_details(request, form)
        actions.edit_partner(by=request.person, partnership=partnership, details=details)
        return done(request, _("Saved."), address)

    if request.method == "POST":
        taken = submit(request, form, act)
        if taken is not None:
            return taken
    heading = _("Edit the partner")
    words = {
        **frame(request.person, programme, "partners", (_("Partners"), address), (heading, "")),
        "heading": heading,
        "form": form,
        "cancel_url": address,
    }
    return TemplateResponse(request, "programmes/workspace/form.html", words)


@requires("programmes.edit_part", Partnership)
@require_POST
def partner_remove(request: SignedIn, *, partnership: Partnership) -> HttpResponse:
    """End a role; the organisation itself stays."""
    address = reverse("programmes:partners", args=[partnership.programme.slug])

    def act() -> str:
        actions.remove_partner(by=request.person, partnership=partnership)
        return done(request, _("Removed. You can add it again."), address)

    return attempt(request, act, address)


@requires("programmes.work", Programme)
def team(request: SignedIn, *, programme: Programme) -> HttpResponse:
    """Who works here, in which role; coordinators add people by e-mail."""
    members = programme.team.select_related("person", "activity").order_by("activity_id", "role", "pk")
    prefix = f"{programme.pk}:"
    asked = Invitation.objects.open().filter(kind=invitations.KIND, target__startswith=prefix).order_by("pk")
    titles = dict(programme.activities.values_list("pk", "title"))
    words = {
        **frame(request.person, programme, "team", (_("Team"), "")),
        "form": NewMemberForm(programme=programme),
        "members": members,
        "asked": [(invitation, *_seat_words(invitation.target, titles)) for invitation in asked],
    }
    return TemplateResponse(request, "programmes/workspace/team.html", words)


def _seat_words(target: str, titles: dict[int, str]) -> tuple[str, str]:
    _programme, role, activity = target.split(":")
    return str(TeamMember.Role(role).label), titles.get(int(activity), "") if activity else ""


@requires("programmes.manage_team", Programme)
def member_add(request: SignedIn, *, programme: Programme) -> HttpResponse:
    """Somebody more: at once with an account, by invitation without."""
    form = NewMemberForm(request.POST or None, programme=programme)
    address = reverse("programmes:team", args=[programme.slug])

    def act() -> str:
        here = actions.invite_team_member(by=request.person, programme=programme, **form.cleaned_data)
        words = _("%(email)s is in the team.") if here else _("We sent an invitation to %(email)s.")
        return done(request, words % form.cleaned_data, address)

    if request.method == "POST":
        taken = submit(request, form, act)
        if taken is not None:
            return taken
    heading = _("Add somebody")
    words = {
        **frame(request.person, programme, "team", (_("Team"), address), (heading, "")),
        "heading": heading,
        "form": form,
        "cancel_url": address,
        "submit_label": _("Add to the team"),
    }
    return TemplateResponse(request, "programmes/workspace/form.html", words)


@requires("programmes.manage_member", TeamMember)
def member(request: SignedIn, *, member: TeamMember) -> HttpResponse:
    """Another role for somebody."""
    form = MemberForm(request.POST or None, initial={"role": member.role})
    address = reverse("programmes:team", args=[member.programme.slug])

    def act() -> str:
        actions.add_team_member(
            by=request.person,
            programme=member.programme,
            person=member.person,
            role=form.cleaned_data["role"],
            activity=member.activity,
        )
        return done(request, _("Saved."), address)

    if request.method == "POST":
        taken = submit(request, form, act)
        if taken is not None:
            return taken
    heading = _("The role of %(name)s") % {"name": member.person}
    words = {
        **frame(request.person, member.programme, "team", (_("Team"), address), (heading, "")),
        "heading": heading,
        "form": form,
        "cancel_url": address,
    }
    return TemplateResponse(request, "programmes/workspace/form.html", words)


@requires("programmes.manage_member", TeamMember)
def member_remove(request: SignedIn, *, member: TeamMember) -> HttpResponse:
    """End somebody's role."""
    address = reverse("programmes:team", args=[member.programme.slug])
    own = member.person_id == request.person.pk and member.activity_id is None
    after = reverse("programmes:workspaces") if own and not request.person.is_administrator else address

    def act() -> str:
        actions.remove_team_member(by=request.person, member=member)
        return done(request, _("%(name)s is no longer in the team.") % {"name": member.person}, after)

    them = _("They can no longer work here. You can add them again.")
    you = _("It is you: you can no longer work here, unless somebody adds you again.")
    asked = Asked(
        _("Remove %(name)s from the team?") % {"name": member.person},
        you if own else them,
        _("Remove from the team"),
    )
    return ask_first(request, member.programme, asked, act, address, (_("Team"), address), door="team")


@requires("programmes.manage_invitation", Invitation)
@require_POST
def invitation_withdraw(request: SignedIn, *, invitation: Invitation) -> HttpResponse:
    """The link of an invitation stops working."""
    seat = invitations.seat_of(invitation.target)
    address = (
        reverse("programmes:team", args=[seat.programme.slug]) if seat else reverse("programmes:workspaces")
    )

    def act() -> str:
        actions.withdraw_invitation(by=request.person, invitation=invitation)
        return done(request, _("The invitation is withdrawn."), address)

    return attempt(request, act, address)
