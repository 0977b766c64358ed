"""What all uploads share: limits of size, names, the mark of what was examined."""

import re
import secrets
import shutil
import unicodedata
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db.models import Model
from django.utils.translation import gettext as _

from cantiere.foundation.core.richtext import UNSEEN

if TYPE_CHECKING:
    _ContentFile = ContentFile[bytes]
else:
    _ContentFile = ContentFile

# Of the disk: below it no file is taken.
LEAST_FREE = 0.05


class Cleaned(_ContentFile):
    """A file that was examined here; only such a one is stored.

    ``shown`` is its name for people, taken from the one it came with.
    """

    shown: str = ""


def display_name(name: str) -> str:
    """A name as people may read it: no path, nothing unseen or reversed, at most 120 characters."""
    plain = unicodedata.normalize("NFC", PurePath(name.replace("\\", "/")).name)
    plain = re.sub(r'[<>:"|?*/]', "_", UNSEEN.sub("", plain)).replace("\t", " ").replace("\n", " ")
    plain = plain.strip(" .")
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[: 119 - len(ending)]}.{ending}" if dot and len(ending) < 10 else plain[:120]


def storage_name(instance: Model, name: str) -> str:
    """Where a file of a row is kept: room, table, and a random name that keeps only the ending."""
    ending = PurePath(name).suffix.lower()
    ending = ending if re.fullmatch(r"\.[a-z0-9]{1,8}", ending) else ""
    meta = instance._meta
    return f"{meta.app_label}/{meta.model_name}/{secrets.token_hex(16)}{ending}"


def _room_left() -> bool:
    """Files are refused long before the database would have no room."""
    root = Path(settings.MEDIA_ROOT)
    there = next(folder for folder in (root, *root.parents) if folder.exists())
    usage = shutil.disk_usage(there)
    return usage.free >= LEAST_FREE * usage.total


def read_within(file: "File[bytes]", most: int) -> bytes:
    """The bytes of a file no larger than ``most``; :class:`ValidationError` in words for whoever sent it."""
    size = getattr(file, "size", None)
    if size is not None and size > most:
        raise ValidationError(_("The file is too large: at most %(most)s MB.") % {"most": most // 1_000_000})
    if not _room_left():
        raise ValidationError(_("There is no room for files at the moment. Tell whoever runs this site."))
    file.seek(0)
    content: bytes = file.read(most + 1)
    if len(content) > most:
        raise ValidationError(_("The file is too large: at most %(most)s MB.") % {"most": most // 1_000_000})
    if not content:
        raise ValidationError(_("The file is empty."))
    return content
