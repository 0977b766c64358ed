"""Places for tests: two regions with a few of their municipalities, made without any source."""

import itertools
from typing import Any

from django.utils.text import slugify

from cantiere.foundation.places.actions import load
from cantiere.foundation.places.models import Place, Succession, fold
from cantiere.foundation.places.sources import Headcount, Reading, Town

_codes = itertools.count(900_001)
MODENA = ("036", "Modena", "MO", "08", "Emilia-Romagna")
BOLOGNA = ("037", "Bologna", "BO", "08", "Emilia-Romagna")
SIENA = ("052", "Siena", "SI", "09", "Toscana")
TOWNS = (
    ("036001", "Bastiglia", MODENA),
    ("036002", "Bomporto", MODENA),
    ("036006", "Castelfranco Emilia", MODENA),
    ("036036", "San Cesario sul Panaro", MODENA),
    ("037006", "Bologna", BOLOGNA),
    ("037061", "Valsamoggia", BOLOGNA),
    ("052032", "Siena", SIENA),
    ("052037", "Montalcino", SIENA),
)


def town(code: str, name: str, province: tuple[str, str, str, str, str] = MODENA) -> Town:
    number, province_name, short, region, region_name = province
    return Town(code, name, "", number, province_name, short, region, region_name)


def square(west: float, south: float = 44.0, side: float = 0.1) -> list[list[list[tuple[float, float]]]]:
    east, north = west + side, south + side
    return [[[(west, south), (east, south), (east, north), (west, north), (west, south)]]]


def reading(**changes: Any) -> Reading:
    """Every municipality has 1 girl of each age from 0 to 9 and 2 men of 40, and is a square beside the next."""
    towns = [town(*row) for row in TOWNS]
    girls, men = [1] * 10 + [0] * 91, [0] * 40 + [2] + [0] * 60
    headcounts = [
        Headcount(each.code, sex, ages) for each in towns for sex, ages in (("f", girls), ("m", men))
    ]
    shapes = {each.code: square(round(10 + index / 10, 1)) for index, each in enumerate(towns)}
    whole = {
        "regions": ["08", "09"],
        "year": 2023,
        "towns": towns,
        "headcounts": headcounts,
        "shapes": shapes,
    }
    return Reading(**{**whole, **changes})


def loaded() -> dict[str, Place]:
    """All places of today by code, after loading the towns above."""
    load(by=None, reading=reading())
    return {place.code: place for place in Place.objects.current().select_related("parent__parent")}


def merge(code: str, *into: str) -> None:
    """A municipality becomes part of others, or is divided among them, and all is loaded again."""
    (old,) = Place.objects.filter(code=code)
    for successor in Place.objects.filter(code__in=into):
        Succession.objects.create(predecessor=old, successor=successor, on="2026-01-01", kind="incorporation")
    Place.objects.filter(pk=old.pk).update(valid_to="2025-12-31")
    load(by=None, reading=reading(towns=[town(*row) for row in TOWNS if row[0] != code]))


def place(name: str = "Borgo", **fields: Any) -> Place:
    """One municipality, alone."""
    code = str(next(_codes))
    slug = slugify(f"{name} {code}")
    return Place.objects.create(
        **{
            "kind": Place.Kind.MUNICIPALITY,
            "code": code,
            "name": name,
            "slug": slug,
            "folded": fold(name),
            **fields,
        }
    )
