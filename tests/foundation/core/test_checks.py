"""What must not be served with is refused, in words that say how to mend it."""

from pathlib import Path
from typing import Self

import pytest
from django.core.checks import Error
from django.db import connection

from cantiere.foundation.core import checks

PUBLIC = "https://partecipa.comune.example"
GOOD = {
    "DEBUG": False,
    "URL": PUBLIC,
    "SECURE": True,
    "CANTIERE_PROXIES": 1,
    "CANTIERE_DEMO": False,
    "CANTIERE_DEMO_PUBLIC": False,
    "CANTIERE_SMTP_URL": "smtp://mail.example.org:587",
    "CANTIERE_OIDC_URL": "",
    "CANTIERE_OIDC_CLIENT": "",
    "CANTIERE_OIDC_SECRET": "",
    "CANTIERE_BODY_NAME": "Comune di Prova",
    "CANTIERE_BODY_URL": "https://comune.example",
    "CANTIERE_CONTACT": "partecipa@comune.example",
    "SECRET_KEY": "abcdefghijklmnopqrstuvwxyz0123456789-ABCDEFGHIJKLMNOP",
    "SECRET_KEY_FALLBACKS": [],
}
LOCAL = {"URL": "http://localhost:8000", "SECURE": False}


@pytest.fixture(autouse=True)
def good(settings, tmp_path) -> None:
    for name, value in GOOD.items():
        setattr(settings, name, value)
    settings.DATA = tmp_path


def found() -> list[str]:
    return sorted(str(message.id) for check in checks._checks.values() for message in check())


@pytest.mark.django_db
def test_a_good_configuration_is_served() -> None:
    assert checks.refusals("0.0.0.0") == []
    assert found() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"DEBUG": True}, ["cantiere.E001"]),
        ({"DEBUG": True, **LOCAL}, []),
        ({"SECRET_KEY": "short"}, ["cantiere.E002"]),
        ({"SECRET_KEY": "x" * 80}, ["cantiere.E002"]),
        ({"SECRET_KEY": "django-insecure-" + GOOD["SECRET_KEY"]}, ["cantiere.E002"]),  # type: ignore[operator]
        ({"SECRET_KEY_FALLBACKS": ["old"]}, ["cantiere.E002"]),
        ({"CANTIERE_PROXIES": 0}, ["cantiere.E006"]),
        ({"CANTIERE_PROXIES": 0, **LOCAL}, []),
        ({"CANTIERE_DEMO": True}, ["cantiere.E008"]),
        ({"CANTIERE_DEMO": True, "CANTIERE_DEMO_PUBLIC": True}, []),
        ({"CANTIERE_DEMO": True, **LOCAL}, []),
        ({"CANTIERE_SMTP_URL": ""}, ["cantiere.E009"]),
        ({"CANTIERE_SMTP_URL": "", **LOCAL}, []),
        ({"CANTIERE_SMTP_URL": "mail.example.org"}, ["cantiere.E009"]),
        ({"CANTIERE_OIDC_URL": "https://id.example"}, ["cantiere.E010"]),
        ({"CANTIERE_OIDC_CLIENT": "a", "CANTIERE_OIDC_SECRET": "b"}, ["cantiere.E010"]),
        ({f"CANTIERE_OIDC_{name}": "x" for name in ("URL", "CLIENT", "SECRET")}, []),
        ({"CANTIERE_BODY_NAME": ""}, ["cantiere.W001"]),
        ({"CANTIERE_CONTACT": "info@example.org"}, ["cantiere.W001"]),
        ({"CANTIERE_CONTACT": "info@example.org", "CANTIERE_DEMO": True, **LOCAL}, []),
        ({"URL": "http://partecipa.comune.example", "SECURE": False}, ["cantiere.W002"]),
    ],
)
def test_each_contradiction_is_found(settings, change: dict[str, object], expected: list[str]) -> None:
    for name, value in change.items():
        setattr(settings, name, value)
    assert found() == expected
    refused = checks.refusals("127.0.0.1")
    assert len(refused) == len([name for name in expected if ".E" in name])
    assert all(len(line) > 40 for line in refused)


@pytest.mark.parametrize(
    ("change", "host", "expected"),
    [
        ({"DEBUG": True}, "0.0.0.0", ["cantiere.E011"]),
        ({"DEBUG": True}, "127.0.0.1", []),
        ({"CANTIERE_DEMO": True}, "::", ["cantiere.E012"]),
        ({"CANTIERE_DEMO": True}, "::1", []),
        ({"CANTIERE_DEMO": True, "CANTIERE_DEMO_PUBLIC": True}, "0.0.0.0", []),
    ],
)
def test_what_is_for_this_machine_is_not_offered_to_others(
    settings, change: dict[str, object], host: str, expected: list[str]
) -> None:
    for name, value in change.items():
        setattr(settings, name, value)
    assert [message.id for message in checks.bound_to(host)] == expected


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("localhost", True),
        ("a.localhost", True),
        ("127.0.0.9", True),
        ("[::1]", True),
        ("0.0.0.0", False),
        ("example.org", False),
        ("localhost.example.org", False),
        ("10.0.0.1", False),
    ],
)
def test_loopback_is_what_only_this_machine_reaches(host: str, *, local: bool) -> None:
    assert checks.is_loopback(host) is local


# SQLite, as it really is -----------------------------------------------------------------------


class Cursor:
    """A connection that answers as told."""

    def __init__(self, journal: str, synchronous: int, version: str) -> None:
        self.answers = {"PRAGMA journal_mode": journal, "PRAGMA synchronous": synchronous}
        self.answers["SELECT sqlite_version()"] = version

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def execute(self, query: str) -> None:
        self.answer = self.answers[query]

    def fetchone(self) -> tuple[object]:
        return (self.answer,)


@pytest.mark.parametrize(
    ("journal", "synchronous", "version", "mode", "expected"),
    [
        ("wal", 2, "3.51.3", "IMMEDIATE", []),
        ("wal", 3, "3.53.4", "IMMEDIATE", []),
        ("wal", 2, "3.51.2", "IMMEDIATE", ["cantiere.E003"]),
        ("wal", 2, "3.40.1", "IMMEDIATE", ["cantiere.E003"]),
        ("wal", 1, "3.53.4", "IMMEDIATE", ["cantiere.E004"]),
        ("delete", 2, "3.53.4", "IMMEDIATE", ["cantiere.E004"]),
        ("wal", 2, "3.53.4", None, ["cantiere.E005"]),
    ],
)
def test_sqlite_is_measured_on_an_open_connection(
    monkeypatch: pytest.MonkeyPatch,
    journal: str,
    synchronous: int,
    version: str,
    mode: str,
    expected: list[str],
) -> None:
    class Connection:
        vendor = "sqlite"
        settings_dict = {"OPTIONS": {"transaction_mode": mode}}

        def cursor(self) -> Cursor:
            return Cursor(journal, synchronous, version)

    monkeypatch.setattr(checks, "connection", Connection())
    assert [message.id for message in checks.sqlite()] == expected


@pytest.mark.django_db
def test_the_settings_as_shipped_are_safe() -> None:
    assert checks.sqlite() == []


MOUNTS = """/dev/sda1 / ext4 rw 0 0
server:/export /srv/nfs nfs4 rw 0 0
//server/share /srv/with\\040space cifs rw 0 0
/dev/sdb1 /srv/nfs/local xfs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/data", "ext4"),
        ("/srv/nfs/data", "nfs4"),
        ("/srv/with space/a", "cifs"),
        ("/srv/nfs/local/a", "xfs"),
        ("/srv/nfs2", "ext4"),
    ],
)
def test_the_filesystem_is_that_of_the_nearest_mount(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, path: str, kind: str
) -> None:
    file = tmp_path / "mounts"
    file.write_text(MOUNTS)
    monkeypatch.setattr(checks, "MOUNTS", file)
    assert checks.filesystem(Path(path)) == kind


def test_sqlite_on_a_network_is_refused(monkeypatch: pytest.MonkeyPatch, settings) -> None:
    monkeypatch.setattr(checks, "filesystem", lambda _path: "nfs4")
    expected = ["cantiere.E007"] if connection.vendor == "sqlite" else []
    assert [message.id for message in checks.data_directory()] == expected
    monkeypatch.setattr(checks, "MOUNTS", Path("/nowhere"))


def test_a_system_that_does_not_tell_its_mounts_is_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "MOUNTS", Path("/nowhere"))
    assert checks.filesystem(Path("/data")) == ""


def test_every_error_has_its_own_number_and_a_way_out(settings) -> None:
    settings.DEBUG = True
    for message in checks.debug() + checks.bound_to("0.0.0.0"):
        assert isinstance(message, Error)
        assert message.hint
