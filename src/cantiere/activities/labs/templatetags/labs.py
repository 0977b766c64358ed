"""Template words of laboratories."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from cantiere.activities.labs import sentences

register = template.Library()


@register.filter
def minutes_long(minutes: int) -> str:
    """«1 h 50 min»: so many minutes, as one reads them at a glance."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)s min") % {"minutes": rest}
    if not rest:
        return _("%(hours)s h") % {"hours": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}


@register.filter
def given(said: Any) -> str:
    """«3 bollini»: what others gave for something said."""
    return sentences.given(str(said.sort), said.dots)
