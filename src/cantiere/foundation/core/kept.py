"""Parts of pages that are the same for every visitor: made once, kept until anybody does anything.

Every action leaves a line in the audit log, so its last number says whether what was made is still true.
A part is also made anew after ``KEEP_PAGES`` seconds, because time opens and closes things by itself.
"""

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

from django import template
from django.conf import settings
from django.core.cache import cache
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.utils.translation import get_language

from cantiere.foundation.core.models import AuditEntry


class Kept(Node):
    """``{% kept "programme" programme.pk %}…{% endkept %}``: kept for visitors, made anew for the others.

    Nothing inside may depend on the request but for what is named after the tag. What is slow to read is best
    handed over lazily: it is then read only when the part is made.
    """

    def __init__(self, inside: NodeList, names: list[FilterExpression]) -> None:
        self.nodelist = inside
        self.names = names

    def render(self, context: template.Context) -> str:
        request = context.get("request")
        if request is None:
            return self.nodelist.render(context)
        names = [str(name.resolve(context)) for name in self.names]
        return keep(request, names, lambda: self.nodelist.render(context))


def keep(request: Any, names: Sequence[str], make: Callable[[], str]) -> str:
    """What ``make`` gives, kept for visitors under these names, made anew for those who signed in."""
    if not settings.KEEP_PAGES or request.person is not None:
        return make()
    words = "\0".join([get_language() or "", request.get_host(), _last_act(request), *names])
    key = f"kept:{hashlib.sha256(words.encode()).hexdigest()}"
    made: str | None = cache.get(key)
    if made is None:
        made = make()
        cache.set(key, made, settings.KEEP_PAGES)
    return made


def _last_act(request: Any) -> str:
    """The number of the last act, read once a request."""
    known: str | None = getattr(request, "_last_act", None)
    if known is None:
        last = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first()
        known = request._last_act = str(last)  # noqa: SLF001 (kept with the request)
    return known


def kept(parser: Parser, token: Token) -> Kept:
    """Compile the tag."""
    names = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(inside, names)
