"""Template words of the desk."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.defaultfilters import stringfilter
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cantiere.activities.labs.models import Block
from cantiere.engine.voting.questions import STANCES

register = template.Library()
ICONS = {
    "plenary": "it-presentation",
    "question": "it-comment",
    "groups": "it-user",
    "break": "it-clock",
    "harvest": "it-list",
    "vote": "it-check-circle",
}


def _address(context: template.Context, act: str, **fields: object) -> str:
    named = {"lab": context["lab"].activity.slug, "hall": context["hall"], "act": act}
    address = reverse("labs:desk_act", kwargs=named)
    return f"{address}?{urlencode(fields)}" if fields else address


@register.simple_tag(takes_context=True)
def act_url(context: template.Context, act: str) -> str:
    """``action="{% act_url "go" %}"``: where a form asks for an act."""
    return _address(context, act)


@register.simple_tag(takes_context=True)
def lead(context: template.Context, act: str, **fields: object) -> SafeString:
    """``<button {% lead "open" block=block.key %}>``: a button of the page's one form, for an act."""
    return format_html('form="lead" formaction="{}"', _address(context, act, **fields))


@register.filter
def kind_icon(kind: str) -> str:
    """The icon of a kind of block."""
    return ICONS.get(kind, "it-list")


@register.filter
def kind_name(kind: str) -> str:
    """The name of a kind of block."""
    return str(Block.Kind(kind).label)


@register.filter
def percent(share: float) -> int:
    """A share as whole hundredths."""
    return round(max(0.0, min(1.0, share)) * 100)


@register.filter
def clock(at: int) -> datetime:
    """A time of the log, as clocks in the hall show it."""
    return datetime.fromtimestamp(at / 1000, tz=timezone.get_current_timezone())


@register.filter
def minutes_left(milliseconds: int) -> str:
    """«4:30»."""
    seconds = max(0, milliseconds) // 1000
    return f"{seconds // 60}:{seconds % 60:02}"


@register.filter
def given(value: Any, options: list[dict[str, str]]) -> str:
    """What was typed for a table, in words."""
    words = {option["key"]: option["text"] for option in options}
    if isinstance(value, dict):
        said = {"agree": _("agree"), "disagree": _("disagree"), "pass": _("pass")}
        return ", ".join(f"{words.get(key, key)}: {said.get(what, what)}" for key, what in value.items())
    if isinstance(value, list):
        return ", ".join(words.get(each, str(each)) for each in value)
    return words.get(str(value), str(value))


@register.filter
def stances(parts: dict[str, int]) -> list[tuple[str, int]]:
    """Stances to a statement in their order, in words."""
    words = {"agree": _("agree"), "disagree": _("disagree"), "pass": _("pass")}
    return [(words[stance], parts.get(stance, 0)) for stance in STANCES]


@register.filter
@stringfilter
def first_letters(name: str) -> str:
    """Two letters for a small round mark."""
    words = name.split()
    return "".join(word[0] for word in words[:2]).upper()
