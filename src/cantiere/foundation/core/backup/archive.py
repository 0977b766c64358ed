"""The archive: making it, reopening it, taking it apart."""

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from cantiere.foundation.core import personal_data
from cantiere.foundation.core.backup import databases, sealed

MANIFEST, JOURNAL, MEDIA = "manifest.json", "erasures.jsonl", "media"


class ArchiveError(Exception):
    """The archive is not what it says; the message tells where."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive holds: digests are SHA-256, ``files`` are paths in the archive with size and digest."""

    made_at: str
    version: str
    engine: str
    database: str
    migrations: list[str]
    counts: dict[str, int]
    files: dict[str, tuple[int, str]]
    key: str


def key_mark() -> str:
    """Tells one secret key from another without telling the key."""
    return hashlib.scrypt(
        settings.SECRET_KEY.encode(), salt=b"cantiere-mark", n=2**14, r=8, p=1, dklen=8
    ).hex()


def digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _version() -> str:
    try:
        return version("cantiere")
    except PackageNotFoundError:
        return "unknown"


def _stored_files() -> Iterator[Path]:
    root = Path(settings.MEDIA_ROOT)
    return (file for file in sorted(root.rglob("*")) if file.is_file() and not file.is_symlink())


def make(folder: Path, passphrase: str = "", *, stage: Callable[[], None] = lambda: None) -> Path:
    """Write an archive into ``folder``, reopen it, and give its path. ``stage`` is called once the
    database is copied.

    The database comes first: a file stored later is in no row of the copy, while every file that a row
    of the copy names is still there (files are only deleted days after their rows).
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o750)
    now = timezone.now()
    ending = ".tar.sealed" if passphrase else ".tar"
    final = folder / f"cantiere-{timezone.localtime(now):%Y%m%d-%H%M%S}{ending}"
    with tempfile.TemporaryDirectory(prefix=".making-", dir=folder) as name:
        work = Path(name)
        database, counts = databases.dump(work)
        stage()
        personal_data.write_journal()
        plain = work / "archive.tar"
        _pack(plain, database, counts, now.isoformat())
        made = plain
        if passphrase:
            made = work / "archive.sealed"
            with plain.open("rb") as source, made.open("wb") as target:
                sealed.seal(source, target, passphrase)
        with made.open("rb+") as written:
            os.fsync(written.fileno())
        with opened(made, passphrase) as (content, manifest):
            verify(content, manifest)
        made.replace(final)
        final.chmod(0o600)
    return final


def _pack(plain: Path, database: Path, counts: dict[str, int], made_at: str) -> None:
    root, files = Path(settings.MEDIA_ROOT), {}
    with tarfile.open(plain, "w") as tar:
        tar.add(database, database.name)
        files[database.name] = (database.stat().st_size, digest(database))
        journal = personal_data.journal()
        if journal.exists():
            _add(tar, journal, JOURNAL, files)
        for file in _stored_files():
            _add(tar, file, f"{MEDIA}/{file.relative_to(root).as_posix()}", files)
        applied = MigrationRecorder(connection).applied_migrations()
        manifest = Manifest(
            made_at=made_at,
            version=_version(),
            engine=connection.vendor,
            database=database.name,
            migrations=sorted(f"{app}.{name}" for app, name in applied),
            counts=counts,
            files=files,
            key=key_mark(),
        )
        described = plain.with_name(MANIFEST)
        described.write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
        tar.add(described, MANIFEST)


def _add(tar: tarfile.TarFile, file: Path, name: str, files: dict[str, tuple[int, str]]) -> None:
    """Add a file with size and digest of what really went in; one deleted meanwhile is left out."""
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return
    files[name] = (len(content), hashlib.sha256(content).hexdigest())
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o640
    tar.addfile(entry, io.BytesIO(content))


@contextmanager
def opened(archive: Path, passphrase: str = "") -> Iterator[tuple[Path, Manifest]]:
    """An archive unpacked in a folder that goes away afterwards, beside the archive's own disk."""
    with tempfile.TemporaryDirectory(prefix=".opening-", dir=archive.parent) as name:
        work = Path(name)
        plain = archive
        with archive.open("rb") as source:
            if sealed.is_sealed(source):
                if not passphrase:
                    raise ArchiveError("it is sealed: write CANTIERE_BACKUP_PASSPHRASE")
                plain = work / "plain.tar"
                with plain.open("wb") as target:
                    try:
                        sealed.unseal(source, target, passphrase)
                    except sealed.WrongPassphraseError as wrong:
                        raise ArchiveError("the passphrase does not open it, or it was changed") from wrong
        content = work / "content"
        try:
            with tarfile.open(plain, "r") as tar:
                tar.extractall(content, filter="data")
            read: dict[str, Any] = json.loads((content / MANIFEST).read_text(encoding="utf-8"))
            manifest = Manifest(**{**read, "files": {k: tuple(v) for k, v in read["files"].items()}})
        except (tarfile.TarError, OSError, ValueError, KeyError, TypeError) as broken:
            raise ArchiveError(f"it cannot be read: {broken}") from broken
        yield content, manifest


def verify(content: Path, manifest: Manifest) -> None:
    """Compare an unpacked archive with its manifest, down to the rows."""
    for name, (size, expected) in manifest.files.items():
        file = content / name
        if not file.is_file() or file.stat().st_size != size or digest(file) != expected:
            raise ArchiveError(f"{name} is not what was packed")
    try:
        counts = databases.count(content / manifest.database)
    except databases.DatabaseError as broken:
        raise ArchiveError(str(broken)) from broken
    if counts != manifest.counts:
        differing = sorted(
            name
            for name in counts.keys() | manifest.counts.keys()
            if counts.get(name) != manifest.counts.get(name)
        )
        raise ArchiveError(f"the number of rows differs in {', '.join(differing)}")
