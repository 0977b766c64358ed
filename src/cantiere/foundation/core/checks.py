"""What must not be served with: each finding says what is wrong and how to mend it.

All are Django system checks of the tag ``cantiere``; ``cantiere serve`` refuses on every error among them.
"""

import ipaddress
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 (Django's own name)
from django.db import connection

from cantiere.foundation.core.outbox.smtp import Server
from cantiere.foundation.core.sqlite.engine import SAFE_VERSION

TAG = "cantiere"
NETWORK_FILESYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "lustre", "gfs2", "ocfs2", "glusterfs"}
    | {"fuse.sshfs", "fuse.glusterfs", "fuse.ceph", "fuse.rclone", "fuse.s3fs", "virtiofs"}
)
MOUNTS = Path("/proc/mounts")

Found = list[CheckMessage]
Check = Callable[[], Found]
_checks: dict[str, Check] = {}


def _check(*, deploy: bool = False) -> Callable[[Check], Check]:
    def declare(check: Check) -> Check:
        def run(app_configs: Any = None, **_: Any) -> Iterable[CheckMessage]:  # noqa: ARG001
            return check()

        _checks[check.__name__] = check
        register(run, TAG, deploy=deploy)
        return check

    return declare


def refusals(host: str) -> list[str]:
    """Why this must not be served at ``host``; empty when it may."""
    found = [message for check in _checks.values() for message in check()]
    found += bound_to(host)
    return [f"{message.msg} {message.hint}" for message in found if isinstance(message, Error)]


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach it."""
    host = host.strip("[]").lower()
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _local() -> bool:
    return is_loopback(urlsplit(settings.URL).hostname or "")


def bound_to(host: str) -> Found:
    """Listening where others can connect, with what only this machine may use."""
    found: Found = []
    if not is_loopback(host) and settings.DEBUG:
        found.append(
            Error(
                f"CANTIERE_DEBUG is on and --host {host} can be reached from outside.",
                hint="Take CANTIERE_DEBUG away, or serve on 127.0.0.1.",
                id="cantiere.E011",
            )
        )
    if not is_loopback(host) and settings.CANTIERE_DEMO and not settings.CANTIERE_DEMO_PUBLIC:
        found.append(
            Error(
                f"The demonstration is open to all and --host {host} can be reached from outside.",
                hint="Serve on 127.0.0.1, or write CANTIERE_DEMO=public if this is meant.",
                id="cantiere.E012",
            )
        )
    return found


@_check()
def debug() -> Found:
    if not settings.DEBUG or _local():
        return []
    hint = "Take CANTIERE_DEBUG away: its error pages show settings and data."
    return [Error(f"CANTIERE_DEBUG is on at {settings.URL}.", hint=hint, id="cantiere.E001")]


@_check()
def secret_key() -> Found:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    weak = [key for key in keys if len(key) < 50 or len(set(key)) < 10 or "insecure" in key]
    if not weak:
        return []
    hint = "Take CANTIERE_SECRET_KEY away and one is made for you, or write 50 random characters."
    return [Error("The secret key can be guessed.", hint=hint, id="cantiere.E002")]


@_check()
def sqlite() -> Found:
    """The version, and the measured options as they really are on an open connection."""
    if connection.vendor != "sqlite":
        return []
    found: Found = []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        journal = str(cursor.fetchone()[0]).lower()
        cursor.execute("PRAGMA synchronous")
        synchronous = int(cursor.fetchone()[0])
        cursor.execute("SELECT sqlite_version()")
        version = str(cursor.fetchone()[0])
    if journal == "wal" and tuple(int(part) for part in version.split(".")) < SAFE_VERSION:
        hint = "Install the package pysqlite3 (pip install 'pysqlite3>=0.6.1') or use PostgreSQL."
        found.append(
            Error(f"SQLite {version} can corrupt a database in WAL mode.", hint=hint, id="cantiere.E003")
        )
    if journal not in {"wal", "memory"} or synchronous < 2:
        hint = "Leave init_command as it is: journal_mode=WAL and synchronous=FULL."
        found.append(
            Error(
                f"SQLite would lose acknowledged writes at a power cut (journal {journal}, "
                f"synchronous {synchronous}).",
                hint=hint,
                id="cantiere.E004",
            )
        )
    if connection.settings_dict["OPTIONS"].get("transaction_mode") != "IMMEDIATE":
        hint = "Leave transaction_mode as it is: IMMEDIATE."
        found.append(Error("SQLite would answer «database is locked».", hint=hint, id="cantiere.E005"))
    return found


@_check()
def proxies() -> Found:
    """Cantiere itself speaks plain HTTP: https means a proxy, without which it would redirect for ever."""
    if not settings.SECURE or settings.CANTIERE_PROXIES:
        return []
    hint = "Write CANTIERE_PROXIES=1 behind one proxy: limits count clients by it, and it brings the https."
    return [
        Error(
            f"{settings.URL} is https, and how many proxies stand before it is not stated.",
            hint=hint,
            id="cantiere.E006",
        )
    ]


@_check()
def data_directory() -> Found:
    """SQLite's locks and its log in shared memory do not work over a network."""
    kind = filesystem(Path(settings.DATA))
    if connection.vendor != "sqlite" or kind not in NETWORK_FILESYSTEMS:
        return []
    hint = "Put CANTIERE_DATA on a disk of this machine, or use PostgreSQL by DATABASE_URL."
    return [
        Error(f"The data directory {settings.DATA} is on a network ({kind}).", hint=hint, id="cantiere.E007")
    ]


def filesystem(path: Path) -> str:
    """The kind of filesystem a path lies on; empty where the system does not tell."""
    if not MOUNTS.exists():
        return ""
    best, kind = "", ""
    for line in MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = fields[1].encode().decode("unicode_escape", "replace")
        if Path(point) in (path, *path.parents) and len(point) >= len(best):
            best, kind = point, fields[2]
    return kind


@_check()
def demonstration() -> Found:
    if not settings.CANTIERE_DEMO or settings.CANTIERE_DEMO_PUBLIC or _local():
        return []
    hint = (
        "Take CANTIERE_DEMO away, or write CANTIERE_DEMO=public if this is meant: anyone signs in as anyone."
    )
    return [
        Error(
            f"The demonstration's accounts are known to all, at {settings.URL}.",
            hint=hint,
            id="cantiere.E008",
        )
    ]


@_check()
def mail() -> Found:
    url = settings.CANTIERE_SMTP_URL
    if not url:
        if settings.CANTIERE_DEMO or _local():
            return []
        hint = "Write CANTIERE_SMTP_URL=smtp://user:password@host:587?tls=starttls."
        return [Error("Nobody could sign in: there is no mail server.", hint=hint, id="cantiere.E009")]
    try:
        Server.parse(url)
    except ValueError as wrong:
        return [Error("CANTIERE_SMTP_URL cannot be read:", hint=f"{wrong}.", id="cantiere.E009")]
    return []


@_check()
def identity_provider() -> Found:
    parts = {
        name: getattr(settings, name)
        for name in ("CANTIERE_OIDC_URL", "CANTIERE_OIDC_CLIENT", "CANTIERE_OIDC_SECRET")
    }
    missing = [name for name, value in parts.items() if not value]
    if not missing or len(missing) == len(parts):
        return []
    hint = f"Write {' and '.join(missing)}, or take the others away."
    return [Error("The identity provider is half set.", hint=hint, id="cantiere.E010")]


@_check(deploy=True)
def body() -> Found:
    """The law asks a public site to say whose it is; only ``check --deploy`` insists."""
    if settings.CANTIERE_DEMO:
        return []
    missing = [name for name in ("CANTIERE_BODY_NAME", "CANTIERE_BODY_URL") if not getattr(settings, name)]
    if settings.CANTIERE_CONTACT == "info@example.org":
        missing.append("CANTIERE_CONTACT")
    if not missing:
        return []
    hint = f"Write {', '.join(missing)}."
    return [Warning("Whose site this is, and whom to ask, is not said.", hint=hint, id="cantiere.W001")]


@_check(deploy=True)
def encryption() -> Found:
    if settings.SECURE or _local():
        return []
    hint = "Write CANTIERE_URL=https://… and put a proxy with a certificate before it."
    return [Warning(f"{settings.URL} sends sign-in codes in clear.", hint=hint, id="cantiere.W002")]
