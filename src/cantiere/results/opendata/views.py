"""The catalogue for people and for machines, and the files."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from cantiere.foundation.core.access import public
from cantiere.foundation.core.kept import keep
from cantiere.foundation.core.limits import limited
from cantiere.results.opendata import files, queries, structured
from cantiere.results.opendata.queries import OpenDataset


def _named(name: str) -> OpenDataset:
    found = queries.open_dataset(name)
    if found is None:
        raise Http404
    return found


@public
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """What there is, in words."""
    datasets = SimpleLazyObject(queries.open_datasets)
    context = {"datasets": datasets, "linked": lambda: structured.catalogue(list(datasets))}
    return render(request, "opendata/catalogue.html", context)


@public
@require_safe
@limited("feed")
def turtle(request: HttpRequest) -> HttpResponse:
    """The catalogue in Turtle."""
    return _serialised(request, "ttl")


@public
@require_safe
@limited("feed")
def rdf(request: HttpRequest) -> HttpResponse:
    """The catalogue in RDF/XML, which the national portal harvests."""
    return _serialised(request, "rdf")


@public
@require_safe
@limited("feed")
def jsonld(request: HttpRequest) -> HttpResponse:
    """The catalogue in JSON-LD."""
    return _serialised(request, "jsonld")


def _serialised(request: HttpRequest, ending: str) -> HttpResponse:
    from cantiere.results.opendata import dcat  # rdflib is slow to load, and few ask

    made = keep(request, ["opendata", ending], lambda: dcat.serialised(ending))
    response = HttpResponse(made, content_type=f"{dcat.MEDIA_OF_CATALOGUE[ending]}; charset=utf-8")
    return _for_everyone(response)


def _for_everyone(response: HttpResponse) -> HttpResponse:
    """Pages of other sites may read it too."""
    response["Access-Control-Allow-Origin"] = "*"
    return response


@public
@require_safe
def dataset(request: HttpRequest, name: str) -> HttpResponse:
    """One dataset: what it says, its columns, its files."""
    found = _named(name)
    linked = partial(structured.dataset, found)  # called by the template, where the part is made anew
    context = {"dataset": found, "licence": files.LICENCE, "linked": linked}
    return render(request, "opendata/dataset.html", context)


@public
@require_safe
@limited("feed")
def fields(_request: HttpRequest, name: str) -> HttpResponse:
    """What the columns of a dataset mean, as Table Schema."""
    schema = files.table_schema(_named(name))
    return _for_everyone(JsonResponse(schema, json_dumps_params={"ensure_ascii": False}))


@public
@require_safe
@limited("feed")
def file(_request: HttpRequest, name: str) -> StreamingHttpResponse:
    """``meeting-appointments.csv``, ``.json`` or ``.geojson``: all rows, read as they are sent."""
    stem, _dot, ending = name.partition(".")
    found = _named(stem)
    if ending not in found.formats:
        raise Http404
    response = StreamingHttpResponse(files.WRITERS[ending](found), content_type=files.TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Access-Control-Allow-Origin"] = "*"
    return response
