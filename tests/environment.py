"""Read before the settings: tests never touch the data of a served site."""

import os

os.environ.setdefault("CANTIERE_DATA", ".data/test")
os.environ.setdefault("CANTIERE_SECRET_KEY", "only-for-tests-" + "x" * 50)
