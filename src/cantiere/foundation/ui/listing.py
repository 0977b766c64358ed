"""One list and one map of the same results, whose state is the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise

from cantiere.foundation.ui.filters import FilterForm
from cantiere.foundation.ui.maps import MapData

RESULTS = "listing-results"
PER_PAGE = 20
PAGE = "pagina"


@dataclass(frozen=True, kw_only=True)
class Listing:
    """What the page shows.

    ``sentence`` counts the results in words. ``item_template`` draws one row and gets it as ``item``.
    ``downloads`` are pairs of label and address of the same results. ``empty_title`` and ``empty_text`` say
    what will be here when there is nothing at all; nothing under these filters is said by the component.
    """

    sentence: str
    form: FilterForm
    page: Page[Any]
    item_template: str
    empty_title: str | Promise = ""
    empty_text: str | Promise = ""
    map: MapData | None = None
    downloads: Sequence[tuple[str | Promise, str]] = ()


def page_of(
    rows: "QuerySet[Any] | Sequence[Any]", request: HttpRequest, per_page: int = PER_PAGE
) -> Page[Any]:
    """The page asked for by ``pagina``; what is no page gives the first or the last."""
    return Paginator(rows, per_page).get_page(request.GET.get(PAGE))


def respond(
    request: HttpRequest, template: str, listing: Listing, context: Mapping[str, Any] | None = None
) -> HttpResponse:
    """The whole page, which includes ``ui/_listing.html``; to the component itself only what changed."""
    given = {**(context or {}), "listing": listing}
    answer = render(request, "ui/_listing_update.html" if _only_changes(request) else template, given)
    if _only_changes(request):
        answer["HX-Push-Url"] = _address(request, listing)
    patch_vary_headers(answer, ["HX-Request", "HX-Target", "HX-Trigger"])
    return answer


def _only_changes(request: HttpRequest) -> bool:
    asks = request.headers
    return (
        asks.get("HX-Request") == "true"
        and asks.get("HX-Target") == RESULTS
        and asks.get("HX-History-Restore-Request") != "true"
    )


def _address(request: HttpRequest, listing: Listing) -> str:
    """The one address of this state; while something is refused, what was written, to be mended."""
    if listing.form.errors:
        return request.get_full_path()
    words = [listing.form.query()] if listing.form.query() else []
    words += [f"{PAGE}={listing.page.number}"] if listing.page.number > 1 else []
    return request.path + ("?" + "&".join(words) if words else "")
