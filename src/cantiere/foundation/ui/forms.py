"""How forms are drawn: Bootstrap Italia's fields, readable without script."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString

from cantiere.foundation.ui.widgets import boxes, drawing_of

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
    """Our templates for forms and fields; the widgets inside them as Django draws them."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
    formset_template_name = "ui/forms/formset.html"
    bound_field_class = Field

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """What the template gives; plain widgets are drawn without it."""
        draw = drawing_of(template_name)
        return draw(context["widget"]) if draw else super().render(template_name, context, request)


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
        base = (attrs or {}).get("id") or f"id_{name}"
        return boxes(name, self.choices, {str(each) for each in value or ()}, base)
