"""A field that people do not see and machines fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class TrapField(forms.CharField):
    """Whatever is written here was written by a machine, see :func:`caught`; drawn by ``_trap.html``."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **{
                "label": _("Leave this field empty"),
                "required": False,
                "max_length": 200,
                "widget": forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
                **options,
            }
        )

    def clean(self, value: Any) -> str:
        """Never an error: a machine learns nothing."""
        return str(value or "")[:200]


def caught(form: forms.BaseForm) -> bool:
    """Whether a machine filled a checked form in."""
    return any(
        form.cleaned_data.get(name) for name, field in form.fields.items() if isinstance(field, TrapField)
    )
