"""The groups people work in."""

from django import forms
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cantiere.activities.labs import actions
from cantiere.activities.labs.forms.groups import GroupsForm, NumberForm
from cantiere.activities.labs.models import Group, Lab
from cantiere.activities.labs.views.frame import lab_frame
from cantiere.foundation.accounts.http import SignedIn
from cantiere.foundation.core.access import requires
from cantiere.foundation.core.once import submit
from cantiere.programmes.views.workspace.frame import done


def groups_url(lab: Lab) -> str:
    """The page of the groups."""
    return reverse("labs:groups", args=[lab.activity.slug])


def _page(request: SignedIn, lab: Lab, form: GroupsForm, number: NumberForm) -> HttpResponse:
    context = {
        **lab_frame(request.person, lab, "groups", (_("Groups"), "")),
        "heading": _("Groups"),
        "form": form,
        "number": number,
    }
    return TemplateResponse(request, "labs/groups.html", context)


@requires("labs.prepare", Lab)
def groups(request: SignedIn, lab: Lab) -> HttpResponse:
    """Names, links, who is with them."""
    form = GroupsForm(lab, request.POST if request.method == "POST" else None)

    def act() -> str:
        actions.edit_groups(by=request.person, lab=lab, wanted=form.wanted)
        return done(request, _("Saved."), groups_url(lab))

    taken = submit(request, form, act) if request.method == "POST" and form.groups else None
    return taken or _page(request, lab, form, NumberForm(initial={"number": len(form.groups)}))


@requires("labs.prepare", Lab)
@require_POST
def groups_number(request: SignedIn, lab: Lab) -> HttpResponse:
    """As many groups as wanted."""
    form = NumberForm(request.POST)

    def act() -> str:
        number = form.cleaned_data["number"]
        actions.set_number_of_groups(by=request.person, lab=lab, number=number)
        return groups_url(lab)

    return submit(request, form, act) or _page(request, lab, GroupsForm(lab), form)


@requires("labs.prepare_part", Group)
def group_remove(request: SignedIn, group: Group) -> HttpResponse:
    """Ask, then take one group away."""
    lab, form = group.lab, forms.Form(request.POST if request.method == "POST" else None)

    def act() -> str:
        actions.remove_group(by=request.person, group=group)
        return done(request, _("The group is removed."), groups_url(lab))

    taken = submit(request, form, act) if request.method == "POST" else None
    if taken is not None:
        return taken
    context = {
        **lab_frame(request.person, lab, "groups", (_("Groups"), groups_url(lab)), (group.name, "")),
        "heading": _("Remove the group “%(name)s”?") % {"name": group.name},
        "text": _("The others keep their names. Blocks that used it say so."),
        "yes_label": _("Remove the group"),
        "cancel_url": groups_url(lab),
    }
    return TemplateResponse(request, "labs/confirm.html", context)
