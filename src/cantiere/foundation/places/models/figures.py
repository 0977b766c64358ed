"""Who lives in a place, and where its borders run."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple, Self

from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from cantiere.engine.territory import Polygon, from_geojson
from cantiere.foundation.places.models.place import Place

OLDEST = 100


class Band(NamedTuple):
    """Ages from … to …, both included; one hundred stands for one hundred and more."""

    youngest: int = 0
    oldest: int = OLDEST


EVERYBODY = (Band(),)


class ResidentsQuerySet(models.QuerySet["Residents"]):
    """Reads of residents."""

    def of(self, *places: Place) -> Self:
        """Those of any places: municipalities, provinces, regions, areas; nobody counted twice."""
        return self.filter(place__in=Place.objects.within(*places))

    def latest(self, *_fields: str | None) -> Self:  # type: ignore[override]
        """The last year known of each place."""
        years = Residents.objects.filter(place=OuterRef("place")).order_by("-year").values("year")[:1]
        return self.filter(year=Subquery(years))

    def table(self, bands: Sequence[Band] = EVERYBODY) -> dict[tuple[str, Band], int]:
        """How many by sex and age band, in one query; every sex and band is there, with 0 for nobody."""
        counted = {(sex, band): 0 for sex in Residents.Sex.values for band in bands}
        for sex, ages in self.values_list("sex", "ages"):
            for band in bands:
                counted[sex, band] += sum(ages[band.youngest : band.oldest + 1])
        return counted

    def total(self) -> int:
        """How many altogether, added up by the database."""
        return self.aggregate(total=models.Sum("total"))["total"] or 0


class Residents(models.Model):
    """Residents of a municipality on 1 January of a year, one row a sex.

    ``ages`` holds 101 counts, of age 0 to 99 and of 100 and more. Single years let a sample or a quota choose
    any band; one row instead of 101 keeps a region at 660 rows and 300 kB, and a sum costs nothing to add up.
    """

    class Sex(models.TextChoices):
        FEMALE = "f", _("Women")
        MALE = "m", _("Men")

    place = models.ForeignKey(Place, models.CASCADE, related_name="residents")
    year = models.PositiveSmallIntegerField()
    sex = models.CharField(max_length=1, choices=Sex.choices)
    ages = models.JSONField()
    total = models.PositiveIntegerField()

    objects: ClassVar[ResidentsQuerySet] = ResidentsQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "year", "sex"], name="residents_once_a_year_and_sex")
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.year} {self.sex}: {self.total}"


class BoundaryQuerySet(models.QuerySet["Boundary"]):
    """Reads of boundaries."""

    def of(self, *places: Place) -> Self:
        """Those of the municipalities of any places."""
        return self.filter(place__in=Place.objects.within(*places))

    def shapes(self) -> dict[str, list[Polygon]]:
        """Shapes by code in one query, to draw a cover or a map."""
        rows = self.order_by("place__code").values_list("place__code", "geometry")
        return {code: from_geojson(geometry) for code, geometry in rows}


class Boundary(models.Model):
    """The border of a place as GeoJSON, simplified for the web; apart from it, so that lists stay light."""

    place = models.OneToOneField(Place, models.CASCADE, primary_key=True, related_name="boundary")
    geometry = models.JSONField()
    year = models.PositiveSmallIntegerField(null=True)

    objects: ClassVar[BoundaryQuerySet] = BoundaryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name_plural = "boundaries"

    def __str__(self) -> str:
        return f"{self.place_id}"
