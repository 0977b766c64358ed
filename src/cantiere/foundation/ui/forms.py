"""How forms are drawn: Bootstrap Italia's fields, readable without script."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_CHECK = (forms.CheckboxInput,)
_CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)


class Field(BoundField):
    """A field that knows its shape, so that its template needs no script and no widget names."""

    @property
    def shape(self) -> str:
        """``check``, ``choices``, ``select``, ``group`` (several inputs) or ``text``."""
        widget = self.field.widget
        if isinstance(widget, _CHECK):
            return "check"
        if isinstance(widget, _CHOICES):
            return "choices"
        if isinstance(widget, forms.Select):
            return "select"
        return "group" if self.use_fieldset else "text"

    @property
    def first_id(self) -> str:
        """The id that the error summary leads to."""
        return f"{self.auto_id}_0" if self.shape in {"choices", "group"} else str(self.auto_id)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Adds the class of text-like inputs."""
        attrs = super().build_widget_attrs(attrs, widget)
        if self.shape in {"text", "group"}:
            own = self.field.widget.attrs.get("class", "")
            attrs["class"] = f"form-control {own}".strip()
        return attrs


class Renderer(TemplatesSetting):
    """Our templates for forms and fields; Django's for the widgets inside them."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
    formset_template_name = "ui/forms/formset.html"
    bound_field_class = Field


class DateInput(forms.DateInput):
    """A day, with the calendar of the device."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"class": "form-narrow", **(attrs or {})}, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """An hour, with the clock of the device."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"class": "form-narrow", **(attrs or {})}, format="%H:%M")


class DateTimeInput(forms.DateTimeInput):
    """A day and an hour together."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"class": "form-narrow", **(attrs or {})}, format="%Y-%m-%dT%H:%M")


class Boxes(forms.CheckboxSelectMultiple):
    """Boxes to tick as Django draws them, without a template for each: a list draws dozens at every visit."""

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
