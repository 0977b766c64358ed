"""Archives under a passphrase, and archives that lie."""

import io
import os
import tarfile
from pathlib import Path

import pytest

from cantiere.foundation.core.backup import archive, databases, sealed


def seal(content: bytes, passphrase: str = "una frase") -> bytes:
    out = io.BytesIO()
    sealed.seal(io.BytesIO(content), out, passphrase)
    return out.getvalue()


def unseal(content: bytes, passphrase: str = "una frase") -> bytes:
    out = io.BytesIO()
    sealed.unseal(io.BytesIO(content), out, passphrase)
    return out.getvalue()


@pytest.mark.parametrize("size", [0, 1, sealed.PIECE - 1, sealed.PIECE, sealed.PIECE + 1, 3 * sealed.PIECE])
def test_what_is_sealed_opens_again(size: int) -> None:
    content = os.urandom(size)
    closed = seal(content)
    assert sealed.is_sealed(io.BytesIO(closed))
    assert unseal(closed) == content
    assert content[:100] not in closed or size == 0 or size == 1


def test_nothing_can_be_changed_dropped_swapped_or_added() -> None:
    closed = seal(os.urandom(3 * sealed.PIECE))
    start, piece = len(sealed.MAGIC) + 23, sealed.PIECE + sealed.TAG
    pieces = [closed[start + n * piece : start + (n + 1) * piece] for n in range(3)]
    head = closed[:start]
    for wrong in (
        head + pieces[1] + pieces[0] + pieces[2],
        head + pieces[0] + pieces[1],
        head + pieces[0] + pieces[2],
        closed + b"x",
        closed[:-1],
        closed[:start],
        closed[:-5] + bytes([closed[-5] ^ 1]) + closed[-4:],
    ):
        with pytest.raises(sealed.WrongPassphraseError):
            unseal(wrong)
    with pytest.raises(sealed.WrongPassphraseError):
        unseal(closed, "un'altra")


@pytest.mark.parametrize("content", [b"", b"rubbish", b"\0" * 2000])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.tar"
    file.write_bytes(content)
    with pytest.raises(archive.ArchiveError), archive.opened(file):
        pass


def test_an_archive_cannot_write_outside_its_folder(tmp_path: Path) -> None:
    file = tmp_path / "in" / "a.tar"
    file.parent.mkdir()
    with tarfile.open(file, "w") as tar:
        entry = tarfile.TarInfo("../../escaped")
        entry.size = 4
        tar.addfile(entry, io.BytesIO(b"evil"))
    with pytest.raises(archive.ArchiveError), archive.opened(file):
        pass
    assert not (tmp_path / "escaped").exists()
    assert not (tmp_path.parent / "escaped").exists()


def test_a_copy_that_is_not_whole_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite3"
    file.write_bytes(b"SQLite format 3\0" + b"\1" * 5000)
    with pytest.raises(databases.DatabaseError):
        databases.count_sqlite(file)
