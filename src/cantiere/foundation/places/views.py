"""Places for those who write their name."""

import re

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition, require_safe
from django.views.decorators.vary import vary_on_headers

from cantiere.foundation.core.access import public
from cantiere.foundation.places.filters import place_of_key
from cantiere.foundation.places.ground import KEPT, MOST_WITHIN, TOLERANCES, Borders
from cantiere.foundation.places.models import Place, fold

SHORTEST, MOST = 2, 10
MOST_POSITIONS = 60
POSITION = re.compile(r"(-?[0-9]{1,3}(?:\.[0-9]{1,6})?),(-?[0-9]{1,2}(?:\.[0-9]{1,6})?)", re.ASCII)


@public
@require_safe
@cache_control(public=True, max_age=3600)
@vary_on_headers("HX-Request", "HX-Trigger-Name")
def search(request: HttpRequest) -> HttpResponse:
    """At most ten places whose name begins like ``q``: JSON, or options when an input of ours asks."""
    asking = request.headers.get("HX-Trigger-Name", "") if request.headers.get("HX-Request") else ""
    start = request.GET.get(asking or "q", "")[:80]
    kinds = [kind for kind in request.GET.getlist("tipo") if kind in Place.Kind.values]
    places: list[Place] = []
    if len(fold(start)) >= SHORTEST:
        places = list(Place.objects.suggest(start, kinds)[:MOST])
    if asking:
        return render(request, "places/_options.html", {"places": places})
    parts = ("code", "kind", "name", "label", "lat", "lng")
    found = [{part: getattr(place, part) for part in parts} for place in places]
    return JsonResponse({"places": found}, json_dumps_params={"ensure_ascii": False})


@public
@require_safe
@cache_control(public=True, max_age=3600)
def near(request: HttpRequest) -> HttpResponse:
    """What positions are called: ``p=11.05,44.72`` gives ``{"11.05 44.72": "Bomporto"}``."""
    found = [pair for written in request.GET.getlist("p")[:MOST_POSITIONS] if (pair := _position(written))]
    return JsonResponse(Place.objects.near(found), json_dumps_params={"ensure_ascii": False})


def _position(written: str) -> tuple[float, float] | None:
    told = POSITION.fullmatch(written)
    return (float(told[1]), float(told[2])) if told else None


def _borders(request: HttpRequest, level: str) -> Borders:
    keys = request.GET.getlist("in")
    places = [place_of_key(key) for key in keys] if len(keys) <= MOST_WITHIN else []
    found = tuple(place for place in places if place is not None)
    # All municipalities at once are too much for a page.
    if level not in TOLERANCES or len(found) != len(keys) or (level == Place.Kind.MUNICIPALITY and not found):
        raise Http404
    return Borders(level, found)


def _version(request: HttpRequest, level: str) -> str:
    return f'"{_borders(request, level).version}"'


@public
@require_safe
@gzip_page
@condition(etag_func=_version)
def ground(request: HttpRequest, level: str) -> HttpResponse:
    """Borders as GeoJSON; under the address of their version they may be kept for a month."""
    borders = _borders(request, level)
    if not borders.version:
        raise Http404
    answer = HttpResponse(borders.geojson(), content_type="application/geo+json")
    lasting = request.GET.get("v") == borders.version
    lifetime = {"max_age": KEPT, "immutable": True} if lasting else {"max_age": 3600}
    patch_cache_control(answer, public=True, **lifetime)
    return answer
