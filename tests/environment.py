"""Read before the settings: tests never touch the data of a served site."""

import os

from hypothesis import settings

os.environ.setdefault("CANTIERE_DATA", ".data/test")
os.environ.setdefault("CANTIERE_SECRET_KEY", "only-for-tests-" + "x" * 50)
# A browser driven from a test leaves an event loop in the thread; nothing here runs inside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

FULL = os.environ.get("PROOF_SCALE") == "full"


def examples(full: int) -> int:
    """How many examples of a property are tried: all where script/prove asks for them, a fifth at every other run."""
    return full if FULL else max(full // 5, 5)


# Properties are about what is so, not about how busy the machine is.
settings.register_profile("cantiere", deadline=None, max_examples=examples(100))
settings.load_profile("cantiere")
