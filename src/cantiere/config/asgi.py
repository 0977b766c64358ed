"""One process: pages by Django in a bounded pool of threads, live traffic (later) on the event loop."""

from typing import Any, cast

from a2wsgi import WSGIMiddleware

from cantiere.config.wsgi import application as pages
from cantiere.foundation.core.intake import Intake

# Django's own ASGI handler opens threads without bound; sixteen share the database's queue well.
application = Intake(cast("Any", WSGIMiddleware(cast("Any", pages), workers=16)))
