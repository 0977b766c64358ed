"""What the answers of an entry say of its record."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rapidfuzz import fuzz

from cantiere.activities.observatory.actions.records import FIELDS, Parts, known_organisation
from cantiere.activities.observatory.models import Census, Extension, Record, RecordBody, Tool, ToolUse
from cantiere.activities.observatory.models.answers import CensusEntry
from cantiere.activities.observatory.models.vocabularies import BodyRole, ExtensionKind, Origin, Sheet, Used
from cantiere.engine.words import fold
from cantiere.foundation.questionnaires import queries as questionnaires

ALIKE = 90
"""Titles as alike as this, of 100, may be the same process."""
BODIES = {"partners": BodyRole.PARTNER, "decision_holders": BodyRole.DECISION_HOLDER}
USES = {
    "tools_planned": (Used.PLANNED, "online_planned"),
    "tools_new": (Used.INTRODUCED, "new_activities"),
}


@dataclass(frozen=True)
class Converted:
    """Fields and parts of the record, and the tools that the toolbox does not know."""

    details: Mapping[str, Any]
    parts: Parts
    unknown_tools: Sequence[str]

    @property
    def told(self) -> dict[str, str]:
        """Each field and part in words that can be compared later."""
        rows = {
            "bodies": [f"{row.role}:{row.name}" for row in self.parts.bodies or ()],
            "extensions": [f"{row.kind}:{row.days}" for row in self.parts.extensions or ()],
            "uses": [f"{row.since}:{row.tool_id}" for row in self.parts.uses or ()],
        }
        return {name: _plain(value) for name, value in {**self.details, **rows}.items()}


def _plain(value: object) -> str:
    if isinstance(value, list):
        return "|".join(sorted(_plain(each) for each in value))
    if isinstance(value, Model):
        return str(value.pk)
    return value.isoformat() if isinstance(value, date) else str(value)


def lines(text: object) -> list[str]:
    """The lines of an answer that asks for one thing a line, each once; semicolons divide too."""
    found = (part.strip(" \t-•*.") for part in re.split(r"[\n;]+", str(text or "")))
    first: dict[str, str] = {}
    for part in found:
        if part:
            first.setdefault(fold(part), part)
    return list(first.values())


def convert(entry: CensusEntry) -> Converted:
    """Read the answers of an entry; nothing is written."""
    answers = questionnaires.bound(entry.response.version, entry.response.answers)
    details = {
        name: _value(name, value) for name, value in answers.items() if name in FIELDS and name != "sheet"
    }
    details["sheet"] = entry.sheet
    if entry.sheet == Sheet.FUNDED:
        census = Census.objects.get(pk=entry.census_id)
        details |= {"call": census.call, "call_year": census.call_year, "origin": Origin.UNDER_WAY}
    uses, unknown = _uses(answers)
    for name, names in unknown.items():
        words = _("Other tools: %(names)s.") % {"names": ", ".join(names)}
        details[name] = "\n\n".join(filter(None, [str(details.get(name) or ""), words]))
    parts = Parts(bodies=_bodies(answers), extensions=_extensions(answers), uses=uses)
    return Converted(details, parts, [tool for names in unknown.values() for tool in names])


def _value(name: str, value: object) -> object:
    """What the column holds; not having said is a state of its own."""
    field = Record._meta.get_field(name)
    if field.many_to_many:
        return list(value) if value is not None else []  # type: ignore[call-overload]
    if value in ("", None):
        return field.get_default()  # type: ignore[union-attr]
    limit = getattr(field, "max_length", None)
    return value[:limit] if isinstance(value, str) and limit else value


def _bodies(answers: Mapping[str, object]) -> list[RecordBody]:
    found: dict[tuple[str, str], RecordBody] = {}
    for name, role in BODIES.items():
        for line in lines(answers.get(name)):
            written = line[:200]
            row = RecordBody(role=role, name=written, organisation=known_organisation(written))
            found.setdefault((role, written), row)
    return list(found.values())


def _extensions(answers: Mapping[str, object]) -> list[Extension]:
    days = answers.get("extension_days")
    if not isinstance(days, int) or days < 1:
        return []
    kind = str(answers.get("extension_kind") or ExtensionKind.EXTENSION.value)
    return [Extension(kind=kind, days=days)]


def _uses(answers: Mapping[str, object]) -> tuple[list[ToolUse], dict[str, list[str]]]:
    """The tools named, and by field of the record those that no tool of ours is called."""
    known = _known_tools() if any(answers.get(name) for name in USES) else {}
    uses: dict[int, ToolUse] = {}
    unknown: dict[str, list[str]] = {}
    for name, (since, field) in USES.items():
        for line in lines(answers.get(name)):
            tool = known.get(fold(line))
            if tool is not None:
                uses.setdefault(tool.pk, ToolUse(tool=tool, since=since))
            elif fold(line) not in {"nessuno", "nessuna", "none"}:
                unknown.setdefault(field, []).append(line[:80])
    return list(uses.values()), unknown


def _known_tools() -> dict[str, Tool]:
    found: dict[str, Tool] = {}
    for tool in Tool.objects.order_by("pk"):
        for name in (tool.name, *tool.other_names.splitlines()):
            if name.strip():
                found.setdefault(fold(name), tool)
    return found


@dataclass(frozen=True)
class Alike:
    """A record that may be of the same process."""

    record: Record
    same_title: bool


def warnings(converted: Converted) -> list[str]:
    """What a curator should look at before publishing, each a sentence."""
    details, found = converted.details, []
    if not details.get("territories"):
        found.append(_("No territory was given: without it the process is not on the map."))
    if details.get("started_on") is None and details.get("status") != "planned":
        found.append(_("No starting day was given: the process counts for no year."))
    if not details.get("public_contacts") and not details.get("website"):
        found.append(_("There is neither a website nor a contact."))
    if converted.unknown_tools:
        text = ngettext(
            "The toolbox has no tool called: %(names)s. It stays in the text.",
            "The toolbox has no tools called: %(names)s. They stay in the text.",
            len(converted.unknown_tools),
        )
        found.append(text % {"names": ", ".join(converted.unknown_tools)})
    return found


def alike(entry: CensusEntry, title: str, most: int = 5) -> list[Alike]:
    """Other records whose title is nearly this one's."""
    wanted = fold(title)
    if not wanted:
        return []
    rows = Record.objects.exclude(pk=entry.record_id or 0).values_list("pk", "title")
    scores = {pk: fuzz.token_sort_ratio(wanted, fold(other)) for pk, other in rows}
    near = sorted((pk for pk, score in scores.items() if score >= ALIKE), key=lambda pk: -scores[pk])[:most]
    by_key = Record.objects.in_bulk(near)
    return [Alike(by_key[pk], fold(by_key[pk].title) == wanted) for pk in near]
