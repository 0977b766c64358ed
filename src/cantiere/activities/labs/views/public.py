"""Laboratories as everyone sees them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cantiere.activities.labs.models import Lab
from cantiere.activities.labs.queries.lab import lab_view
from cantiere.foundation.accounts.http import Request
from cantiere.foundation.core.access import requires
from cantiere.programmes import structured
from cantiere.programmes.views.held import calendar_file, crumbs


@requires("labs.see", Lab)
def lab_detail(request: Request, lab: Lab) -> HttpResponse:
    """When and where first; what will happen and how to join; afterwards what came out of it."""
    own = lab_view(lab, request.person)
    context = {
        "view": own.held,
        "own": own,
        "lab": lab,
        "crumbs": crumbs(lab.activity),
        "structured": structured.held(own.held),
        "calendar_url": reverse("labs:lab_calendar", args=[lab.activity.slug]),
        "words": "labs/_programme.html",
        "outcome": "labs/_outcome.html",
        "links": "labs/_team_links.html",
    }
    return render(request, "labs/lab.html", context)


@requires("labs.see", Lab)
def lab_calendar(request: Request, lab: Lab) -> HttpResponse:
    """Its sessions for one's own calendar."""
    return calendar_file(request, lab.activity)
