"""Answers of a page without script: what a form of plain fields says, as the rules of a question read it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from cantiere.engine.voting.questions import STANCES
from cantiere.foundation.places.forms import PlaceField

Asked = Mapping[str, Any]  # a question as a frame tells it


def value_of(asked: Asked, sent: QueryDict) -> Any:
    """The value of an answer; :class:`ValidationError` where a field is at fault, else the rules judge it."""
    return _READ[asked["asks"]](asked, sent)


def _keys(asked: Asked) -> list[str]:
    return [option["key"] for option in asked["options"]]


def _ranking(asked: Asked, sent: QueryDict) -> list[str]:
    """By the numbers people wrote; two with the same number are told apart by nobody."""
    places = {key: sent.get(f"place-{key}", "").strip() for key in _keys(asked)}
    ranked = {
        key: int(written) for key, written in places.items() if written.isascii() and written.isdecimal()
    }
    twice = len(set(ranked.values())) < len(ranked)
    return [next(iter(ranked))] * 2 if twice else sorted(ranked, key=lambda key: ranked[key])


def _points(asked: Asked, sent: QueryDict) -> dict[str, str]:
    return {key: sent.get(f"points-{key}", "") for key in _keys(asked)}


def _stances(asked: Asked, sent: QueryDict) -> dict[str, str]:
    given = {key: sent.get(f"stance-{key}", "") for key in _keys(asked)}
    return {key: stance for key, stance in given.items() if stance in STANCES}


def position_of(name: str) -> list[float]:
    """Where the municipality of this name lies (longitude, latitude)."""
    place = PlaceField().clean(name)
    if place is None or place.lng is None:
        raise ValidationError("", code="not_a_position")
    return [place.lng, place.lat]


_READ: dict[str, Callable[[Asked, QueryDict], Any]] = {
    "single": lambda _asked, sent: sent.get("choice", ""),
    "quiz": lambda _asked, sent: sent.get("choice", ""),
    "scale": lambda _asked, sent: sent.get("choice", ""),
    "multiple": lambda _asked, sent: sent.getlist("choice"),
    "words": lambda _asked, sent: sent.getlist("word"),
    "ideas": lambda _asked, sent: sent.get("text", ""),
    "ranking": _ranking,
    "points": _points,
    "statements": _stances,
    "pin": lambda _asked, sent: position_of(sent.get("place", "")),
}
