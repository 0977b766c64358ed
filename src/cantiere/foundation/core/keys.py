"""Secret addresses: what somebody without an account carries in a link, and we keep only as a digest.

``path("censimenti/risposta/<secret:entry>/")`` turns the key in the address into its digest before any view
sees it; a model whose ``address`` is the column of that digest is then found like any other.
"""

import hashlib
import secrets

from django.urls import register_converter


def new_key() -> str:
    """A key of 256 bits, safe in an address."""
    return secrets.token_urlsafe(32)


def digest_of(key: str) -> str:
    """SHA-256 of a key, 64 hexadecimal figures: the only thing that is stored."""
    return hashlib.sha256(key.encode()).hexdigest()


class SecretConverter:
    """A key on the way out, its digest on the way in."""

    regex = "[A-Za-z0-9_-]{43}"

    def to_python(self, value: str) -> str:
        """The digest of the key in an address."""
        return digest_of(value)

    def to_url(self, value: str) -> str:
        """The key itself; a digest leads nowhere."""
        return value


register_converter(SecretConverter, "secret")
