"""The code of a receipt: ten characters that can be read aloud, of which only a keyed digest is stored."""

import secrets

from django.conf import settings
from django.utils.crypto import salted_hmac

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base32: without I, L, O, U
LENGTH = 10
_HEARD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code() -> str:
    """Fifty random bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def spoken(code: str) -> str:
    """``K7M 2XQ 9D4T``: in groups, as one reads it aloud."""
    return f"{code[:3]} {code[3:6]} {code[6:]}"


def heard(written: str) -> str:
    """What was typed, as the code is written: small letters, O for 0, spaces and hyphens do not matter.

    Whatever is no code comes out as something that is none either.
    """
    kept = "".join(
        character for character in written[:100] if not character.isspace() and character not in "-–—._"
    )
    return kept.upper().translate(_HEARD)


def is_code(code: str) -> bool:
    """Whether it has the shape of one."""
    return len(code) == LENGTH and set(code) <= set(ALPHABET)


def digest_of(code: str, secret: str | bytes | None = None) -> str:
    """What is stored; keyed, because fifty bits could be tried out by whoever steals the table."""
    return salted_hmac("cantiere.receipts", code, secret=secret, algorithm="sha256").hexdigest()


def digests_of(code: str) -> list[str]:
    """Under the secret of today and those before it."""
    return [digest_of(code, secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
