"""Answering a census, inviting, curating what comes in, suggestions."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
