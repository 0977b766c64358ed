"""What people can agree to: each purpose with the very text they saw, its version and its digest."""

import hashlib
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Purpose:
    """One thing that is asked; a new ``text`` needs a new ``version``.

    A purpose that is not ``optional`` comes with having an account: it is withdrawn by erasing that.
    """

    key: str
    name: Words
    text: Words
    version: str
    optional: bool = True

    def digest(self) -> str:
        """SHA-256 of the text in the language it was read in."""
        return hashlib.sha256(str(self.text).encode()).hexdigest()


_purposes: dict[str, Purpose] = {}


def register(purpose: Purpose) -> Purpose:
    """Declare a purpose, from a room's ``apps.py``."""
    _purposes[purpose.key] = purpose
    return purpose


def forget(purpose: Purpose) -> None:
    """Take a purpose back; tests enter and leave."""
    _purposes.pop(purpose.key, None)


def purposes() -> dict[str, Purpose]:
    """All purposes by key."""
    return dict(_purposes)


PRIVACY = register(
    Purpose(
        key="privacy",
        name=_("Privacy notice"),
        text=_(
            "We keep your e-mail address to let you in and to write to you about what you take part in. "
            "We keep your name only if you give it. No one can look you up on this site. We give your data "
            "to no one else. You can see, download and erase everything from your account, when you like."
        ),
        version="2026-1",
        optional=False,
    )
)
