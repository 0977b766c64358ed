"""A census as everyone sees it, and where the team prepares it."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cantiere.activities.observatory.actions import census as actions
from cantiere.activities.observatory.actions import entries
from cantiere.activities.observatory.forms.census import CensusEditor, StartForm
from cantiere.activities.observatory.models import Census
from cantiere.activities.observatory.queries import census as reading
from cantiere.activities.observatory.queries.detail import census_view
from cantiere.activities.observatory.views.frame import census_frame
from cantiere.foundation.accounts.http import Request, SignedIn
from cantiere.foundation.core.access import requires
from cantiere.foundation.core.limits import limited
from cantiere.foundation.core.once import submit
from cantiere.foundation.ui.trap import caught
from cantiere.programmes.models import Activity


def crumbs(activity: Activity, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way here: programme, the census, what comes after."""
    programme = activity.programme
    way = [
        (_("Programmes"), reverse("programmes:programmes")),
        (programme.title, programme.get_absolute_url()),
    ]
    return [*way, (activity.title, activity.get_absolute_url() if more else ""), *more]


@requires("observatory.see_census", Census)
def census_detail(request: Request, census: Census) -> HttpResponse:
    """Why, who, until when, which questionnaire, what becomes of it."""
    context = {"view": census_view(census, request.person), "crumbs": crumbs(census.activity)}
    return render(request, "observatory/census/detail.html", context)


@limited("census")
@requires("observatory.see_census", Census)
def census_start(request: Request, census: Census) -> HttpResponse:
    """Ask for an address and begin; the link to go on is sent at once."""
    activity = census.activity
    if not reading.may_begin(activity) or not census.is_public:
        return HttpResponseRedirect(activity.get_absolute_url())
    person = request.person
    known = {"email": person.email, "name": person.name} if person else {}
    form = StartForm(request.POST if request.method == "POST" else None, census=census, initial=known)

    def act() -> str:
        if caught(request):
            return activity.get_absolute_url()
        entry, new = entries.start_entry(
            census=activity,
            sheet=form.chosen,
            email=form.cleaned_data["email"],
            name=form.cleaned_data["name"],
            by=person if person and person.email == form.cleaned_data["email"] else None,
        )
        if new:
            return reverse("observatory:entry", args=[entry.key])
        messages.info(
            request,
            _(
                "You have begun already: we sent you the link to go on. To tell of another process, "
                "first send the answers you have begun."
            ),
        )
        return activity.get_absolute_url()

    done = submit(request, form, act) if request.method == "POST" else None
    context = {
        "form": form,
        "view": census_view(census, person),
        "crumbs": crumbs(activity, (_("Begin to answer"), "")),
    }
    return done or render(request, "observatory/census/start.html", context)


@requires("observatory.edit_census", Census)
def census_edit(request: SignedIn, census: Census) -> HttpResponse:
    """The row and the census's own words, on one page."""
    activity = census.activity
    editor = CensusEditor(census, request.POST if request.method == "POST" else None)

    def act() -> str:
        actions.edit_census(by=request.person, census=census, row=editor.row.details, own=editor.own.details)
        messages.success(request, _("Saved."))
        return activity.edit_url

    done = submit(request, editor, act) if request.method == "POST" else None
    context = {"form": editor, "census": census, "problems": activity.kind.problems(activity)}
    return done or render(
        request, "observatory/census/edit.html", context | census_frame(request.person, activity)
    )
