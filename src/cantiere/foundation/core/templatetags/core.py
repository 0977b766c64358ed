"""Template words of the mechanisms."""

import secrets

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cantiere.foundation.core import access, kept, richtext
from cantiere.foundation.core.once import FIELD

register = template.Library()
register.tag("kept", kept.kept)


@register.simple_tag
def once_key() -> SafeString:
    """The hidden key that makes a form count once; every form that posts carries it."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, secrets.token_urlsafe(16))


@register.simple_tag(takes_context=True)
def may(context: template.Context, name: str, target: object = None) -> bool:
    """``{% may "programmes.edit" programme as editable %}``."""
    return access.can(context["request"].person, name, target)


@register.filter
def markdown(source: str) -> SafeString:
    """Rich text as sanitised HTML."""
    return richtext.render(source)
