"""Keeps each room's Italian catalogue: extract, compile, check. Pure Python, so that nothing else is needed.

Every room has its own ``locale/it/LC_MESSAGES/django.po``: taking a room away takes its words away.
English is the language of the code, so its catalogue is complete by construction.
"""

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import django
import polib
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parent.parent / "src" / "cantiere"
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
FORMATS = (("python-brace-format", "{"), ("python-format", "%("))
STRAIGHT = re.compile(r"[^\W\d_]'(?=[^\W\d_«])")  # between letters stands a typographic apostrophe
Entry = tuple[str, str, str]  # context, singular, plural


def rooms() -> list[Path]:
    """Folders that hold an app, and the floors' own plain packages with words in them."""
    return sorted({file.parent for file in SOURCE.rglob("apps.py")} | {SOURCE / "engine", SOURCE / "config"})


def _within(text: str) -> Iterator[str]:
    """What stands in the braces of f-strings, which is no token of its own in Python 3.11."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FormattedValue):
            yield ast.unparse(node.value)


def words_of(file: Path) -> Iterator[Entry]:
    """The translatable strings of a Python file or a template."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".py":
        text += "".join(f"\n{inner}" for inner in _within(text))
    else:
        # Without indentation, which a template need not keep as Python would.
        text = "\n".join(map(str.strip, templatize(text, origin=str(file)).splitlines()))
    found = extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS)
    for _line, message, _comments, context in found:
        singular, plural = message if isinstance(message, tuple) else (message, "")
        yield context or "", singular, plural


def needed(room: Path) -> dict[Entry, list[str]]:
    """Every string of a room with the files it stands in."""
    found: dict[Entry, list[str]] = {}
    for file in sorted(room.rglob("*")):
        inner = any(other != room and other in file.parents for other in rooms() if room in other.parents)
        if inner or file.suffix not in {".py", ".html", ".txt"} or "migrations" in file.parts:
            continue
        for entry in words_of(file):
            found.setdefault(entry, []).append(str(file.relative_to(SOURCE)))
    return found


def catalogue_file(room: Path) -> Path:
    """Where a room keeps its Italian."""
    return room / "locale" / "it" / "LC_MESSAGES" / "django.po"


def read(room: Path) -> dict[Entry, polib.POEntry]:
    """A room's catalogue by entry; empty when it has none."""
    file = catalogue_file(room)
    if not file.exists():
        return {}
    return {(e.msgctxt or "", e.msgid, e.msgid_plural or ""): e for e in polib.pofile(str(file))}


def update(room: Path) -> None:
    """Add new strings, drop those no longer used; translations stay."""
    want, have = needed(room), read(room)
    if not want:
        catalogue_file(room).unlink(missing_ok=True)
        return
    book = polib.POFile(wrapwidth=100)
    book.metadata = {
        "Language": "it",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for (context, singular, plural), files in want.items():
        entry = have.get((context, singular, plural)) or polib.POEntry(
            msgid=singular, msgid_plural=plural, msgctxt=context or None,
            msgstr="", msgstr_plural={0: "", 1: ""} if plural else {},
        )  # fmt: skip
        entry.occurrences = [(file, "") for file in dict.fromkeys(files)]
        entry.flags = [flag for flag, mark in FORMATS if mark in singular][:1]
        book.append(entry)
    file = catalogue_file(room)
    file.parent.mkdir(parents=True, exist_ok=True)
    book.save(str(file))


def compile_all() -> None:
    """Write the binary catalogues that Django reads, where they are older than the text."""
    for room in rooms():
        file = catalogue_file(room)
        binary = file.with_suffix(".mo")
        if file.exists() and (not binary.exists() or binary.stat().st_mtime < file.stat().st_mtime):
            polib.pofile(str(file)).save_as_mofile(str(binary))


def faults() -> Iterator[str]:
    """Strings without Italian, with two different translations, with a straight apostrophe; the unused."""
    seen: dict[Entry, str] = {}
    for room in rooms():
        name, have = str(room.relative_to(SOURCE)), read(room)
        for entry in needed(room):
            row = have.get(entry)
            text = (row.msgstr or "".join(row.msgstr_plural.values())) if row else ""
            if (
                row is None
                or not text
                or row.fuzzy
                or (row.msgstr_plural and not all(row.msgstr_plural.values()))
            ):
                yield f"{name}: no Italian for {entry[1]!r}"
            elif seen.setdefault(entry, text) != text:
                yield f"{name}: {entry[1]!r} is {text!r} here and {seen[entry]!r} elsewhere"
            elif STRAIGHT.search(text):
                yield f"{name}: write ’ for ' in {text!r}"
        for entry in set(have) - set(needed(room)):
            yield f"{name}: {entry[1]!r} is no longer used; run script/messages"


def main() -> None:
    settings.configure(USE_I18N=True)
    django.setup()
    what = sys.argv[1] if len(sys.argv) > 1 else "update"
    if what == "compile":
        compile_all()
    elif what == "check":
        found = list(faults())
        print("\n".join(found) or "Italian complete.")
        sys.exit(bool(found))
    else:
        only = [SOURCE / room for room in sys.argv[2:]]
        for room in only or rooms():
            update(room)
        compile_all()


if __name__ == "__main__":
    main()
