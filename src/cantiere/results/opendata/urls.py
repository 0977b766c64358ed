"""Addresses of the room; those of files are stable, others link to them."""

from django.urls import URLPattern, URLResolver, path

from cantiere.results.opendata import views

app_name = "opendata"
urlpatterns: list[URLPattern | URLResolver] = [
    path("dati/", views.catalogue, name="catalogue"),
    path("dati/catalogo.ttl", views.turtle, name="turtle"),
    path("dati/catalogo.rdf", views.rdf, name="rdf"),
    path("dati/catalogo.jsonld", views.jsonld, name="jsonld"),
    path("dati/<slug:name>/", views.dataset, name="dataset"),
    path("dati/<slug:name>/campi.json", views.fields, name="fields"),
    path("dati/file/<str:name>", views.file, name="file"),
]
