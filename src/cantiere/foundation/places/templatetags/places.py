"""Template words of the room."""

from typing import Any

from django import template

from cantiere.foundation.places.credits import CREDITS

register = template.Library()


@register.inclusion_tag("places/_credits.html")
def place_credits() -> dict[str, Any]:
    """A list of those whose data the places are made of."""
    return {"credits": CREDITS}
