"""The first page: what one can do now, where the programmes stand, what came of things."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from cantiere.foundation.accounts.http import Request
from cantiere.foundation.core.access import public
from cantiere.programmes import queries
from cantiere.programmes.models import Appointment, Programme
from cantiere.web.territory import territory

PROGRAMMES, APPOINTMENTS = 6, 5


@public
def home(request: Request) -> HttpResponse:
    """Ten seconds to understand what this place is and for whom; read only when the page is made anew."""
    public_programmes = Programme.objects.public().order_by("closed_on", "-starts_on")
    programmes = SimpleLazyObject(
        lambda: list(queries.programmes_with_outline(public_programmes)[:PROGRAMMES])
    )
    words = {
        "programmes": programmes,
        "territory": lambda: territory(programmes),
        "open_now": SimpleLazyObject(lambda: queries.open_activities(timezone.now(), limit=3)),
        "outcomes": SimpleLazyObject(lambda: queries.latest_outcomes(3)),
        "appointments": SimpleLazyObject(_next_appointments),
    }
    return render(request, "web/home.html", words)


def _next_appointments() -> list[Appointment]:
    today = timezone.localdate()
    return list(queries.appointments_between(today, today + timedelta(days=120))[:APPOINTMENTS])


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
