"""One process: pages by Django in a bounded pool of threads, live traffic on the event loop."""

from typing import Any, cast

from a2wsgi import WSGIMiddleware

from cantiere.config.wsgi import application as pages
from cantiere.foundation.core.intake import Intake
from cantiere.foundation.live.asgi import Live

# Django's own ASGI handler opens threads without bound; sixteen share the database's queue well.
application = Live(Intake(cast("Any", WSGIMiddleware(cast("Any", pages), workers=16))))
