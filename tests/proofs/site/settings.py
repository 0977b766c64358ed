"""The settings of the house without its upper rooms: what is proved here stands under all of them."""

from cantiere.config.settings import *  # noqa: F403
from cantiere.config.settings import INSTALLED_APPS as ALL
from cantiere.config.settings import MIDDLEWARE as ALL_MIDDLEWARE

FLOOR = "cantiere.foundation"
ROOMS = (f"{FLOOR}.core", f"{FLOOR}.ui", f"{FLOOR}.accounts", f"{FLOOR}.live")
INSTALLED_APPS = [name for name in ALL if not name.startswith("cantiere.") or name in ROOMS]
INSTALLED_APPS.append("tests.proofs.site")
MIDDLEWARE = [
    name
    for name in ALL_MIDDLEWARE
    if name.startswith(("django.", "cantiere.foundation.core", "allauth", "whitenoise", "csp"))
]
ROOT_URLCONF = "tests.proofs.site.urls"
