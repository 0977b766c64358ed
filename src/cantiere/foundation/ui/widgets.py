"""Django's plain widgets drawn without a template each: a page of filters draws dozens of them."""

import html
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from django.utils.formats import localize
from django.utils.safestring import SafeString

_INPUTS = (
    *("text", "number", "email", "url", "password", "hidden", "search", "tel", "color", "file"),
    *("date", "datetime", "time", "checkbox"),
)


def drawing_of(template_name: str) -> Callable[[Mapping[str, Any]], SafeString] | None:
    """What draws a widget as the template of this name does; nothing where only the template can."""
    return _DRAWN.get(template_name)


def boxes(name: str, choices: Iterable[tuple[Any, Any]], ticked: Collection[str], base: str) -> SafeString:
    """Boxes to tick, ``ticked`` among them, with ids that begin with ``base``."""
    name, base = _escaped(name), _escaped(base)
    drawn = (
        f'<div class="form-check"><input type="checkbox" name="{name}" value="{_escaped(key)}"'
        f' id="{base}_{at}"{" checked" if str(key) in ticked else ""}>'
        f'<label for="{base}_{at}">{_escaped(label)}</label></div>'
        for at, (key, label) in enumerate(choices)
    )
    return SafeString(f'<div id="{base}">{"".join(drawn)}</div>')


def _escaped(value: Any) -> str:
    """A value as machines read it, never in the manner of a language; what is safe stays."""
    text = value if isinstance(value, str) else str(value)
    return text if isinstance(text, SafeString) else html.escape(text)


def _attrs(attrs: Mapping[str, Any]) -> str:
    """False leaves an attribute out, True gives it no value."""
    return "".join(
        f" {_escaped(name)}" + ("" if value is True else f'="{_escaped(value)}"')
        for name, value in attrs.items()
        if value is not False
    )


def _input(widget: Mapping[str, Any]) -> SafeString:
    value = "" if widget["value"] is None else f' value="{_escaped(widget["value"])}"'
    kind, name = _escaped(widget["type"]), _escaped(widget["name"])
    return SafeString(f'<input type="{kind}" name="{name}"{value}{_attrs(widget["attrs"])}>')


def _textarea(widget: Mapping[str, Any]) -> SafeString:
    text, name = _escaped(widget["value"] or ""), _escaped(widget["name"])
    return SafeString(f'<textarea name="{name}"{_attrs(widget["attrs"])}>\n{text}</textarea>')


def _select(widget: Mapping[str, Any]) -> SafeString:
    groups = "".join(_group(name, options) for name, options, _index in widget["optgroups"])
    return SafeString(f'<select name="{_escaped(widget["name"])}"{_attrs(widget["attrs"])}>{groups}</select>')


def _group(name: Any, options: Iterable[Mapping[str, Any]]) -> str:
    drawn = "".join(_option(option) for option in options)
    return f'<optgroup label="{_escaped(localize(name))}">{drawn}</optgroup>' if name else drawn


def _option(option: Mapping[str, Any]) -> str:
    label = _escaped(localize(option["label"]))
    return f'<option value="{_escaped(option["value"])}"{_attrs(option["attrs"])}>{label}</option>'


_DRAWN: dict[str, Callable[[Mapping[str, Any]], SafeString]] = {
    **{f"django/forms/widgets/{name}.html": _input for name in _INPUTS},
    "django/forms/widgets/select.html": _select,
    "django/forms/widgets/textarea.html": _textarea,
}
