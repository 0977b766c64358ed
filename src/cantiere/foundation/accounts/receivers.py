"""What we note when somebody has signed in (Django's and allauth's event, not ours)."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from cantiere.foundation.accounts.sessions import BEGAN, DEVICE

BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


def device(agent: str) -> str:
    """«Firefox, Android»: enough to recognise one's own, no more; empty when nothing is known."""
    browser = next((name for mark, name in BROWSERS.items() if f"{mark}/" in agent), "")
    system = next((name for mark, name in SYSTEMS.items() if mark in agent), "")
    return ", ".join(filter(None, [browser, system]))


@receiver(user_logged_in, dispatch_uid="accounts.describe_session")
def describe_session(request: HttpRequest, **_details: Any) -> None:
    """Write device and beginning into the new session."""
    request.session[DEVICE] = device(request.headers.get("User-Agent", ""))
    request.session[BEGAN] = timezone.now().isoformat()
