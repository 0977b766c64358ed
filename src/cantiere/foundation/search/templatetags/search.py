"""Template words of the search page."""

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from cantiere.foundation.search.queries import Pieces

register = template.Library()


@register.filter
def marked(pieces: Pieces) -> SafeString:
    """``{{ result.title|marked }}``: the text, with what was looked for in ``mark``."""
    shown = (
        format_html("<mark>{}</mark>", piece) if found else conditional_escape(piece)
        for piece, found in pieces
    )
    return format_html_join("", "{}", ((piece,) for piece in shown))
