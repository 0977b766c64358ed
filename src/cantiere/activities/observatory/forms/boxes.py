"""Boxes to tick that cost little: a list with fifty of them is drawn at every visit."""

from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class Boxes(forms.CheckboxSelectMultiple):
    """As Django draws them, without a template for each."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:  # noqa: ARG002 (Django's)
        """The boxes, those of ``value`` ticked."""
        ticked = {str(each) for each in value or ()}
        base = (attrs or {}).get("id") or f"id_{name}"
        boxes = format_html_join(
            "",
            '<div class="form-check"><input type="checkbox" name="{}" value="{}" id="{}_{}"{}>'
            '<label for="{}_{}">{}</label></div>',
            (
                (name, key, base, at, SafeString(" checked") if str(key) in ticked else "", base, at, label)
                for at, (key, label) in enumerate(self.choices)
            ),
        )
        return format_html('<div id="{}">{}</div>', base, boxes)
