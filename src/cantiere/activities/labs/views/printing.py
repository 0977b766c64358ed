"""On paper: the run sheet for the team, the code for the hall, slips for the tables."""

from django.conf import settings
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cantiere.activities.labs.models import Lab
from cantiere.activities.labs.queries.script import sheet_of
from cantiere.activities.labs.views.frame import lab_frame
from cantiere.activities.labs.views.script import script_url
from cantiere.engine.square_code import square_code
from cantiere.foundation.accounts.http import SignedIn
from cantiere.foundation.core.access import requires


def entrance_of(lab: Lab) -> str:
    """The whole address at which people join."""
    return f"{settings.URL}{reverse('labs:join', args=[lab.code])}"


@requires("labs.prepare", Lab)
def script_print(request: SignedIn, lab: Lab) -> HttpResponse:
    """The run sheet as the team holds it in the hall, with material and what each block hands on."""
    way = [(_("Run sheet"), script_url(lab)), (_("Print"), "")]
    context = {**lab_frame(request.person, lab, "script", *way), "heading": _("Run sheet")}
    return TemplateResponse(request, "labs/script_print.html", context | {"sheet": sheet_of(lab)})


@requires("labs.prepare", Lab)
def hall(request: SignedIn, lab: Lab) -> HttpResponse:
    """A sheet to hang up with code and square, then a slip for each table."""
    way = [(_("Run sheet"), script_url(lab)), (_("Sheets for the hall"), "")]
    context = {
        **lab_frame(request.person, lab, "script", *way),
        "heading": _("Sheets for the hall"),
        "groups": lab.groups.select_related("facilitator"),
        "door": f"{settings.URL}{reverse('labs:code')}".removeprefix("https://").removeprefix("http://"),
        "entrance": entrance_of(lab),
    }
    return TemplateResponse(request, "labs/hall.html", context)


@requires("labs.prepare", Lab)
def square(_request: SignedIn, lab: Lab) -> HttpResponse:
    """The square that a phone's camera reads."""
    return HttpResponse(square_code(entrance_of(lab)), content_type="image/svg+xml")
