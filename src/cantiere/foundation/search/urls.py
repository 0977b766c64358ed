"""Addresses of the room."""

from django.urls import URLPattern, URLResolver, path

from cantiere.foundation.search import views

app_name = "search"
urlpatterns: list[URLPattern | URLResolver] = [path("cerca/", views.page, name="page")]
