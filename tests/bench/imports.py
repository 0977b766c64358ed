"""A sheet of 20,000 records: read, checked, written, exported; seconds of the processor and the most memory, beside targets."""

import os
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.core.files.base import ContentFile  # noqa: E402
from django.db import connection  # noqa: E402

from cantiere.activities.observatory.actions import importing, imports  # noqa: E402
from cantiere.activities.observatory.models import (  # noqa: E402
    Origin,
    ProponentKind,
    Record,
    RecordImport,
    Status,
    Theme,
)
from cantiere.activities.observatory.queries import exports  # noqa: E402
from cantiere.activities.observatory.sheet import BY_NAME, propose  # noqa: E402
from cantiere.foundation.accounts.models import Person  # noqa: E402
from cantiere.foundation.core import sheets  # noqa: E402
from cantiere.foundation.places.models import Place  # noqa: E402
from cantiere.programmes.kinds import kind_of  # noqa: E402
from cantiere.programmes.models import Activity, Programme  # noqa: E402

ROWS = 20_000
PUBLIC, THEME, DONE, OLD = (
    str(each.label) for each in (ProponentKind.PUBLIC_BODY, Theme.WELFARE, Status.CONCLUDED, Origin.UNDER_WAY)
)
COLUMNS = (
    *(
        "identifier",
        "title",
        "proponent",
        "proponent_kind",
        "bodies.partner",
        "territories",
        "theme",
        "status",
    ),
    *("objectives", "changes", "started_on", "ended_on", "total_cost", "participants_actual", "extensions"),
    *("origin", "changed", "website", "context", "female_presence"),
)


def row(n: int) -> list[sheets.Cell]:
    """What somebody wrote of one process."""
    return [
        *(f"P{n}", f"Processo numero {n} per i beni comuni", f"Comune di Pieve {n % 300}", PUBLIC),
        *("Pro loco; Scuola media; Associazione del parco", f"Pieve {n % 300}; Pieve {n % 7}", THEME, DONE),
        *(
            "Ascoltare chi abita i quartieri e decidere insieme. " * 6,
            "Gli incontri sono passati in rete. " * 5,
        ),
        *(
            "12/06/2020",
            "30 novembre 2020",
            f"€ 1{n % 10}.000,50",
            n % 900,
            "83 giorni di proroga/sospensione",
        ),
        *(OLD, "phases; times", "www.comune.example/processo", "Un territorio di pianura. " * 8, "sì"),
    ]


def world() -> tuple[Activity, Person]:
    region = Place.objects.create(kind="region", code="96", name="Qui", slug="qui", folded="qui")
    Place.objects.bulk_create(
        Place(kind="municipality", code=f"96{n:04}", name=f"Pieve {n}", slug=f"pieve-{n}", folded=f"pieve {n}", parent=region)
        for n in range(300)
    )  # fmt: skip
    programme = Programme.objects.create(slug="fogli", title="Fogli", summary="Prova.")
    census = Activity.objects.create(
        programme=programme, kind_key="census", slug="fogli", title="Fogli", summary="Prova."
    )
    kind_of("census").setup(census)
    return census, Person.objects.create(email="fogli@example.org", name="Fogli")


def _cpu() -> float:
    """Seconds of the processor, here and in children that ended."""
    return sum(os.times()[:4])


def measured(name: str, target: float, act: Callable[[], Any]) -> Any:
    """Run it, and say how long it took."""
    started, busy = time.perf_counter(), _cpu()
    outcome = act()
    took, busy = time.perf_counter() - started, _cpu() - busy
    over = "" if busy <= target else "  over"
    print(f"{name:36}{busy:7.1f} s of CPU   target {target:4.0f}   {took:7.1f} s waited{over}")
    return outcome


def main() -> None:
    census, person = world()
    headers = [BY_NAME[name].header for name in COLUMNS]
    content = b"".join(sheets.write_xlsx(headers, (row(n) for n in range(ROWS))))
    print(f"{connection.vendor}: {ROWS} rows, {len(headers)} columns, {len(content) / 1e6:.1f} MB of XLSX")
    file = ContentFile(content, name="schede.xlsx")
    sheet = measured("read in a child", 10, lambda: sheets.read(file))
    brought = imports.bring(by=person, census=census, file=file, sheet=sheet)
    columns = propose(brought.headers, {})
    imports.match(by=person, brought=brought, columns=columns)
    measured("check every row", 60, lambda: importing.check(brought.pk))
    brought.refresh_from_db()
    assert brought.counts["new"] == ROWS, brought.counts
    imports.confirm(by=person, brought=brought, leave_out=False, keep_existing=False, publish=True)
    brought.refresh_from_db()
    plan = measured("prepare", 60, lambda: importing.prepare(brought))
    before = importing.state_of(census)
    measured("write: the one transaction", 8, lambda: importing.carry_out(brought.pk, plan, before))
    assert Record.objects.of(census).count() == ROWS
    measured("export XLSX", 60, lambda: sum(map(len, exports.as_xlsx(Record.objects.of(census)))))
    measured("export CSV", 30, lambda: sum(map(len, exports.as_csv(Record.objects.of(census)))))
    again = imports.bring(by=person, census=census, file=file, sheet=sheet)
    imports.match(by=person, brought=again, columns=columns)
    measured("check against 20,000 that are here", 60, lambda: importing.check(again.pk))
    again.refresh_from_db()
    assert again.counts["same"] == ROWS, again.counts
    here, child = (
        resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(f"most memory: {here} MB here (target 500), {child} MB in the child (target 500)")
    RecordImport.objects.all().delete()


if __name__ == "__main__":
    sys.exit(main())
