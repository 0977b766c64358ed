"""Addresses of programmes: what everyone sees, and the workspace of a team."""

from django.urls import URLPattern, URLResolver

from cantiere.programmes.urls import public, workspace

app_name = "programmes"
urlpatterns: list[URLPattern | URLResolver] = [*public.urlpatterns, *workspace.urlpatterns]
