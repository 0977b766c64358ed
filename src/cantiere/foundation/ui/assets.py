"""The files that ``script/build`` made: their addresses, read from Vite's manifest."""

import json
import time
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.safestring import SafeString, mark_safe

DIST = Path(__file__).parent / "static" / "ui" / "dist"
# What every page needs at once; the other faces come when a text asks for them.
FIRST_FONTS = ("titillium-web-v10-latin-ext_latin-regular", "titillium-web-v10-latin-ext_latin-700")


@lru_cache(maxsize=2)
def _read(manifest: Path, _modified: float) -> dict[str, dict[str, Any]]:
    """What was made of each source, ``main.ts`` gave ``assets/main-C1XW.js``; read again when built again."""
    entries: dict[str, dict[str, Any]] = json.loads(manifest.read_text())
    return entries


@lru_cache(maxsize=2)
def _looked_at(folder: Path, _second: int) -> dict[str, dict[str, Any]]:
    """The same, looked for once a second: a page names dozens of files."""
    try:
        manifest = folder / "manifest.json"
        return _read(manifest, manifest.stat().st_mtime)
    except FileNotFoundError as missing:
        raise ImproperlyConfigured("The front end is not built: run script/build.") from missing


def _entries() -> dict[str, dict[str, Any]]:
    return _looked_at(DIST, int(time.monotonic()))


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


def within(source: str) -> SafeString:
    """The built file itself, to stand in a page; what a sheet names is named by its address."""
    return _text(_entries()[source]["file"])


@lru_cache(maxsize=16)  # the names carry a hash
def _text(file: str) -> SafeString:
    folder = _served(file).rpartition("/")[0]
    return mark_safe((DIST / file).read_text().replace("url(./", f"url({folder}/"))


def needed(source: str) -> list[str]:
    """The addresses of the scripts that a source cannot begin without."""
    found, waiting = [], [source]
    while waiting:
        imports = _entries()[waiting.pop()].get("imports", ())
        new = [name for name in imports if name not in found]
        found += new
        waiting += new
    return [_served(_entries()[name]["file"]) for name in found]


def ahead(source: str) -> tuple[list[str], list[str]]:
    """The addresses of the scripts and of the sheets that a source will ask for, itself first."""
    scripts, sheets, waiting = [address(source)], [], [source]
    while waiting:
        entry = _entries()[waiting.pop()]
        sheets += [_served(file) for file in entry.get("css", ())]
        # What several sources share may lead on to others of them: only a source asks for more by itself.
        asked = (*entry.get("imports", ()), *(entry.get("dynamicImports", ()) if "src" in entry else ()))
        new = [name for name in asked if address(name) not in scripts]
        scripts += [address(name) for name in new]
        waiting += new
    return scripts, sheets


def first_fonts() -> list[str]:
    """The addresses of the two faces that the first screen needs."""
    return [address(source) for name in FIRST_FONTS for source in _entries() if f"/{name}." in source]
