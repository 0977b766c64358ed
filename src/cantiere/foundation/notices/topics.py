"""What can be followed: upper rooms say what their topics are called and who may see them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured

from cantiere.foundation.core.access import Actor

Resolver = Callable[[set[int]], Mapping[int, tuple[str, str]]]
Sight = Callable[[Actor, set[int]], Iterable[int]]


@dataclass(frozen=True)
class Topic:
    """Something to follow, as a person may see it."""

    key: str
    title: str
    address: str


@dataclass(frozen=True)
class _Source:
    resolver: Resolver
    visible_to: Sight | None


_sources: dict[str, _Source] = {}


def register(name: str, resolver: Resolver, visible_to: Sight | None = None) -> None:
    """``register("programme", names_of)``: titles and addresses of the topics ``programme:…``.

    ``resolver(ids)`` gives ``{id: (title, address)}``; ``visible_to(person, ids)`` those of the ids that a
    person (or nobody in particular: ``None``) may see, without it all that the resolver names. One query
    each at most; the same name cannot be registered for another.
    """
    source = _Source(resolver, visible_to)
    if _sources.get(name, source) != source:
        raise ImproperlyConfigured(f"The topic {name} is registered twice.")
    _sources[name] = source


def confirm(keys: Iterable[str]) -> None:
    """``ImproperlyConfigured`` for a topic of no room: its followers would be told nothing, unnoticed."""
    for key in keys:
        if key.partition(":")[0] not in _sources:
            raise ImproperlyConfigured(f"No room has registered topics such as {key}.")


def seen_by(person: Actor, keys: Iterable[str]) -> dict[str, Topic]:
    """Of these topics those that exist and that this person may see; one question for each kind."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for key in keys:
        name, _, number = key.partition(":")
        if name in _sources and number.isascii() and number.isdigit() and key == f"{name}:{int(number)}":
            wanted[name].add(int(number))
    found: dict[str, Topic] = {}
    for name, ids in sorted(wanted.items()):
        source = _sources[name]
        seen = ids if source.visible_to is None else ids & set(source.visible_to(person, ids))
        for one, (title, address) in source.resolver(seen).items() if seen else ():
            found[f"{name}:{one}"] = Topic(f"{name}:{one}", title, address)
    return found
