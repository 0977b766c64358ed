"""Where things are: one table for regions, provinces, municipalities and areas."""

from collections.abc import Iterable, Sequence
from typing import ClassVar, Self

from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from rapidfuzz import fuzz, process

from cantiere.foundation.places.models.names import abbreviates, fold

NEAR = 0.2  # degrees: what is farther from every municipality has no name


class PlaceQuerySet(models.QuerySet["Place"]):
    """Reads of places."""

    def current(self) -> Self:
        """Those that exist today."""
        return self.filter(valid_to=None)

    def municipalities(self) -> Self:
        return self.filter(kind=Place.Kind.MUNICIPALITY)

    def within(self, *places: "Place") -> Self:
        """Today's municipalities of any places, each once: themselves, of a province, region or area."""
        ids = [place.pk for place in places]
        members = Place.members.through.objects.filter(from_place__in=ids).values("to_place")
        inside = Q()
        for path in ("pk", "parent", "parent__parent"):
            inside |= Q(**{f"{path}__in": ids}) | Q(**{f"{path}__in": members})
        return self.current().municipalities().filter(inside)

    def resolve(self, code: str) -> Self:
        """Today's places behind a code of any time: ``037004`` (Bazzano) gives Valsamoggia.

        At most three changes are followed, which no municipality has reached.
        """
        before = Q(code=code)
        for depth in range(1, 4):
            before |= Q(**{"came_from__predecessor__" * depth + "code": code})
        return self.current().filter(before).distinct()

    def heirs(self) -> dict[int, set[int]]:
        """By the key of each place that ended, the keys of today's that it became, through all changes."""
        became: dict[int, set[int]] = {}
        for old, new in Succession.objects.order_by().values_list("predecessor", "successor"):
            became.setdefault(old, set()).add(new)
        today = set(self.current().values_list("pk", flat=True))
        found = {}
        for old in became.keys() - today:
            after, ways = set[int](), list(became[old])
            while ways:
                new = ways.pop()
                if new not in after:
                    after.add(new)
                    ways += [] if new in today else became.get(new, ())
            found[old] = after & today
        return {old: after for old, after in found.items() if after}

    def find(
        self, name: str, province: str | None = None, *, kinds: Iterable[str] | None = None
    ) -> list["Place"]:
        """Today's places of that name, however it is written; a name of the past gives its successors.

        One answer is sure; several need the province (its abbreviation, name or code); none is unknown.
        """
        wanted = fold(name)
        if not wanted:
            return []
        named = self.filter(kind__in=list(kinds or [Place.Kind.MUNICIPALITY])).select_related(
            "parent__parent"
        )
        if province:
            held = (
                Q(parent__short__iexact=province)
                | Q(parent__code=province)
                | Q(parent__folded=fold(province))
            )
            named = named.filter(held)
        exact = list(named.filter(folded=wanted).order_by("kind", "code"))
        if not exact:
            longest = max(wanted.split(), key=len)
            likely = named.filter(folded__contains=longest).order_by("kind", "code")
            exact = [place for place in likely if abbreviates(wanted, place.folded)]
        today = [place for place in exact if place.valid_to is None]
        if today or not exact:
            return today
        successors = self.current().filter(came_from__predecessor__in=exact).select_related("parent__parent")
        return list(successors.distinct().order_by("code"))

    def suggest(self, start: str, kinds: Iterable[str] | None = None) -> Self:
        """Today's places whose name, or a word of it, begins like this; best first."""
        begins = fold(start)
        matching = self.current().filter(Q(folded__startswith=begins) | Q(folded__contains=f" {begins}"))
        if kinds:
            matching = matching.filter(kind__in=list(kinds))
        nearness = Case(
            When(folded=begins, then=Value(0)),
            When(folded__startswith=begins, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        return matching.select_related("parent").order_by(nearness, "folded", "code")

    def nearest(self, name: str, kinds: Iterable[str], most: int = 3) -> list["Place"]:
        """Today's places that may be meant by a name that none has: it begins theirs, or resembles it."""
        begun = list(self.suggest(name, kinds)[:most]) if fold(name) else []
        if begun:
            return begun
        known = self.current().filter(kind__in=list(kinds)).values_list("pk", "folded")
        near = process.extract(fold(name), dict(known), scorer=fuzz.ratio, limit=most, score_cutoff=70)
        places = self.select_related("parent").in_bulk([pk for _, _, pk in near])
        return [places[pk] for _, _, pk in near]

    def near(self, positions: Sequence[tuple[float, float]]) -> dict[str, str]:
        """By ``"lng lat"`` with two decimals, the municipality whose middle is nearest, where one is near."""
        if not positions:
            return {}
        lngs, lats = [lng for lng, _lat in positions], [lat for _lng, lat in positions]
        around = (
            self.current()
            .municipalities()
            .filter(
                lng__range=(min(lngs) - NEAR, max(lngs) + NEAR),
                lat__range=(min(lats) - NEAR, max(lats) + NEAR),
            )
        )
        rows = around.order_by("code").values_list("lng", "lat", "name")
        known = [(x, y, name) for x, y, name in rows if x is not None and y is not None]
        found = {}
        for lng, lat in positions:
            # A degree of longitude is about seven tenths of one of latitude in Italy.
            apart = [((lng - x) ** 2 * 0.5 + (lat - y) ** 2, name) for x, y, name in known]
            distance, name = min(apart, default=(NEAR, ""))
            if distance < NEAR**2:
                found[f"{lng:.2f} {lat:.2f}"] = name
        return found


def called(kind: str, form: str, name: str, province: str = "") -> str:
    """The name of a place that can be read alone; ``province`` are the letters of that of a municipality."""
    if kind == Place.Kind.MUNICIPALITY and province:
        return f"{name} ({province})"
    if kind != Place.Kind.PROVINCE:
        return name
    if form == Place.Form.METROPOLITAN_CITY:
        return pgettext("place", "Metropolitan city of %(name)s") % {"name": name}
    return pgettext("place", "Province of %(name)s") % {"name": name}


class Place(models.Model):
    """A region, a province, a municipality, or an area made of several.

    Places that no longer exist stay, with the day they ended: old codes and old names lead to today's.
    """

    class Kind(models.TextChoices):
        REGION = "region", _("Region")
        PROVINCE = "province", _("Province")
        MUNICIPALITY = "municipality", _("Municipality")
        AREA = "area", _("Area")

    class Form(models.TextChoices):
        """What sort of province or area it is."""

        METROPOLITAN_CITY = "metropolitan_city", _("Metropolitan city")
        UNION = "union", _("Union of municipalities")
        MOUNTAIN_UNION = "mountain_union", _("Mountain union")
        WIDE_AREA = "wide_area", _("Wide area")
        DISTRICT = "district", _("District")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    form = models.CharField(max_length=20, choices=Form.choices, blank=True)
    # ISTAT's code with its zeros: 2 digits a region, 3 a province, 6 a municipality; a word of ours an area.
    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(max_length=140)
    folded = models.CharField(max_length=120, db_index=True)
    short = models.CharField(max_length=4, blank=True)  # the letters of a province: MO
    cadastral = models.CharField(max_length=4, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    members = models.ManyToManyField("self", symmetrical=False, related_name="areas", blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)  # null: exists today
    # A position inside, and the rectangle around; without a boundary both are unknown.
    lat = models.FloatField(null=True)
    lng = models.FloatField(null=True)
    west = models.FloatField(null=True)
    south = models.FloatField(null=True)
    east = models.FloatField(null=True)
    north = models.FloatField(null=True)
    source = models.CharField(max_length=500, blank=True)
    note = models.CharField(max_length=500, blank=True)

    objects: ClassVar[PlaceQuerySet] = PlaceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("folded", "code")
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="one_place_a_code"),
            models.UniqueConstraint(
                fields=["kind", "slug"], condition=Q(valid_to=None), name="one_place_of_today_a_slug"
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
                name="a_place_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name that can be read alone: ``Bomporto (MO)``, ``Province of Pistoia``; needs the parent."""
        above = self.parent if self.kind == self.Kind.MUNICIPALITY else None
        return called(self.kind, self.form, self.name, above.short if above is not None else "")

    @property
    def exists(self) -> bool:
        """Whether it exists today."""
        return self.valid_to is None or self.valid_to >= timezone.localdate()


class Succession(models.Model):
    """What became of a municipality: merged, taken in, moved to another province, renamed."""

    class Kind(models.TextChoices):
        MERGER = "merger", _("merger")
        INCORPORATION = "incorporation", _("incorporation")
        TRANSFER = "transfer", _("transfer to another province")
        RENAMING = "renaming", _("renaming")

    predecessor = models.ForeignKey(Place, models.CASCADE, related_name="became")
    successor = models.ForeignKey(Place, models.CASCADE, related_name="came_from")
    on = models.DateField()
    kind = models.CharField(max_length=13, choices=Kind.choices)
    act = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("on", "successor", "predecessor")
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "on"], name="one_succession_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.predecessor.name} → {self.successor.name} ({self.on:%Y})"
