"""Places for those who write their name."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from cantiere.foundation.core.access import public
from cantiere.foundation.places.models import Place, fold

SHORTEST, MOST = 2, 10


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
