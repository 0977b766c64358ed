"""The public observatory, and where its records are curated."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
