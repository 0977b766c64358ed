import threading
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler

from cantiere.foundation.ui import navigation


@pytest.fixture
def doors(monkeypatch):
    """A house with three doors and nobody else's."""
    monkeypatch.setattr(navigation, "_items", {})
    for order, (label, name) in enumerate(
        [("Programmi", "programmes"), ("Calendario", "calendar"), ("Stanza", "room")]
    ):
        navigation.register(navigation.Item(order, label, name))


@pytest.fixture
def pages(doors, settings):
    """The sample pages as the whole site."""
    settings.ROOT_URLCONF = "tests.foundation.ui.pages"
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    settings.CANTIERE_BODY_NAME = "Unione di prova"
    settings.CANTIERE_BODY_URL = "https://example.org/"
    settings.CANTIERE_TAGLINE = "Il luogo dove la valle progetta insieme"


@pytest.fixture
def listings(pages, settings):
    """The sample list with its map as the whole site."""
    settings.ROOT_URLCONF = "tests.foundation.ui.listings"
    folder = Path(__file__).parent / "templates"
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [folder]}]


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def address(pages, settings):
    """Where the sample pages are served."""
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
    server = make_server("127.0.0.1", 0, WSGIHandler(), Server, Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
