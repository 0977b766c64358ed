"""Every address says who may call it."""

import re

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from cantiere.foundation.core import access

WORDS = re.compile(r"\w+(\|\w+)*")


def patterns(resolver=None, before=""):
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, before + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield before + str(entry.pattern), entry


def test_every_view_names_its_permission():
    mute = []
    for address, entry in patterns():
        view = entry.callback
        origin = getattr(view, "view_class", view)
        foreign = any(origin.__module__.startswith(name) for name in settings.FOREIGN_VIEWS)
        if not hasattr(view, "access") and not foreign:
            mute.append(address)
    assert mute == []


def test_every_named_permission_is_declared():
    named = {entry.callback.access for _address, entry in patterns() if hasattr(entry.callback, "access")}
    assert named - {"public"} - set(access.rules()) == set()


def test_every_address_has_a_name():
    assert [
        address
        for address, entry in patterns()
        if not entry.name and "allauth" not in entry.callback.__module__
    ] == []


def test_no_address_takes_a_parent_and_a_child():
    """A word of a short list, as the hall of a desk, names no object."""
    named = {
        address: [each for each in entry.pattern.converters.values() if not WORDS.fullmatch(each.regex)]
        for address, entry in patterns()
    }
    assert [address for address, objects in named.items() if len(objects) > 1] == []
