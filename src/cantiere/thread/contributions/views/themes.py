"""The themes of a programme."""

from collections.abc import Callable

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cantiere.foundation.accounts.http import SignedIn
from cantiere.foundation.core.access import requires
from cantiere.foundation.core.once import submit
from cantiere.programmes.models import Programme
from cantiere.programmes.views.workspace.frame import attempt, done, frame
from cantiere.thread.contributions import actions
from cantiere.thread.contributions.forms import MergeForm, RemoveForm, ThemeForm
from cantiere.thread.contributions.models import Theme

DOOR = "contributions:themes"


def list_of(programme: Programme) -> str:
    """The list of the themes."""
    return reverse(DOOR, args=[programme.slug])


@requires("contributions.code", Programme)
def themes(request: SignedIn, programme: Programme) -> HttpResponse:
    """The themes in their order, and a form for a new one."""
    form = ThemeForm(request.POST if request.method == "POST" else None, row=Theme(programme=programme))

    def act() -> str:
        actions.add_theme(by=request.person, programme=programme, details=form.details)
        return done(request, _("Theme added."), list_of(programme))

    taken = submit(request, form, act) if request.method == "POST" else None
    if taken is not None:
        return taken
    rows = Theme.objects.filter(programme=programme).annotate(n=Count("codings"))
    top = [row for row in rows if row.parent_id is None]
    words = {
        **frame(request.person, programme, DOOR, (_("Themes"), "")),
        "heading": _("Themes"),
        "form": form,
        "tree": [(row, [below for below in rows if below.parent_id == row.pk]) for row in top],
    }
    return render(request, "contributions/team/themes.html", words)


@requires("contributions.edit_theme", Theme)
def theme_edit(request: SignedIn, theme: Theme) -> HttpResponse:
    """Its name, its sentence, what it is part of."""
    form = ThemeForm(request.POST if request.method == "POST" else None, row=theme)

    def act() -> str:
        actions.edit_theme(by=request.person, theme=theme, details=form.details)
        return done(request, _("Saved."), list_of(theme.programme))

    return _page(request, theme, form, act, heading=theme.name, submit_label=_("Save"))


@requires("contributions.edit_theme", Theme)
def theme_merge(request: SignedIn, theme: Theme) -> HttpResponse:
    """All that belongs to it belongs to another one."""
    form = MergeForm(request.POST if request.method == "POST" else None, theme=theme)

    def act() -> str:
        into = form.cleaned_data["into"]
        actions.merge_themes(by=request.person, theme=theme, into=into)
        return done(
            request, _("Now it is all under «%(theme)s».") % {"theme": into.name}, list_of(theme.programme)
        )

    return _page(
        request,
        theme,
        form,
        act,
        heading=_("Merge «%(theme)s» with another theme") % {"theme": theme.name},
        lede=_("Its contributions and its parts go to the theme you choose; its name disappears."),
        submit_label=_("Merge"),
    )


@requires("contributions.edit_theme", Theme)
def theme_remove(request: SignedIn, theme: Theme) -> HttpResponse:
    """Take it away, saying where its contributions go."""
    form = RemoveForm(request.POST if request.method == "POST" else None, theme=theme)

    def act() -> str:
        actions.remove_theme(by=request.person, theme=theme, to=form.cleaned_data["into"])
        return done(request, _("Removed."), list_of(theme.programme))

    return _page(
        request,
        theme,
        form,
        act,
        heading=_("Remove «%(theme)s»?") % {"theme": theme.name},
        lede=_("No contribution is lost: say where they go."),
        submit_label=_("Remove"),
        submit_css="btn-danger",
    )


def _page(
    request: SignedIn,
    theme: Theme,
    form: ThemeForm | MergeForm | RemoveForm,
    act: Callable[[], str],
    **words: str,
) -> HttpResponse:
    taken = submit(request, form, act) if request.method == "POST" else None
    if taken is not None:
        return taken
    back = list_of(theme.programme)
    way = [(_("Themes"), back), (theme.name, "")]
    context = {
        **frame(request.person, theme.programme, DOOR, *way), "form": form, "cancel_url": back, **words
    }  # fmt: skip
    return render(request, "programmes/workspace/form.html", context)


@requires("contributions.edit_theme", Theme)
@require_POST
def theme_move(request: SignedIn, theme: Theme) -> HttpResponse:
    """One place up or down."""
    back = f"{list_of(theme.programme)}#t{theme.pk}"

    def act() -> str:
        step = -1 if request.POST.get("verso") == "su" else 1
        actions.move_theme(by=request.person, theme=theme, step=step)
        return back

    return attempt(request, act, back)
