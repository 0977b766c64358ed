"""Addresses of the room: none yet, for its page would have to list programmes, which stand above it."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
