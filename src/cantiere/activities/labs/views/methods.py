"""The shelf of methods: looked at, then brought into the run sheet, whole or in part."""

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cantiere.activities.labs import actions, methods
from cantiere.activities.labs.models import Lab
from cantiere.activities.labs.views.frame import lab_frame
from cantiere.activities.labs.views.script import script_url
from cantiere.foundation.accounts.http import SignedIn
from cantiere.foundation.core.access import requires
from cantiere.foundation.core.once import submit
from cantiere.programmes.views.workspace.frame import done


class StepsForm(forms.Form):
    """Which blocks of a method are wanted: all, until somebody unticks one."""

    steps = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Blocks to add"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one block.")},
    )

    def __init__(self, data: object = None, *, method: methods.Method) -> None:
        places = range(len(method.steps))
        super().__init__(data, initial={"steps": list(places)})  # type: ignore[arg-type]
        field = self.fields["steps"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [
            (place, _("%(title)s · %(minutes)s min") % {"title": step.title, "minutes": step.minutes})
            for place, step in enumerate(method.steps)
        ]


@requires("labs.prepare", Lab)
def shelf(request: SignedIn, lab: Lab) -> HttpResponse:
    """All methods: what each is good for."""
    way = [(_("Run sheet"), script_url(lab)), (_("Methods"), "")]
    context = {**lab_frame(request.person, lab, "script", *way), "heading": _("Methods")}
    return TemplateResponse(request, "labs/methods.html", context | {"methods": methods.methods()})


@requires("labs.prepare", Lab)
def method(request: SignedIn, lab: Lab) -> HttpResponse:
    """One method, named by ``?metodo=``: when it helps, how it goes, and its blocks to choose from."""
    shelf_url = reverse("labs:methods", args=[lab.activity.slug])
    found = methods.method(request.GET.get("metodo", ""))
    if found is None:
        return HttpResponseRedirect(shelf_url)
    form = StepsForm(request.POST if request.method == "POST" else None, method=found)

    def act() -> str:
        chosen = [(place, found.steps[place]) for place in sorted(set(form.cleaned_data["steps"]))]
        made = actions.add_steps(by=request.person, lab=lab, steps=chosen, method=found.key)
        words = ngettext("%(n)s block was added.", "%(n)s blocks were added.", len(made)) % {"n": len(made)}
        return done(request, words, script_url(lab, made[0]))

    taken = submit(request, form, act) if request.method == "POST" else None
    if taken is not None:
        return taken
    way = [(_("Run sheet"), script_url(lab)), (_("Methods"), shelf_url), (found.name, "")]
    context = {**lab_frame(request.person, lab, "script", *way), "heading": found.name}
    return TemplateResponse(request, "labs/method.html", context | {"method": found, "form": form})
