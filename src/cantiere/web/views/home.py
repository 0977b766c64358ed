"""The first page: what one can do now, where the programmes stand, what came of things."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cantiere.foundation.accounts.http import Request
from cantiere.foundation.core.access import public
from cantiere.programmes import queries
from cantiere.programmes.models import Programme
from cantiere.web.territory import territory


@public
def home(request: Request) -> HttpResponse:
    """Ten seconds to understand what this place is and for whom."""
    now = timezone.now()
    today = timezone.localdate()
    programmes = queries.programmes_with_outline(Programme.objects.public()).order_by(
        "closed_on", "-starts_on"
    )[:6]
    appointments = queries.appointments_between(today, today + timedelta(days=120))[:5]
    return render(
        request,
        "web/home.html",
        {
            "open_now": queries.open_activities(now, limit=3),
            "programmes": programmes,
            "territory": territory(programmes),
            "outcomes": queries.latest_outcomes(3),
            "appointments": appointments,
        },
    )


@public
def about(request: Request) -> HttpResponse:
    """How taking part works, in plain words."""
    return render(request, "web/about.html")


@public
def credits(request: Request) -> HttpResponse:  # noqa: A001 (the page is called so)
    """Where data, type and software come from."""
    return render(request, "web/credits.html")


@public
def privacy(request: Request) -> HttpResponse:
    """The privacy notice, cookies included."""
    return render(request, "web/privacy.html")


@public
def legal(request: Request) -> HttpResponse:
    """Legal notes."""
    return render(request, "web/legal.html")
