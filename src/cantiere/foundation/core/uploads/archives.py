"""Packed files (office formats): what may be unpacked at all."""

import stat
import zipfile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_UNPACKED = 50_000_000
MOST_ENTRIES = 1000
MOST_RATIO = 100


def examine(entries: list[zipfile.ZipInfo], size: int, most_unpacked: int = MOST_UNPACKED) -> None:
    """Refuse bombs, paths that lead out, passwords and programs by what the directory says.

    ``size`` is that of the packed file; :class:`ValidationError` in words for whoever sent it. Nothing is
    unpacked here: whoever does must not believe the sizes either.
    """
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > most_unpacked or unpacked > MOST_RATIO * size:
        raise ValidationError(_("The file unpacks to far more than it should. Save it again."))
    for entry in entries:
        path = entry.filename.replace("\\", "/")
        if path.startswith("/") or ".." in path.split("/") or stat.S_ISLNK(entry.external_attr >> 16):
            raise ValidationError(_("The file is damaged. Save it again and try once more."))
        if entry.flag_bits & 1:
            raise ValidationError(_("The file is locked by a password. Save it without and try once more."))
        if (
            path.lower().endswith(("vbaproject.bin", ".exe", ".dll", ".js", ".vbs"))
            or "/basic/" in f"/{path.lower()}"
        ):
            raise ValidationError(_("The file holds a program (macro). Save it without and try once more."))
