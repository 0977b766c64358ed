"""ISTAT's own files, as it publishes them: lists and figures as CSV, boundaries as GeoJSON or TopoJSON."""

import csv
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from cantiere.engine.territory import GeometryError, Shape, bounds, from_geojson, from_topojson
from cantiere.foundation.places.models.names import fold
from cantiere.foundation.places.sources import Headcount, SourceError, Town

EXCEL, ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
# The columns of the list of municipalities, by how their folded heading begins; ISTAT changes the rest of it.
TOWN_COLUMNS = {
    "code": ("codice comune formato alfanumerico",),
    "name": ("denominazione in italiano",),
    "cadastral": ("codice catastale",),
    "province": ("codice provincia",),
    "province_name": ("denominazione dell unita territoriale", "denominazione provincia"),
    "short": ("sigla automobilistica",),
    "region": ("codice regione",),
    "region_name": ("denominazione regione",),
}
RESIDENT_COLUMNS = {
    "code": ("codice comune", "codice", "itter107"),
    "age": ("eta",),
    "m": ("totale maschi", "maschi"),
    "f": ("totale femmine", "femmine"),
}
CODE_PROPERTIES = ("com_istat_code", "pro_com_t", "PRO_COM_T", "pro_com", "PRO_COM", "istat", "code")
EVERY_AGE = 999


def read_towns(path: Path, regions: Collection[str]) -> list[Town]:
    """The list of municipalities (*Elenco dei codici e delle denominazioni*), a CSV with semicolons."""
    towns = []
    for number, row in _table(path, TOWN_COLUMNS):
        if not re.fullmatch(r"\d{1,6}", row["code"]):
            raise SourceError(
                _("%(file)s, line %(line)s: “%(code)s” is no ISTAT code; it has six figures.")
                % {"file": path.name, "line": number, "code": row["code"]}
            )
        row |= {
            "code": row["code"].zfill(6),
            "province": row["code"].zfill(6)[:3],
            "region": row["region"].zfill(2),
        }
        if row["region"] in regions:
            towns.append(Town(**row))
    if not towns:
        raise SourceError(
            _(
                "%(file)s holds no municipality of the regions %(codes)s. "
                "Is it the list of all municipalities?"
            )
            % {"file": path.name, "codes": ", ".join(regions)}
        )
    return towns


def read_residents(path: Path, codes: Collection[str]) -> tuple[int | None, list[Headcount]]:
    """Residents by municipality, age and sex (*POSAS*), and the year the file speaks of where it says so."""
    ages: dict[tuple[str, str], list[int]] = {}
    for number, row in _table(path, RESIDENT_COLUMNS):
        code = row["code"].zfill(6)
        if code not in codes:
            continue
        try:
            age = min(int(re.sub(r"\D", "", row["age"]) or EVERY_AGE), EVERY_AGE)
            counts = {sex: int(row[sex].replace(".", "") or 0) for sex in ("f", "m")}
        except ValueError as broken:
            raise SourceError(
                _("%(file)s, line %(line)s: ages and counts must be whole numbers.")
                % {"file": path.name, "line": number}
            ) from broken
        if age == EVERY_AGE:
            continue
        for sex, count in counts.items():
            ages.setdefault((code, sex), [0] * 101)[min(age, 100)] += count
    if not ages:
        raise SourceError(
            _("%(file)s counts nobody in the regions that were asked for. Check the region and the file.")
            % {"file": path.name}
        )
    return _year(path), [Headcount(code, sex, counts) for (code, sex), counts in ages.items()]


def read_boundaries(path: Path, codes: Collection[str]) -> dict[str, Shape]:
    """Boundaries by code from GeoJSON or TopoJSON in degrees (EPSG:4326)."""
    try:
        content = json.loads(_bytes(path))
    except (UnicodeDecodeError, json.JSONDecodeError) as broken:
        raise SourceError(
            _("%(file)s is no GeoJSON or TopoJSON. Convert ISTAT's boundaries to GeoJSON first.")
            % {"file": path.name}
        ) from broken
    shapes: dict[str, Shape] = {}
    try:
        for properties, shape in _areas(content):
            code = _code(properties)
            if code in codes:
                shapes[code] = shape
    except GeometryError as broken:
        raise SourceError(
            _("%(file)s holds a broken boundary (%(why)s). Export it again as GeoJSON or TopoJSON.")
            % {"file": path.name, "why": broken}
        ) from broken
    if not shapes:
        raise SourceError(
            _("%(file)s has no boundary with one of the codes asked for. Each needs its ISTAT code in one of "
              "these properties: %(names)s.") % {"file": path.name, "names": ", ".join(CODE_PROPERTIES)}
        )  # fmt: skip
    for shape in shapes.values():
        box = bounds(shape)
        if max(abs(box.west), abs(box.east)) > 180 or max(abs(box.south), abs(box.north)) > 90:
            raise SourceError(
                _("%(file)s is in metres, not in degrees. Convert it to EPSG:4326 (WGS 84) first.")
                % {"file": path.name}
            )
    return shapes


def _areas(content: Any) -> Iterator[tuple[Mapping[str, Any], Shape]]:
    if isinstance(content, dict) and content.get("type") == "Topology":
        yield from from_topojson(content)
        return
    if not isinstance(content, dict) or not isinstance(content.get("features"), list):
        raise GeometryError("neither a collection of features nor a topology")
    for feature in content["features"]:
        yield feature.get("properties") or {}, from_geojson(feature.get("geometry") or {})


def _code(properties: Mapping[str, Any]) -> str:
    return next((str(properties[name]).zfill(6) for name in CODE_PROPERTIES if properties.get(name)), "")


def _bytes(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as broken:
        raise SourceError(
            _("%(file)s cannot be opened: %(why)s.") % {"file": path, "why": broken.strerror}
        ) from broken
    if content.startswith((EXCEL, ZIP)):
        raise SourceError(
            _(
                "%(file)s is an Excel or zip file. "
                "Take the CSV that ISTAT publishes beside it, or save it as CSV."
            )
            % {"file": path.name}
        )
    return content


def _text(path: Path) -> str:
    """ISTAT writes some files in UTF-8 and some in the older Windows alphabet, without saying which."""
    content = _bytes(path)
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SourceError(_("%(file)s is in an unknown alphabet. Save it again as UTF-8.") % {"file": path.name})


def _table(path: Path, columns: Mapping[str, Sequence[str]]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows with the wanted columns, by our names, and their lines; titles above the table are skipped."""
    text = _text(path)
    separator = max(";,\t", key=text[:20_000].count)
    rows = csv.reader(text.splitlines(keepends=True), delimiter=separator)
    places: dict[str, int] = {}
    best: list[str] = list(columns)
    for row in rows:
        headings = [fold(cell) for cell in row]
        found = {name: _column(headings, starts) for name, starts in columns.items()}
        lacking = [name for name, index in found.items() if index is None]
        if not lacking:
            places = {name: index for name, index in found.items() if index is not None}
            break
        best = min(best, lacking, key=len)
    if not places:
        wanted = "; ".join(f"“{columns[name][0]}”" for name in best)
        raise SourceError(
            _("%(file)s lacks columns that begin with %(columns)s. Is it the right file?")
            % {"file": path.name, "columns": wanted}
        )
    for row in rows:
        if len(row) > max(places.values()) and row[places["code"]].strip():
            yield rows.line_num, {name: row[index].strip() for name, index in places.items()}


def _column(headings: Sequence[str], starts: Sequence[str]) -> int | None:
    for start in starts:
        for index, heading in enumerate(headings):
            if heading.startswith(start):
                return index
    return None


def _year(path: Path) -> int | None:
    """From the title (*1° gennaio 2023*) or the name (*POSAS_2023_it_Comuni.csv*)."""
    found = re.search(r"gennaio\s+(20\d\d)", _text(path)[:2000]) or re.search(r"(20\d\d)", path.name)
    return int(found.group(1)) if found else None
