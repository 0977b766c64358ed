"""Who may find what is not for everyone: upper rooms say to which of their audiences a person belongs."""

from collections.abc import Callable, Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ImproperlyConfigured

from cantiere.foundation.core.access import Actor

Resolver = Callable[[AbstractBaseUser], Iterable[int]]

_resolvers: dict[str, Resolver] = {}


def register(name: str, resolver: Resolver) -> None:
    """``register("programme", teams_of)``: the numbers of the audiences ``programme:…`` of a person.

    A resolver answers with one query at most; the same name cannot be registered for another.
    """
    if _resolvers.get(name, resolver) is not resolver:
        raise ImproperlyConfigured(f"The audience {name} is registered twice.")
    _resolvers[name] = resolver


def of(person: Actor) -> list[str]:
    """The audiences of a person beside everyone; none for who is not signed in."""
    if person is None:
        return []
    return [
        f"{name}:{number}" for name, resolver in sorted(_resolvers.items()) for number in resolver(person)
    ]
