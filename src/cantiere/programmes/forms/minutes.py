"""The form of minutes, from the shortest to the longest; each kind names its model."""

from typing import Any, ClassVar, TypeVar

from django import forms

from cantiere.programmes.forms.details import DetailsForm
from cantiere.programmes.models import WithMinutes

Row = TypeVar("Row", bound=WithMinutes)


class MinutesForm(DetailsForm[Row]):
    """What came out, from the shortest to the longest."""

    class Meta:
        fields: ClassVar[tuple[str, ...]] = ("short", "points", "in_person_count", "minutes")
        widgets: ClassVar[dict[str, Any]] = {
            "short": forms.Textarea(attrs={"rows": 3, "class": "form-short"}),
            "points": forms.Textarea(attrs={"rows": 6}),
            "in_person_count": forms.NumberInput({"class": "form-narrow", "min": 0}),
            "minutes": forms.Textarea(attrs={"rows": 18}),
        }

    def __init__(self, *args: Any, row: Row, **options: Any) -> None:
        first = {"short": row.short or row.activity.outcome}
        super().__init__(*args, row=row, initial=first | options.pop("initial", {}), **options)
        if row.minutes_on is not None:
            self.initial["short"] = row.activity.outcome
