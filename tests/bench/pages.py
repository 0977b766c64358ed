"""Pages: SQL queries, CPU per request, bytes; the weight of what every page loads."""

import gzip
import json
import statistics
import sys
import time

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from cantiere.foundation.accounts.models import Person  # noqa: E402
from cantiere.foundation.ui import assets  # noqa: E402
from cantiere.programmes.models import Activity  # noqa: E402
from tests.bench import innovators  # noqa: E402
from tests.bench.data import ACTIVITIES, PARTICIPATIONS, PROGRAMMES, fill  # noqa: E402

ROUNDS, REQUESTS = 5, 20


def measured(client: Client, address: str, keep: int) -> tuple[int, float, int]:
    """Queries, CPU ms (the median of rounds), bytes compressed; ``keep`` 0 makes every part of a page anew."""
    settings.KEEP_PAGES = keep
    for _warm in range(3):
        response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    queries = len(captured)  # now: the next request empties the log
    rounds = []
    for _round in range(ROUNDS):
        started = time.process_time()
        for _request in range(REQUESTS):
            client.get(address)
        rounds.append((time.process_time() - started) / REQUESTS * 1000)
    return queries, statistics.median(rounds), len(gzip.compress(response.content))


def weight() -> tuple[int, int]:
    """Compressed bytes of the style sheet and of the script that every page loads."""
    manifest = json.loads((assets.DIST / "manifest.json").read_text())
    sheet = assets.DIST / manifest[f"styles/{settings.CANTIERE_PALETTE}.scss"]["file"]
    script = assets.DIST / manifest["main.ts"]["file"]
    return len(gzip.compress(sheet.read_bytes())), len(gzip.compress(script.read_bytes()))


def main() -> None:
    fill()
    innovator_map = innovators.fill()
    meeting = Activity.objects.filter(kind_key="meeting").first()
    visitor, member = Client(HTTP_HOST="localhost"), Client(HTTP_HOST="localhost")
    member.force_login(Person.objects.order_by("pk").first(), backend=settings.AUTHENTICATION_BACKENDS[0])
    rows = [
        ("home", visitor, "/", 10, 10.0),
        ("programme list", visitor, "/programmi/", 10, 10.0),
        ("programme page", visitor, "/programmi/programma-7/", 10, 10.0),
        ("calendar", visitor, "/calendario/", 10, 20.0),
        ("meeting", visitor, meeting.get_absolute_url(), 10, 20.0),
        ("innovators", visitor, innovator_map, 12, 25.0),
        ("innovators found", visitor, f"{innovator_map}?settore=crafts&chi=person&q=ceramica", 12, 25.0),
        ("search", visitor, "/cerca/?q=attivita", 10, 30.0),
        ("workspace", member, "/gestione/programmi/programma-7/", 25, 40.0),
    ]
    print(
        f"{connection.vendor} {'.'.join(map(str, connection.get_database_version()))}, Python {sys.version.split()[0]}; "
        f"{PROGRAMMES} programmes, {ACTIVITIES} activities, {PARTICIPATIONS} participations"
    )
    print(
        f"{'page':16}{'queries':>9}{'target':>8}{'CPU ms':>9}{'target':>8}{'anew: queries':>15}{'CPU ms':>9}{'gzip kB':>9}"
    )
    missed = 0
    for name, client, address, most, slowest in rows:
        anew, slow, _size = measured(client, address, 0)
        queries, cpu, size = measured(client, address, 60)
        missed += queries > most or cpu > slowest
        mark = "" if queries <= most and cpu <= slowest else "  over"
        figures = f"{queries:9}{most:8}{cpu:9.1f}{slowest:8.0f}{anew:15}{slow:9.1f}{size / 1000:9.1f}"
        print(f"{name:16}{figures}{mark}")
    sheet, script = weight()
    print(
        f"CSS {sheet / 1000:.1f} kB + JS {script / 1000:.1f} kB = {(sheet + script) / 1000:.1f} kB gzip (target 90)"
    )
    print(f"{missed} over target" if missed else "all within target")


if __name__ == "__main__":
    main()
