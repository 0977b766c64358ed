"""Read before the settings: tests never touch the data of a served site."""

import os

from hypothesis import settings

os.environ.setdefault("CANTIERE_DATA", ".data/test")
os.environ.setdefault("CANTIERE_SECRET_KEY", "only-for-tests-" + "x" * 50)
# A browser driven from a test leaves an event loop in the thread; nothing here runs inside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

# Properties are about what is so, not about how busy the machine is.
settings.register_profile("cantiere", deadline=None)
settings.load_profile("cantiere")
