"""A small room with a list and a map, for looking and for measuring; as many things as are asked for."""

import functools
import math
from types import SimpleNamespace

from csp.decorators import csp_exempt
from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.gzip import gzip_page

from cantiere.engine.territory import Box
from cantiere.foundation.core.access import public
from cantiere.foundation.ui.filters import FilterForm
from cantiere.foundation.ui.listing import Listing, page_of, respond
from cantiere.foundation.ui.maps import Ground, MapData, Point, points_response, sketch
from cantiere.foundation.ui.policies import embeddable
from tests.foundation.ui.pages import RING
from tests.foundation.ui.pages import urlpatterns as others

THEMES = [("bosco", "Bosco"), ("strade", "Strade"), ("scuola", "Scuola")]
GROUND = Ground("/confini.json", [RING], Box(10.66, 44.05, 10.98, 44.3), "Confini: ISTAT (CC BY 4.0)")
MOST = 10_000


class Filters(FilterForm):
    parameters = {"themes": "tema", "many": "quanti", "order": "ordine"}
    words = {"themes": "sul tema %(value)s", "many": "al massimo %(value)s"}
    quiet = ("order",)

    q = forms.CharField(label="Cerca un processo", max_length=50)
    many = forms.IntegerField(label="Quanti al massimo", min_value=0, max_value=MOST, widget=forms.TextInput)
    themes = forms.MultipleChoiceField(label="Tema", choices=THEMES, widget=forms.CheckboxSelectMultiple)
    emergency = forms.BooleanField(label="nati durante l'emergenza")
    order = forms.ChoiceField(
        label="Ordine", choices=[("recenti", "Prima i recenti"), ("nome", "Per nome")], initial="recenti"
    )


@functools.lru_cache
def spread(limit):
    """Over the ground on a spiral, no two at one position."""
    return [
        SimpleNamespace(
            number=n,
            title=f"Processo {n}",
            theme=THEMES[n % 3][0],
            lng=10.82 + 0.15 * math.sqrt(n / limit) * math.cos(n * 2.399963),
            lat=44.175 + 0.11 * math.sqrt(n / limit) * math.sin(n * 2.399963),
        )
        for n in range(limit)
    ]


def things(form, most=60):
    """What the filters leave of so many things."""
    chosen = form.chosen
    found = spread(most if chosen["many"] is None else chosen["many"])
    if chosen["themes"]:
        found = [one for one in found if one.theme in chosen["themes"]]
    if chosen["q"]:
        found = [one for one in found if chosen["q"] in one.title]
    return found[::-1] if chosen["order"] == "nome" else found


def points_of(found):
    return [Point(one.lng, one.lat, 1, one.title, f"/elenco/{one.number}/") for one in found]


def listing_of(request):
    form = Filters(request.GET)
    found = things(form)
    query = form.query()
    return Listing(
        sentence=f"{len(found)} processi in 9 province",
        form=form,
        page=page_of(found, request),
        item_template="thing.html",
        empty_title="Qui ci saranno i processi",
        empty_text="Nessuno ne ha ancora raccontato uno.",
        downloads=[("CSV", f"/elenco.csv?{query}")],
        map=MapData(
            points_url=f"{reverse('points')}?{'molti' if 'molti' in request.GET else query}",
            nouns=("processo", "processi"),
            label="Mappa dei processi",
            ground=GROUND,
            sketch=sketch(GROUND, points_of(found)),
            embed_url=f"{reverse('embedded')}?{query}",
        ),
    )


@public
def listing(request):
    return respond(request, "listing_page.html", listing_of(request))


@public
@embeddable
def embedded(request):
    shown = listing_of(request)
    full_url = f"{reverse('listing')}?{shown.form.query()}"
    return render(request, "ui/embed_map.html", {"map": shown.map, "full_url": full_url})


@public
@csp_exempt()
def host(request):
    """A page of another site: the same server under its other name."""
    ours = f"http://127.0.0.1:{request.get_port()}/elenco/incorpora/?tema=bosco"
    return HttpResponse(
        f'<!DOCTYPE html><link rel="icon" href="data:,"><title>Altrove</title><iframe src="{ours}" title="Mappa" width="600" height="480"></iframe>'
    )


@public
@gzip_page
def points(request):
    found = things(Filters(request.GET))
    if "molti" in request.GET:  # five of them at one place: it leads to the list
        return points_response([Point(10.8, 44.2, 5, "Fanano (MO)", f"{reverse('listing')}?tema=scuola")])
    return points_response(points_of(found))


@public
def thing(request, number):
    return render(request, "thing_page.html", {"number": number})


@public
def ground(_request):
    shape = {"type": "Polygon", "coordinates": [[*RING, RING[0]]]}
    feature = {"type": "Feature", "properties": {"name": "Prova"}, "geometry": shape}
    from django.http import JsonResponse

    return JsonResponse({"type": "FeatureCollection", "features": [feature]})


@public
def nothing(_request):
    return HttpResponse("")


urlpatterns = [
    path("elenco/", listing, name="listing"),
    path("elenco/incorpora/", embedded, name="embedded"),
    path("altrove/", host),
    path("elenco/punti.json", points, name="points"),
    path("elenco/<int:number>/", thing, name="thing"),
    path("elenco.csv", nothing),
    path("confini.json", ground),
    *others,
]
