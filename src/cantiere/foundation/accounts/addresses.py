"""One spelling for each e-mail address, so that look-alikes are neither two people nor two budgets."""

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _


def normal(email: str) -> str:
    """The spelling that is kept and written to: compatible characters, lower case, an ASCII domain."""
    text = unicodedata.normalize("NFKC", email).strip().lower()
    local, at, domain = text.rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        return text
    return f"{local}{at}{domain}"


def valid(email: str) -> str:
    """The normal spelling, or :class:`ValidationError` in words for the person who typed."""
    address = normal(email)
    try:
        validate_email(address)
    except ValidationError as wrong:
        raise ValidationError(
            _("Check the address: it should look like name@example.org."), code="invalid"
        ) from wrong
    return address


def mailbox(email: str) -> str:
    """What counts as the same box for limits: without what follows a plus sign."""
    local, _at, domain = normal(email).rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"
