"""Addresses: each room brings its own; here is only where they begin."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("cantiere.foundation.accounts.urls")),
    path("", include("cantiere.foundation.places.urls")),
    path("", include("cantiere.foundation.organisations.urls")),
    path("", include("cantiere.foundation.notices.urls")),
    path("", include("cantiere.foundation.search.urls")),
    path("", include("cantiere.thread.contributions.urls")),
    path("", include("cantiere.activities.meetings.urls")),
    path("", include("cantiere.activities.labs.urls")),
    path("", include("cantiere.activities.observatory.urls")),
    path("", include("cantiere.activities.innovators.urls")),
    path("", include("cantiere.programmes.urls")),
    path("", include("cantiere.results.opendata.urls")),
    path("", include("cantiere.web.urls")),
]
