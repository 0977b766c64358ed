"""What a person can be invited to: rooms say what it is called and what happens on a yes."""

from collections.abc import Callable
from dataclasses import dataclass

from cantiere.foundation.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Offer:
    """One kind of invitation.

    ``describe(target)`` completes «You are invited as …»; it gives an empty text when the target is gone, and
    the invitation is then as good as expired. ``accept(person, target)`` runs in the transaction that uses
    the invitation up and gives the address to go to.
    """

    describe: Callable[[str], str]
    accept: Callable[[Person, str], str]


_offers: dict[str, Offer] = {}


def register(kind: str, offer: Offer) -> None:
    """Declare an offer under ``room.thing``, from a room's ``apps.py``."""
    _offers[kind] = offer


def offer(kind: str) -> Offer | None:
    """The offer of a kind; ``None`` when its room is gone."""
    return _offers.get(kind)
