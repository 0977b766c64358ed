"""The files that ``script/build`` made: their addresses, read from Vite's manifest."""

import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

DIST = Path(__file__).parent / "static" / "ui" / "dist"
# What every page needs at once; the other faces come when a text asks for them.
FIRST_FONTS = ("titillium-web-v10-latin-ext_latin-regular", "titillium-web-v10-latin-ext_latin-700")


@lru_cache(maxsize=2)
def _read(_modified: float) -> dict[str, str]:
    """Source name → built file, e.g. ``main.ts`` → ``assets/main-C1XW.js``; read again when built again."""
    entries = json.loads((DIST / "manifest.json").read_text())
    return {source: entry["file"] for source, entry in entries.items()}


def _files() -> dict[str, str]:
    try:
        return _read((DIST / "manifest.json").stat().st_mtime)
    except FileNotFoundError as missing:
        raise ImproperlyConfigured("The front end is not built: run script/build.") from missing


def address(source: str) -> str:
    """The address of the built file of a source; an unknown source is an error.

    The names carry a hash already, so Django's static storage, which would rename them again, is passed by.
    """
    files = _files()
    if source not in files:
        raise ImproperlyConfigured(f"The front end has no {source}.")
    return f"{settings.STATIC_URL}ui/dist/{files[source]}"


def first_fonts() -> list[str]:
    """The addresses of the two faces that the first screen needs."""
    return [address(source) for name in FIRST_FONTS for source in _files() if f"/{name}." in source]
