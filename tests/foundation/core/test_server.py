"""One process at a time, started only when it is safe, stopped without cutting anything off."""

import http.client
import secrets
from io import StringIO
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.core.management import CommandError, call_command
from django.db.migrations.recorder import MigrationRecorder

from cantiere.foundation.core import server
from cantiere.foundation.core.management.commands import serve, worker
from tests.proofs.house import House, free_port


def test_a_data_directory_is_held_once(tmp_path: Path) -> None:
    with server.Hold(tmp_path / "data"):
        with pytest.raises(server.AlreadyServedError), server.Hold(tmp_path / "data"):
            pass
        with server.Hold(tmp_path / "other"):
            pass
    with server.Hold(tmp_path / "data"):
        pass


def test_a_port_that_is_taken_is_said() -> None:
    with server.listen("127.0.0.1", 0) as bound:
        bound.listen()
        with pytest.raises(server.PortTakenError):
            server.listen("127.0.0.1", bound.getsockname()[1])


@pytest.mark.django_db
def test_a_database_older_than_the_program_is_not_served(settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    assert server.missing_migrations() == []
    MigrationRecorder.Migration.objects.filter(app="core").delete()
    assert "core.0001_initial" in server.missing_migrations()
    with pytest.raises(CommandError, match="cantiere setup"):
        call_command("serve")


@pytest.mark.django_db
def test_an_unsafe_configuration_is_not_served(settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    settings.SECRET_KEY = "weak"
    with pytest.raises(CommandError, match="can be guessed"):
        call_command("serve")


@pytest.mark.parametrize("words", ["", "mail=x", "mail=0", "nothing=1", "mail=1,"])
def test_queues_that_are_none_are_refused(words: str) -> None:
    with pytest.raises(CommandError, match="for example"):
        worker._queues(words)


def test_queues_are_read() -> None:
    assert worker._queues("mail=3, default") == {"mail": 3, "default": 1}


def test_the_address_is_one_that_can_be_opened(settings) -> None:
    for url, said in [
        ("http://localhost:8000", "http://localhost:8123"),
        ("https://partecipa.example", "https://partecipa.example"),
    ]:
        settings.URL = url
        out = StringIO()
        serve.Command(stdout=out)._say(8123)
        assert said in out.getvalue()


def test_a_house_is_served_alone_and_stops_cleanly(tmp_path: Path) -> None:
    house = House(tmp_path / "data")
    port = free_port()
    try:
        process = house.start("serve", "--port", str(port), ready=" is at http")
        refused = house.run("serve", "--port", str(free_port()), code=1)
        assert f"({process.pid})" in refused
        assert "PostgreSQL" in refused
        assert "runs the jobs itself" in house.run("worker", code=1)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        body = urlencode({"once": secrets.token_urlsafe(16)})
        connection.request("POST", "/write/", body, {"Content-Type": "application/x-www-form-urlencoded"})
        response = connection.getresponse()
        assert (response.status, response.getheader("Server")) == (302, None)
        assert response.getheader("Location") == "/done/"
        assert house.stop(process) == 0
        assert house.rows("SELECT count(*) FROM core_auditentry") == [(1,)]
    finally:
        house.close()
