"""What was said in a programme, as everyone reads it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from cantiere.foundation.accounts.http import Request
from cantiere.foundation.core.access import can, requires
from cantiere.foundation.ui.listing import Listing, page_of, respond
from cantiere.programmes.models import Programme
from cantiere.thread.contributions import queries
from cantiere.thread.contributions.forms import ContributionFilters
from cantiere.thread.contributions.forms.filters import ACTORS
from cantiere.thread.contributions.models import Contribution


def crumbs(programme: Programme, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way here."""
    here = reverse("contributions:of_programme", args=[programme.slug])
    way = [
        (_("Programmes"), reverse("programmes:programmes")),
        (programme.title, programme.get_absolute_url()),
    ]
    return [*way, (_("What was said"), here if more else ""), *more]


@requires("programmes.see", Programme)
@require_safe
def of_programme(request: Request, programme: Programme) -> HttpResponse:
    """By theme, with filters; each with what became of it."""
    form = ContributionFilters(request.GET, programme=programme)
    asked = form.chosen
    found = queries.chosen(programme, asked, ACTORS.get(asked["actor"], ""))
    page = page_of(found, request)
    total = page.paginator.count
    page.object_list = queries.public_rows(list(page.object_list))
    listing = Listing(
        sentence=ngettext("%(n)s contribution", "%(n)s contributions", total) % {"n": total},
        form=form,
        page=page,
        item_template="contributions/_row.html",
        empty_title=_("Here will be what people say"),
        empty_text=_("In meetings, laboratories and questionnaires. Each sentence keeps its address."),
    )
    themes = queries.by_theme(programme)
    words = {
        "programme": programme,
        "themes": themes,
        "counts": queries.counts(programme),
        "theme": _the_one(themes, asked["themes"]),
        "crumbs": crumbs(programme),
    }
    return respond(request, "contributions/of_programme.html", listing, words)


def _the_one(themes: list[queries.ThemeCount], slugs: list[str]) -> queries.ThemeCount | None:
    """The theme shown, when it is one alone."""
    everything = [each for theme in themes for each in (theme, *theme.parts)]
    return next((each for each in everything if [each.theme.slug] == slugs), None)


@requires("contributions.see", Contribution)
@require_safe
def contribution(request: Request, contribution: Contribution) -> HttpResponse:
    """One sentence at its own address, with what became of it."""
    programme = contribution.activity.programme
    words = {
        "item": queries.public_rows([contribution])[0],
        "programme": programme,
        "crumbs": crumbs(programme, (contribution.short or _("Taken back"), "")),
        "may_edit": can(request.person, "contributions.edit", contribution),
    }
    return render(request, "contributions/contribution.html", words)
