"""A note for a board, from a page without script."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 500


class NoteForm(forms.Form):
    """Where it belongs, and what it says."""

    area = forms.ChoiceField(label=_("Where it belongs"))
    text = forms.CharField(
        label=_("Your note"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST}),
    )

    def __init__(self, data: Any = None, *, areas: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(data)
        field = self.fields["area"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(area["key"], area["title"]) for area in areas]

    def name_of(self, once: str) -> str:
        """What the note is called on the board: the same for a form that is sent twice."""
        return hashlib.sha256(once.encode()).hexdigest()[:12]
