"""What every test may use."""

import os

os.environ.setdefault("CANTIERE_DATA", ".data/test")
os.environ.setdefault("CANTIERE_SECRET_KEY", "only-for-tests-" + "x" * 50)
