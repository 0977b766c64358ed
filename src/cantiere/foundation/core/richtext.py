"""The one rich-text type: Markdown, cleaned when written and again when shown."""

import re
import unicodedata
from html import unescape
from typing import TYPE_CHECKING, Any

import nh3
from django import forms
from django.db import models
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

if TYPE_CHECKING:
    _TextField = models.TextField[str, str]
else:
    _TextField = models.TextField

TAGS = {
    "p",
    "br",
    "strong",
    "em",
    "a",
    "ul",
    "ol",
    "li",
    "blockquote",
    "h3",
    "h4",
    "h5",
    "hr",
    "code",
    "pre",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
# Control characters, and those that reverse the direction of text to disguise it.
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

_parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")


def clean(source: str) -> str:
    """Text as it may be stored: composed characters, plain line ends, nothing unseen."""
    text = unicodedata.normalize("NFC", source).replace("\r\n", "\n").replace("\r", "\n")
    return UNSEEN.sub("", text).strip()


def parse(source: str) -> list[Token]:
    """What a text consists of, for whoever makes something else of it than a page."""
    return _parser.parse(clean(source))


def render(source: str) -> SafeString:
    """HTML with a short list of tags; headings begin at ``h3``, below those of the page."""
    if not source:
        return SafeString("")
    tokens = parse(source)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + 2, 5)}"
    html = _parser.renderer.render(tokens, _parser.options, {})
    safe = nh3.clean(
        html,
        tags=TAGS,
        attributes={"*": set(), "a": {"href"}, "th": {"scope"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener nofollow ugc",
    )
    return mark_safe(safe)


def plain(source: str) -> str:
    """The words alone, for summaries, search and mail."""
    return " ".join(unescape(strip_tags(render(source))).split())


class MarkdownField(_TextField):
    """Text whose stored form is already clean."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ARG002, FBT001 (Django's)
        value = clean(getattr(model_instance, self.attname) or "")
        setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"widget": forms.Textarea(attrs={"rows": 6}), **kwargs})
