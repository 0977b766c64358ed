"""Boards: many people write at once, each sees what all the others do.

A served house and a load process of its own share the machine; what the load takes of a processor is printed with
each row. Figures beside their targets; nothing fails.
"""

import os
import shutil
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.bench.live import Meter, disk, idle, line
from tests.proofs.boards import Hall
from tests.proofs.house import House, postgres
from tests.proofs.live import SETTINGS

SECONDS = float(os.environ.get("BENCH_SECONDS", "8"))
BOARDS, PEOPLE = 20, 30


def built(engine, tmp, stack):
    url = stack.enter_context(postgres()) if engine == "postgresql" else ""
    house = House(tmp / engine, url, **SETTINGS)
    stack.callback(house.close)
    hall = Hall(house)
    hall.serve()
    return hall


def write(hall, tmp, boards, people, rate, target):
    """Everybody edits at a steady pace."""
    empty = Meter(hall.server).peak()
    told = hall.load("work", boards=boards, people=people, tmp=tmp, rate=rate, seconds=SECONDS)
    memory = (Meter(hall.server).peak() - empty) / (boards * people) * 1000
    line(
        f"{boards} × {people} people, {rate:g} edits/s each: p99",
        f"{told['seen_p99']} ms",
        f"≤ {target} ms",
        met=told["seen_p99"] <= target,
        more=f"p50 {told['seen_p50']}, max {told['seen_max']}, {told['deliveries']:,} deliveries, "
        f"server {told['server_cpu']} %, load {told['load_cpu']} %, {idle()}",
    )
    line("  delivered", f"{told['delivered']:.4%}", "100 %", met=told["delivered"] == 1.0)
    good = (
        not told["diverged"] and told["kept"] == told["people"] and not told["refused"] and not told["gone"]
    )
    more = f"{told['diverged']} boards diverged, all kept for {told['kept']} of {told['people']}"
    line("  converged, all confirmed", "yes" if good else "NO", "yes", met=good, more=more)
    stored = hall.house.python(
        "import hashlib\nfrom cantiere.foundation.live.boards import queries\n"
        f"found = queries.contents({hall.room})\n"
        "texts = sorted(f'{key} {note.text}' for key, one in found.items() for note in one.notes)\n"
        "print(hashlib.sha256('\\n'.join(texts).encode()).hexdigest())"
    )
    line(
        "  stored is what was written",
        "yes" if stored.strip() == told["texts"] else "NO",
        "yes",
        met=stored.strip() == told["texts"],
    )
    line(
        "  memory for each participant",
        f"{memory:.0f} kB",
        more=f"entered: p50 {told['entered_p50']}, p99 {told['entered_p99']} ms",
    )


def measure(engine, tmp):
    for boards, people, rate, target in (
        (BOARDS, PEOPLE, 5, 80),
        (40, 12, 5, 60),
        (BOARDS, PEOPLE, 0.2, 80),
        (1, 50, 5, 80),
    ):
        with ExitStack() as stack:
            hall = built(engine, Path(tempfile.mkdtemp(dir=tmp)), stack)
            write(hall, tmp, boards, people, rate, target)


def main():
    for engine in [word for word in sys.argv[1:] if word != "--beside"] or ["sqlite", "postgresql"]:
        tmp = Path(tempfile.mkdtemp())
        median, slow = disk(tmp)
        print(
            f"boards, {engine}: a commit to this disk takes {median:.1f} ms, one in a hundred {slow:.1f} ms; {idle()}"
        )
        try:
            measure(engine, tmp)
        except BaseException as left:  # a skipped database is no error of the bench
            if type(left).__name__ != "Skipped":
                raise
            print(f"{engine}: {left}")
        finally:
            shutil.rmtree(tmp, ignore_errors=True)


if __name__ == "__main__":
    main()
