"""Cells that stand for several rows: places, bodies, extensions, tools."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, NoReturn

from django.core.exceptions import ValidationError
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from cantiere.activities.observatory.models import ExtensionKind, Tool
from cantiere.engine.words import fold, nearest
from cantiere.foundation.core.sheets import cells
from cantiere.foundation.core.sheets.writing import Cell
from cantiere.foundation.core.sheets.writing import text as written
from cantiere.foundation.places.forms import PlaceField
from cantiere.foundation.places.models import Place

_AREAS = (Place.Kind.REGION, Place.Kind.AREA)
_FEWER = re.compile(r"(<|meno di|fewer than) ?5")


class People(cells.Number):
    """A number of people; one too small to be told in public says nothing."""

    def read(self, text: str) -> Any:
        return None if _FEWER.fullmatch(fold(text)) else super().read(text)


class Places:
    """Places by name or code, each looked up once; those of the past lead to today's.

    ``Bologna`` is the municipality; the province is ``Provincia di Bologna``.
    """

    empty: tuple[Place, ...] = ()

    def __init__(self) -> None:
        self._town = PlaceField(required=False)
        self._any = PlaceField(kinds=Place.Kind.values, required=False)
        self._known: dict[str, Place | ValidationError] = {}

    def read(self, text: str) -> list[Place]:
        places: dict[int, Place] = {}
        errors: list[ValidationError] = []
        for part in re.split(r"[\n;,|]+", text):
            found = self._find(part.strip()) if not cells.is_nothing(part) else None
            if isinstance(found, ValidationError):
                errors.append(found)
            elif found is not None:
                places[found.pk] = found
        if errors:
            raise ValidationError(errors[:10])
        return list(places.values())

    def _find(self, part: str) -> Place | ValidationError:
        if part not in self._known:
            self._known[part] = self._look_up(part)
        return self._known[part]

    def _look_up(self, part: str) -> Place | ValidationError:
        for field in (self._town, self._any):
            try:
                found: Place = field.clean(part)
            except ValidationError as refused:
                error = refused
                if refused.code == "several":
                    break
            else:
                return found
        return error

    def write(self, value: Sequence[Place]) -> Cell:
        return "; ".join(place.code if self._is_unsure(place) else place.label for place in value)

    def _is_unsure(self, place: Place) -> bool:
        """Whether its name alone could be another place, or two."""
        return bool(re.search(r"[,;|]", place.label)) or (
            place.kind in _AREAS and place.folded in self._shared
        )

    @cached_property
    def _shared(self) -> set[str]:
        areas = Place.objects.current().filter(kind__in=_AREAS).values("folded")
        named = Place.objects.current().filter(folded__in=areas).order_by().values("folded")
        return {row["folded"] for row in named.annotate(count=Count("pk")) if row["count"] > 1}


class Stretch(NamedTuple):
    """Days that were added to a process, as :class:`Extension` holds them."""

    kind: str
    days: int
    requested_on: date | None = None
    granted_on: date | None = None
    act: str = ""
    reason: str = ""

    def fields(self) -> dict[str, Any]:
        """By name."""
        return self._asdict()


_KINDS = cells.Choice(
    ExtensionKind.choices,
    also={
        "proroga/sospensione": "both",
        "proroga e sospensione": "both",
        "proroga": "extension",
        "sospensione": "suspension",
    },
)
_LOOSE = re.compile(
    r"(?:(?P<before>[^\d|]*?)\s*[:,]?\s*)?(?P<days>\d{1,4})\s*(?:giorni|gg\.?|g\.?)?(?P<after>[^\d|]*)"
)


class Stretches:
    """Extensions, one a line: ``Proroga | 83 | asked | granted | act | reason``, or just ``83 giorni``."""

    empty: tuple[Stretch, ...] = ()

    def read(self, text: str) -> list[Stretch]:
        return [self._one(line) for line in text.split("\n") if not cells.is_nothing(line)]

    def _one(self, line: str) -> Stretch:
        parts = [_unescaped(part.strip()) for part in re.split(r"(?<!\\)\|", line)]
        if len(parts) == 1:
            return self._loose(line.strip())
        kind, days, asked, granted, act, reason = (parts + [""] * 6)[:6]
        if len(parts) > 6 or not kind:
            raise ValidationError(self._how(), params={"text": line[:60]})
        day = cells.Day()
        return Stretch(
            _KINDS.read(kind),
            int(cells.Number(least=1, most=3660, signs="giorni|gg").read(days) or 0) or self._refuse(line),
            day.read(asked),
            day.read(granted),
            cells.Text(200).read(act),
            cells.Text(400).read(reason),
        )

    def _loose(self, line: str) -> Stretch:
        found = _LOOSE.fullmatch(line)
        if found is None or not 1 <= int(found["days"]) <= 3660:
            self._refuse(line)
        words = fold(f"{found['before'] or ''} {found['after']}")
        kind = ExtensionKind.EXTENSION
        if "sospension" in words:
            kind = ExtensionKind.BOTH if "prorog" in words else ExtensionKind.SUSPENSION
        return Stretch(kind, int(found["days"]))

    def _refuse(self, line: str) -> NoReturn:
        raise ValidationError(self._how(), params={"text": line[:60]})

    def _how(self) -> Any:
        return _("“%(text)s” is not clear: write the kind and the days, like “Proroga | 83”, one a line.")

    def write(self, value: Sequence[Stretch]) -> Cell:
        lines = []
        for each in value:
            parts = [str(_KINDS.write(each.kind)), *(written(part) for part in each[1:4])]
            parts += [_escaped(each.act), _escaped(each.reason)]
            while not parts[-1]:
                parts.pop()
            lines.append(" | ".join(parts))
        return "\n".join(lines)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|")


def _unescaped(text: str) -> str:
    return re.sub(r"\\([\\|])", r"\1", text)


@dataclass(frozen=True)
class Use:
    """A tool that was used, and the one it took the place of."""

    tool: Tool
    instead_of: Tool | None = None


_INSTEAD = " (al posto di: "


class Uses:
    """Tools of the toolbox by their names, each looked up once."""

    empty: tuple[Use, ...] = ()

    def read(self, text: str) -> list[Use]:
        uses = cells.Several(self._one).read(text)
        return list({use.tool.pk: use for use in uses}.values())

    def _one(self, part: str) -> Use:
        name, sign, rest = part.partition(_INSTEAD)
        if not sign or not rest.endswith(")"):
            return Use(self._tool(part))
        return Use(self._tool(name), self._tool(rest[:-1]))

    def _tool(self, name: str) -> Tool:
        wanted = fold(name)
        if wanted in self._known:
            return self._known[wanted]
        near = nearest(wanted, self._known)
        if near is None:
            raise ValidationError(
                _("The toolbox has no “%(name)s”: add it there first, or write another name."),
                params={"name": name[:60]},
            )
        raise ValidationError(
            _("The toolbox has no “%(name)s”: did you mean “%(near)s”?"),
            params={"name": name[:60], "near": self._known[near].name},
        )

    @cached_property
    def _known(self) -> dict[str, Tool]:
        tools = list(Tool.objects.only("name", "other_names").order_by("pk"))
        others = {
            fold(line): tool for tool in tools for line in tool.other_names.splitlines() if line.strip()
        }
        return others | {fold(tool.name): tool for tool in tools}

    def write(self, value: Sequence[Use]) -> Cell:
        return cells.Several(str, self._written).write(value)

    def _written(self, use: Use) -> str:
        return f"{use.tool.name}{_INSTEAD}{use.instead_of.name})" if use.instead_of else use.tool.name
