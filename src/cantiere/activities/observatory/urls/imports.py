"""Sheets of records, brought in and taken out."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
