"""The map and its innovators as everyone sees them."""

from typing import cast

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST, require_safe

from cantiere.activities.innovators import actions, datasets, queries, structured
from cantiere.activities.innovators.forms import InnovatorFilters
from cantiere.activities.innovators.models import Innovator, InnovatorMap
from cantiere.activities.innovators.views.export import sheet
from cantiere.foundation.accounts.http import Request, SignedIn
from cantiere.foundation.core.access import requires
from cantiere.foundation.core.limits import limited
from cantiere.foundation.core.media import send_file
from cantiere.foundation.core.once import once
from cantiere.foundation.core.sheets.writing import write_csv
from cantiere.foundation.places.ground import ground
from cantiere.foundation.places.models import Place
from cantiere.foundation.ui.listing import Listing, page_of, respond
from cantiere.foundation.ui.maps import Ground, MapData, points_response, sketch
from cantiere.foundation.ui.policies import embeddable
from cantiere.programmes.models import Activity


def crumbs(activity: Activity, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way here: programme, the map, and what comes after."""
    programme = activity.programme
    way = [
        (_("Programmes"), reverse("programmes:programmes")),
        (programme.title, programme.get_absolute_url()),
    ]
    return [*way, (activity.title, activity.get_absolute_url() if more else ""), *more]


@requires("innovators.see", InnovatorMap)
@require_safe
def map_detail(request: Request, innovator_map: InnovatorMap) -> HttpResponse:
    """The call, then the innovators: a list with its map, both under the same filters."""
    listing = cast("Listing", SimpleLazyObject(lambda: _listing(request, innovator_map)))
    view = queries.map_view(innovator_map, request.person)
    asked = request.META.get("QUERY_STRING", "")
    context = {"view": view, "crumbs": crumbs(view.activity), "asked": asked}
    return respond(request, "innovators/map.html", listing, context)


def _listing(request: Request, own: InnovatorMap) -> Listing:
    form = InnovatorFilters(request.GET, own=own)
    found = queries.matching(own, form.chosen)
    tally = queries.tally(found)
    return Listing(
        sentence=sentence(tally.number, len(tally.spots)),
        form=form,
        page=page_of(queries.Cards(found, tally.number), request),
        item_template="innovators/_card.html",
        empty_title=_("The innovators will be here"),
        empty_text=_("Nobody is on the map yet. Do you know somebody who should be?"),
        downloads=_downloads(own, form),
        map=_map(own, form, tally),
    )


def sentence(total: int, places: int) -> str:
    """«24 innovatori in 12 comuni»."""
    who = ngettext("%(n)s innovator", "%(n)s innovators", total) % {"n": total}
    if not total:
        return who
    where = ngettext("in %(n)s municipality", "in %(n)s municipalities", places) % {"n": places}
    return f"{who} {where}"


def _address(own: InnovatorMap, page: str, form: InnovatorFilters) -> str:
    words = form.query()
    return reverse(f"innovators:{page}", args=[own.activity.slug]) + (f"?{words}" if words else "")


def _downloads(own: InnovatorMap, form: InnovatorFilters) -> list[tuple[str, str]]:
    return [(_("Open data (CSV)"), _address(own, "open_csv", form))]


def _map(own: InnovatorMap, form: InnovatorFilters, tally: queries.Tally) -> MapData:
    here = _ground(own)
    return MapData(
        points_url=_address(own, "points", form),
        nouns=(_("innovator"), _("innovators")),
        label=_("Map of the innovators"),
        ground=here,
        sketch=sketch(here, tally.dots),
        embed_url=_address(own, "embedded", form) if own.activity.is_public else "",
    )


def _ground(own: InnovatorMap) -> Ground | None:
    """The municipalities of the programme's territory; of a whole region only its provinces."""
    places = list(own.activity.programme.places.all())
    wide = any(place.kind == Place.Kind.REGION for place in places) or not places
    return ground("province" if wide else "municipality", places)


@requires("innovators.embed", InnovatorMap)
@require_safe
@embeddable
def embedded(request: Request, innovator_map: InnovatorMap) -> HttpResponse:
    """The map alone, for other sites, with the same filters."""
    form = InnovatorFilters(request.GET, own=innovator_map)
    drawn = _map(innovator_map, form, queries.tally(queries.matching(innovator_map, form.chosen)))
    full = f"{innovator_map.activity.get_absolute_url()}?{form.query()}".rstrip("?")
    return render(request, "ui/embed_map.html", {"map": drawn, "full_url": full})


@requires("innovators.see", InnovatorMap)
@require_safe
@gzip_page
def points(request: Request, innovator_map: InnovatorMap) -> HttpResponse:
    """The same innovators as points at the centres of their municipalities."""
    return points_response(queries.points(innovator_map, InnovatorFilters(request.GET, own=innovator_map)))


@requires("innovators.see", InnovatorMap)
@require_safe
@limited("feed")
def open_csv(request: Request, innovator_map: InnovatorMap) -> StreamingHttpResponse:
    """Of these results, those who agreed to stand in the open data."""
    form = InnovatorFilters(request.GET, own=innovator_map)
    rows = queries.matching(innovator_map, form.chosen)
    names = [column.name for column in datasets.open_columns()]
    return sheet(write_csv(names, datasets.open_rows(innovator_map, rows)), innovator_map, "csv")


@requires("innovators.follow", InnovatorMap)
@require_POST
def follow(request: SignedIn, innovator_map: InnovatorMap) -> HttpResponse:
    """Hear of new innovators, or no more."""

    def act() -> str:
        actions.follow(by=request.person, own=innovator_map, wanted=request.POST.get("follow") == "yes")
        return innovator_map.activity.get_absolute_url()

    return once(request, act)


@requires("innovators.see_profile", Innovator)
@require_safe
def profile(request: Request, innovator: Innovator) -> HttpResponse:
    """Who they are: what they do, their story, what they offer and look for."""
    view = queries.profile_view(innovator, request.person)
    context = {
        "view": view,
        "crumbs": crumbs(innovator.map.activity, (innovator.name, "")),
        "structured": structured.described(innovator),
    }
    return render(request, "innovators/profile.html", context)


@requires("innovators.see_profile", Innovator)
@require_safe
def picture(request: Request, innovator: Innovator) -> HttpResponseBase:
    """The picture of an entry; never kept by others, for it may be withdrawn tomorrow."""
    return send_file(request, innovator.picture)
