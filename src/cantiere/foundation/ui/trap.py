"""A field that people do not see and machines fill in; forms open to everyone include ``ui/_trap.html``."""

from django.http import HttpRequest

FIELD = "homepage"


def caught(request: HttpRequest) -> bool:
    """Whether a machine filled the form in; it is told nothing, only let believe."""
    return bool(request.POST.get(FIELD))
