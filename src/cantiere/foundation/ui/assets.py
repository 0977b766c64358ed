"""The files that ``script/build`` made: their addresses, read from Vite's manifest."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

DIST = Path(__file__).parent / "static" / "ui" / "dist"
# What every page needs at once; the other faces come when a text asks for them.
FIRST_FONTS = ("titillium-web-v10-latin-ext_latin-regular", "titillium-web-v10-latin-ext_latin-700")


@lru_cache(maxsize=2)
def _read(_modified: float) -> dict[str, dict[str, Any]]:
    """What was made of each source, ``main.ts`` gave ``assets/main-C1XW.js``; read again when built again."""
    entries: dict[str, dict[str, Any]] = json.loads((DIST / "manifest.json").read_text())
    return entries


def _entries() -> dict[str, dict[str, Any]]:
    try:
        return _read((DIST / "manifest.json").stat().st_mtime)
    except FileNotFoundError as missing:
        raise ImproperlyConfigured("The front end is not built: run script/build.") from missing


def address(source: str) -> str:
    """The address of the built file of a source; an unknown source is an error.

    The names carry a hash already, so Django's static storage, which would rename them again, is passed by.
    """
    entries = _entries()
    if source not in entries:
        raise ImproperlyConfigured(f"The front end has no {source}.")
    return _served(entries[source]["file"])


def _served(file: str) -> str:
    return f"{settings.STATIC_URL}ui/dist/{file}"


def ahead(source: str) -> tuple[list[str], list[str]]:
    """The addresses of the scripts and of the sheets that a source will ask for, itself first."""
    scripts, sheets, waiting = [address(source)], [], [source]
    while waiting:
        entry = _entries()[waiting.pop()]
        sheets += [_served(file) for file in entry.get("css", ())]
        later = [name for name in entry.get("dynamicImports", ()) if address(name) not in scripts]
        scripts += [address(name) for name in later]
        waiting += later
    return scripts, sheets


def first_fonts() -> list[str]:
    """The addresses of the two faces that the first screen needs."""
    return [address(source) for name in FIRST_FONTS for source in _entries() if f"/{name}." in source]
