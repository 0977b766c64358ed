"""My programmes, and beginning a new one."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cantiere.foundation.accounts.http import SignedIn
from cantiere.foundation.core.access import requires
from cantiere.foundation.core.once import submit
from cantiere.foundation.organisations import actions as organisations
from cantiere.programmes import actions
from cantiere.programmes.blueprints import BLUEPRINTS, Blueprint
from cantiere.programmes.forms import NewProgrammeForm
from cantiere.programmes.models import Partnership
from cantiere.programmes.queries.workspace import desks_of
from cantiere.programmes.views.workspace.frame import done


@requires("programmes.open_workspace")
def workspaces(request: SignedIn) -> HttpResponse:
    """The programmes I work in, with what waits in each."""
    desks, held = desks_of(request.person)
    return TemplateResponse(request, "programmes/workspace/workspaces.html", {"desks": desks, "held": held})


@requires("programmes.create")
def create(request: SignedIn) -> HttpResponse:
    """First a model, then five questions."""
    blueprint = BLUEPRINTS.get(request.GET.get("modello", ""))
    crumbs = [(_("Workspace"), reverse("programmes:workspaces")), (_("New programme"), "")]
    if blueprint is None:
        context: dict[str, object] = {"blueprints": BLUEPRINTS.values(), "crumbs": crumbs}
        return TemplateResponse(request, "programmes/workspace/create.html", context)
    form = NewProgrammeForm(request.POST or None)
    if request.method == "POST":
        taken = submit(request, form, lambda: _create(request, form, blueprint))
        if taken is not None:
            return taken
    words: dict[str, object] = {"blueprint": blueprint, "form": form, "crumbs": crumbs}
    return TemplateResponse(request, "programmes/workspace/create_details.html", words)


def _create(request: SignedIn, form: NewProgrammeForm, blueprint: Blueprint) -> str:
    programme = actions.create_programme(by=request.person, blueprint=blueprint, details=form.details)
    if form.cleaned_data["promoter"]:
        promoter = form.found or organisations.create(by=request.person, **form.new_organisation)
        role = {"organisation": promoter, "role": Partnership.Role.PROMOTER}
        actions.add_partner(by=request.person, programme=programme, details=role)
    words = _("Done. Only the team sees it until you publish it.")
    return done(request, words, reverse("programmes:workspace", args=[programme.slug]))
