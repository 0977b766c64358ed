"""Documents to download: PDF, office formats, plain text; judged by content, never shown inline."""

import io
import secrets
import zipfile

import puremagic
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _

from cantiere.foundation.core.uploads.archives import examine
from cantiere.foundation.core.uploads.files import Cleaned, display_name, read_within

MOST_BYTES = 20_000_000

TYPES = {
    "pdf": "application/pdf",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "csv": "text/csv",
    "txt": "text/plain",
}
_OFFICE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}


def clean_document(file: "File[bytes]") -> Cleaned:
    """A document whose ending tells the truth, under a random name; ``shown`` is the one for people."""
    content = read_within(file, MOST_BYTES)
    ending = _kind(content, file.name or "")
    if ending is None:
        raise ValidationError(
            _("We cannot take this kind of file. Use PDF, an office format, CSV or plain text.")
        )
    cleaned = Cleaned(content, name=f"{secrets.token_hex(16)}.{ending}")
    shown = display_name(file.name or "")
    cleaned.shown = shown if shown.lower().endswith(f".{ending}") else f"{shown[:110]}.{ending}"
    return cleaned


def _kind(content: bytes, name: str) -> str | None:
    if content.startswith(b"%PDF-"):
        return "pdf" if b"%%EOF" in content[-4096:] else None
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    return _text(content, name)


def _office(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            examine(entries, len(content))
            names = {entry.filename for entry in entries}
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                declared = archive.read("mimetype").decode("ascii", "replace")
                return next((e for e in ("odt", "ods", "odp") if TYPES[e] == declared), None)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        return None
    if "[Content_Types].xml" not in names:
        return None
    return next((ending for part, ending in _OFFICE.items() if part in names), None)


def _text(content: bytes, name: str) -> str | None:
    ending = name.lower().rpartition(".")[2]
    if ending not in {"csv", "txt"} or b"\0" in content:
        return None
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        try:
            content.decode("cp1252")
        except UnicodeDecodeError:
            return None
    head = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<", b"{\\rtf")) or _has_a_signature(content):
        return None
    return ending


def _has_a_signature(content: bytes) -> bool:
    """Whether text begins like something else (a program, a script, a picture)."""
    if content.startswith((b"MZ", b"\x7fELF", b"#!", b"#EXTM3U")):
        return True
    try:
        found = puremagic.magic_string(content[:4096])
    except (puremagic.PureError, ValueError):
        return False
    return any(
        match.confidence >= 0.8 and not (match.mime_type or "text/").startswith("text/") for match in found
    )
