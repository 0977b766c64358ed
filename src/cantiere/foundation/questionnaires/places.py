"""Places in answers: written names become numbers, numbers become names again."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from cantiere.engine.questionnaire.cleaning import Wrong
from cantiere.engine.questionnaire.schema import PLACES, Question
from cantiere.foundation.places.forms import PlaceField
from cantiere.foundation.places.models import Place, fold


class PlaceFinder:
    """Finds what was written; names it knows already, and those it has found, cost no query."""

    def __init__(self, known: Mapping[int, str] | None = None) -> None:
        """``known`` are labels by number, as :func:`labels` gives them."""
        self.numbers = set(known or ())
        self.found: dict[tuple[str, tuple[str, ...]], int] = {}
        self.labels = {fold(label): number for number, label in (known or {}).items()}

    def __call__(self, written: str | int, kinds: Sequence[str]) -> int:
        if isinstance(written, int):
            return self._numbered(written, kinds)
        if (number := self.labels.get(fold(written))) is not None:
            return number
        key = (fold(written), tuple(kinds))
        if key not in self.found:
            try:
                place = PlaceField(kinds=kinds).to_python(written)
            except ValidationError as refused:
                raise Wrong("place", message=" ".join(refused.messages)) from refused
            if place is None:
                raise Wrong("place", message="")
            self.found[key] = place.pk
        return self.found[key]

    def _numbered(self, number: int, kinds: Sequence[str]) -> int:
        """A number stands in answers that were taken before; it is looked up unless it is known."""
        if number not in self.numbers:
            if not 0 < number < 2**63 or not Place.objects.filter(pk=number, kind__in=kinds).exists():
                raise Wrong("place", message=str(number))
            self.numbers.add(number)
        return number


def numbers(questions: Iterable[Question], answers: Mapping[str, Any]) -> list[int]:
    """The numbers of all places among some answers."""
    found: list[int] = []
    for question in questions:
        if question.type in PLACES:
            value = answers.get(question.name)
            found += value if isinstance(value, list) else [value] if isinstance(value, int) else []
    return found


def labels(questions: Iterable[Question], answers: Mapping[str, Any]) -> dict[int, str]:
    """Their labels, in one query or none."""
    wanted = numbers(questions, answers)
    if not wanted:
        return {}
    return {place.pk: place.label for place in Place.objects.select_related("parent").filter(pk__in=wanted)}
