"""``cantiere places load``: regions, provinces, municipalities, residents, boundaries."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from cantiere.foundation.places.actions import Loaded, load
from cantiere.foundation.places.models import Place
from cantiere.foundation.places.sources import Headcount, Reading, SourceError, package
from cantiere.foundation.places.sources.files import read_boundaries, read_residents, read_towns


class Command(BaseCommand):
    """Without paths, all comes from the optional package; with paths, only from the files given."""

    help = "Load regions with their provinces, municipalities, residents and boundaries."

    def add_arguments(self, parser: ArgumentParser) -> None:
        words = parser.add_subparsers(dest="word", required=True)
        loading = words.add_parser("load", help="load regions; a second time changes only what changed")
        loading.add_argument(
            "--region",
            nargs="+",
            default=["08", "09"],
            metavar="CODE",
            help="ISTAT codes of regions (08 Emilia-Romagna, 09 Toscana)",
        )
        loading.add_argument("--year", type=int, help="year of the figures")
        loading.add_argument("--municipalities", type=Path, help="ISTAT's list of municipalities, CSV")
        loading.add_argument("--residents", type=Path, help="ISTAT's residents by age and sex (POSAS), CSV")
        loading.add_argument("--boundaries", type=Path, help="boundaries in degrees, GeoJSON or TopoJSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        regions = [code.zfill(2) for code in options["region"]]
        paths = [options[name] for name in ("municipalities", "residents", "boundaries")]
        try:
            if any(paths):
                reading = self._from_files(regions, options)
            else:
                reading = package.read(regions, options["year"])
        except SourceError as refused:
            raise CommandError(str(refused)) from refused
        for loaded in load(by=None, reading=reading):
            self._tell(loaded)

    def _from_files(self, regions: list[str], options: dict[str, Any]) -> Reading:
        towns = read_towns(options["municipalities"], regions) if options["municipalities"] else []
        codes = {town.code for town in towns} or self._known(regions)
        year: int | None = options["year"]
        headcounts: list[Headcount] = []
        if options["residents"]:
            stated, headcounts = read_residents(options["residents"], codes)
            year = year or stated
            if year is None:
                raise SourceError(
                    _("%(file)s does not say its year. Add it, for example: --year 2023")
                    % {"file": options["residents"].name}
                )
        shapes = read_boundaries(options["boundaries"], codes) if options["boundaries"] else {}
        return Reading(regions, year, towns, headcounts, shapes)

    @staticmethod
    def _known(regions: list[str]) -> set[str]:
        known = list(Place.objects.filter(kind=Place.Kind.REGION, code__in=regions))
        if len(known) < len(regions):
            lacking = ", ".join(sorted(set(regions) - {place.code for place in known}))
            raise SourceError(
                _("The region %(code)s is not loaded yet. Give its municipalities with --municipalities.")
                % {"code": lacking}
            )
        return set(Place.objects.within(*known).values_list("code", flat=True))

    def _tell(self, loaded: Loaded) -> None:
        counts = (
            (_("municipalities"), loaded.municipalities),
            (_("residents"), loaded.residents),
            (_("boundaries"), loaded.boundaries),
            (_("former municipalities"), loaded.former),
            (_("areas"), loaded.areas),
        )
        self.stdout.write(
            f"{loaded.region.name} · " + ", ".join(f"{word}: {count}" for word, count in counts)
        )
        for places, sentence in (
            (loaded.unlisted, _("Known here, not in the list given: %(names)s. They stay as they are.")),
            (loaded.uncounted, _("The source counts no residents in: %(names)s.")),
            (loaded.unbounded, _("The source has no boundary of: %(names)s.")),
        ):
            if places:
                names = ", ".join(place.label for place in places[:10]) + (" …" if len(places) > 10 else "")
                self.stdout.write("  " + sentence % {"names": names})
