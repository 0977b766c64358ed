"""How often codes are sent: by the client's address, and by the mailbox they go to."""

from datetime import datetime, timedelta

from allauth.core import ratelimit
from django.http import HttpRequest
from django.utils import timezone

from cantiere.foundation.accounts.addresses import mailbox
from cantiere.foundation.core.limits import hit

PAUSE = timedelta(minutes=15)


def too_many(request: HttpRequest, email: str) -> datetime | None:
    """Count one code to an address; gives the moment to come back when there were too many.

    The mailbox is counted by allauth (``ACCOUNT_RATE_LIMITS``); its spellings and aliases are one.
    """
    if not ratelimit.consume(request, action="request_login_code", key=mailbox(email)):
        return timezone.now() + PAUSE
    return hit(request, "code")
