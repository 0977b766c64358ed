"""Doors that stand inside one another."""

from django.urls import path

from tests.foundation.ui.pages import nothing

urlpatterns = [
    path("", nothing, name="calendar"),
    path("p/", nothing, name="programmes"),
    path("p/dentro/", nothing, name="room"),
]
