"""Addresses of the room."""

from django.urls import URLPattern, URLResolver, path

from cantiere.foundation.places import views

app_name = "places"
urlpatterns: list[URLPattern | URLResolver] = [
    path("luoghi/cerca", views.search, name="search"),
    path("luoghi/vicino", views.near, name="near"),
    path("luoghi/confini/<slug:level>.json", views.ground, name="ground"),
]
