"""What benches measure beside their own figures: the disk, a server's processor and memory, who else works here."""

import os
import statistics
import time
from pathlib import Path


def disk(folder):
    """What one commit to the disk takes here: median and the slowest in a hundred, milliseconds."""
    file, took = folder / "disk", []
    with file.open("wb", buffering=0) as out:
        for _write in range(200):
            out.write(b"x" * 4096)
            begun = time.perf_counter()
            os.fdatasync(out.fileno())
            took.append((time.perf_counter() - begun) * 1000)
    file.unlink()
    return statistics.median(took), sorted(took)[197]


def pace():
    """What a fixed loop of plain Python takes here, milliseconds of processor: the machine, and how its
    interpreter was built (without profile-guided optimisation it takes half as long again).
    """
    took = []
    for _ in range(10):
        begun, found = time.process_time(), {}
        for number in range(20_000):
            found[number] = (number, str(number))
        took.append((time.process_time() - begun) * 1000)
    return min(took)


class Meter:
    """Processor time and memory of a served house."""

    def __init__(self, server):
        self.stat, self.status = Path(f"/proc/{server.pid}/stat"), Path(f"/proc/{server.pid}/status")
        self.begun, self.cpu = time.monotonic(), self._cpu()

    def _cpu(self):
        fields = self.stat.read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def share(self):
        """Per cent of one processor since the beginning."""
        return (self._cpu() - self.cpu) / (time.monotonic() - self.begun) * 100

    def spent(self):
        return self._cpu() - self.cpu

    def peak(self):
        """Megabytes of memory."""
        return int(self.status.read_text().partition("VmRSS:")[2].split()[0]) / 1000


def line(name, value, target="", *, met=None, more=""):
    mark = "" if met is None else ("  met" if met else "  MISSED")
    print(f"  {name:44}{value:>16}  {target:18}{mark:8} {more}", flush=True)


def idle():
    """What others take of this machine, as a share of one processor's queue."""
    return f"load average {os.getloadavg()[0]:.1f}"
