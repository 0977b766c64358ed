"""Plain widgets are drawn as Django's templates draw them."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from cantiere.foundation.ui.forms import Boxes, Renderer
from cantiere.foundation.ui.widgets import drawing_of

HOSTILE = "\"><script>'&"
CHOICES = [
    ("", "Tutti"),
    (1, 2024),
    ("gruppo", [("a", HOSTILE), ("b", SafeString("<b>forte</b>"))]),
    (HOSTILE, gettext_lazy("Search")),
]
ATTRS = {"id": "uno", "required": True, "disabled": False, "title": HOSTILE, "maxlength": 1200, "data-x": 0}
WIDGETS = [
    *(
        (widget, value)
        for widget in (
            *(
                forms.TextInput,
                forms.NumberInput,
                forms.EmailInput,
                forms.URLInput,
                forms.HiddenInput,
                forms.SearchInput,
            ),
            *(
                forms.TelInput,
                forms.ColorInput,
                forms.FileInput,
                forms.DateInput,
                forms.DateTimeInput,
                forms.TimeInput,
            ),
            *(forms.CheckboxInput, forms.Textarea),
        )
        for value in (None, "", "parole", HOSTILE, 12345, 0)
    ),
    (forms.PasswordInput, "segreto"),
    *((forms.Select, value) for value in (None, "", 1, "b", HOSTILE)),
    (forms.SelectMultiple, ["a", "1"]),
]


@pytest.mark.parametrize(("widget", "value"), WIDGETS)
def test_a_widget_is_drawn_as_its_template_draws_it(widget, value):
    one = widget(choices=CHOICES) if issubclass(widget, forms.Select) else widget()
    assert drawing_of(one.template_name) is not None
    drawn = one.render("nome&", value, ATTRS, Renderer())
    assert _apart(drawn) == _apart(one.render("nome&", value, ATTRS, DjangoTemplates()))
    assert isinstance(drawn, SafeString)


@pytest.mark.parametrize("value", [None, ["1"], ["a", HOSTILE]])
def test_boxes_are_those_of_django_inside_our_layout(value):
    choices = [("a", HOSTILE), ("1", 2024), (HOSTILE, SafeString("<b>forte</b>"))]
    drawn = Boxes(choices=choices).render("nome&", value, {"id": "uno"}, Renderer())
    theirs = forms.CheckboxSelectMultiple(choices=choices).render(
        "nome&", value, {"id": "uno"}, DjangoTemplates()
    )
    inputs = re.compile(r"<input[^>]*>")
    assert [_apart(each) for each in inputs.findall(drawn)] == [
        _apart(each) for each in inputs.findall(theirs)
    ]
    labels = re.compile(r"<label[^>]*>(.*?)</label>", re.DOTALL)
    assert labels.findall(drawn) == ["&quot;&gt;&lt;script&gt;&#x27;&amp;", "2024", "<b>forte</b>"]


def _apart(html):
    """Compared by its elements: spaces between them and the order of attributes say nothing."""
    return parse_html(re.sub(r">\s+<", "><", html.strip()))
