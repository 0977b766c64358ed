"""Keys of views that need no account: the desk hands them out, and they end with the laboratory's code."""

import secrets

from django.http import Http404
from django.utils.crypto import constant_time_compare, salted_hmac

from cantiere.activities.labs.models import Lab

SCREEN, NOTES = "screen", "notes"
LENGTHS = {SCREEN: 8, NOTES: 20}
_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"


def key_of(lab: Lab, view: str) -> str:
    """``K7M2XQ-4h9…``: what stands in the address of a view of this laboratory."""
    digest = salted_hmac(f"cantiere.labs.{view}", f"{lab.pk} {lab.code}", algorithm="sha256").digest()
    return f"{lab.code}-{''.join(_SIGNS[byte % len(_SIGNS)] for byte in digest[: LENGTHS[view]])}"


def lab_of(key: str, view: str) -> Lab:
    """The laboratory whose view this key opens; :class:`Http404` for any other word."""
    code = key.partition("-")[0].upper()
    found = Lab.objects.select_related(*Lab.address_related).filter(code=code).first()
    # A code nobody has takes as long as a wrong key.
    wanted = key_of(found, view) if found is not None else secrets.token_hex(8)
    if found is None or not constant_time_compare(key[len(code) :].lower(), wanted[len(code) :]):
        raise Http404
    return found
