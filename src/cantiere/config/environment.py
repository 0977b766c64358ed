"""Reads settings from the environment and refuses what makes no sense."""

import contextlib
import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


class UnsafeConfigurationError(Exception):
    """A setting that must not be served with; the message says which and how to mend it."""


def text(name: str, default: str = "") -> str:
    """A value, or the content of the file that ``NAME_FILE`` points at (for secrets)."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise UnsafeConfigurationError(
                f"{name}_FILE={file!r} cannot be read: {error.strerror}."
            ) from error
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool = False) -> bool:
    """``1/true/yes/on`` or ``0/false/no/off``; anything else is an error."""
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise UnsafeConfigurationError(f"{name}={value!r}: write 1 or 0.")


def whole(name: str, default: int, *, least: int = 0) -> int:
    """A whole number not below ``least``."""
    value = text(name)
    if not value:
        return default
    if not (value.isascii() and value.isdigit()) or int(value) < least:
        raise UnsafeConfigurationError(f"{name}={value!r}: write a whole number, at least {least}.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def choice(name: str, default: str, allowed: set[str]) -> str:
    """One of a few words."""
    value = text(name, default)
    if value not in allowed:
        raise UnsafeConfigurationError(f"{name}={value!r}: write one of {', '.join(sorted(allowed))}.")
    return value


def kept_secret(name: str, directory: Path) -> str:
    """A secret from the environment, or one made once and kept in the data directory (mode 0600)."""
    value = text(name)
    if value:
        return value
    file = directory / "secret-key"
    if not file.exists():
        _make_secret(file)
    kept = file.read_text(encoding="utf-8").strip()
    if not kept:
        raise UnsafeConfigurationError(
            f"{file} is empty: put the key back from where you keep it, or delete it."
        )
    return kept


def _make_secret(file: Path) -> None:
    """Whole or not at all, and never twice: two processes may start at once on an empty directory."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}-{os.getpid()}-{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as out:
        out.write(secrets.token_urlsafe(64))
        out.flush()
        os.fsync(out.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(draft, file)
    draft.unlink()


def database(url: str, directory: Path) -> dict[str, object]:
    """Django's description of the database: PostgreSQL by address, else SQLite in the data directory.

    The SQLite options are the measured ones: WAL, ``synchronous=FULL`` and ``BEGIN IMMEDIATE`` lose no
    acknowledged write at a power cut and give no «database is locked» under the declared load.
    """
    if not url:
        directory.mkdir(parents=True, exist_ok=True)
        return {
            "ENGINE": "cantiere.foundation.core.sqlite",
            "NAME": directory / "cantiere.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA cache_size=-16000; PRAGMA mmap_size=134217728; PRAGMA temp_store=MEMORY;"
                "PRAGMA journal_size_limit=67108864; PRAGMA trusted_schema=OFF;",
            },
            "TEST": {"NAME": str(directory / "test.sqlite3")},
        }
    parts = urlsplit(url)
    try:
        port = str(parts.port or "")
    except ValueError:
        port = "?"
    if parts.scheme not in {"postgres", "postgresql"} or port == "?" or not parts.path.strip("/"):
        raise UnsafeConfigurationError("DATABASE_URL: write postgresql://user:password@host:5432/name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": port,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
