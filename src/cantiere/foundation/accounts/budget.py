"""How often an address or a browser may ask for codes; counted by allauth, in its cache."""

from allauth.core import ratelimit
from django.http import HttpRequest

from cantiere.foundation.accounts.addresses import mailbox


def spend(request: HttpRequest, action: str, email: str = "") -> bool:
    """Count one act against the limits of ``ACCOUNT_RATE_LIMITS``; spellings of one mailbox count as one."""
    return bool(ratelimit.consume(request, action=action, key=mailbox(email) if email else None))
