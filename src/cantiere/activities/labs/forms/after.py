"""What the team says after a laboratory: of what was said, and in the minutes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from cantiere.activities.labs import quoting
from cantiere.activities.labs.models import Lab
from cantiere.programmes.forms import MinutesForm


class MarksForm(forms.Form):
    """What is done with the things ticked."""

    ACTS = ("hold", "let", "join", "part")

    reason = forms.CharField(
        label=_("Why not"),
        max_length=240,
        required=False,
        help_text=_("Whoever said it reads your reason. For example: it names a person."),
    )

    def __init__(self, data: MultiValueDict[str, Any] | None = None) -> None:
        super().__init__(data)
        self.refs: list[str] = data.getlist("ref") if data is not None else []
        self.act = next((name for name in self.ACTS if data is not None and name in data), "")

    def clean(self) -> dict[str, Any]:
        """Something is ticked, and something is to be done with it."""
        if not self.refs:
            raise ValidationError(_("Tick at least one thing."))
        if not self.act:
            raise ValidationError(_("Choose what to do with those ticked."))
        return self.cleaned_data


class LabMinutesForm(MinutesForm[Lab]):
    """Minutes in which the words of people are links: nothing of them is kept here."""

    class Meta(MinutesForm.Meta):
        model = Lab

    def __init__(self, *args: Any, row: Lab, **options: Any) -> None:
        first = {"minutes": quoting.for_writing(row.minutes)}
        super().__init__(*args, row=row, initial=first, **options)
        self.fields["minutes"].help_text = _(
            "The words between square brackets are those of people and stay as they said them: whatever you "
            "write there is not kept. Take a line away, move it, or correct the contribution with a reason."
        )

    def clean_minutes(self) -> str:
        """Without the words of people."""
        return quoting.emptied(self.cleaned_data["minutes"])
