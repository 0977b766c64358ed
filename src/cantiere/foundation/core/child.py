"""Hostile files are read in a process of their own, which may use little memory and time."""

import subprocess
import sys
from pathlib import Path
from typing import IO

from cantiere.foundation.core import bound

MEMORY = 1_000_000_000
CPU_SECONDS = 20
SECONDS = 30


class RefusedError(Exception):
    """The script refused the file; ``code`` is its exit code (:data:`bound.BROKEN` when it stumbled)."""

    def __init__(self, code: int) -> None:
        super().__init__(f"refused with {code}")
        self.code = code


class TooHeavyError(Exception):
    """The file needs more memory or time than a file may."""


def run(
    script: str, content: bytes, *words: str, into: IO[bytes] | None = None, most_written: int = 0
) -> bytes:
    """What the script at this path makes of ``content``, given on its standard input.

    With ``into``, a real file, the output goes there instead (at most ``most_written`` bytes) and nothing of
    it is held in memory. :class:`RefusedError`, :class:`TooHeavyError`.
    """
    bounds = [str(most) for most in (MEMORY, CPU_SECONDS, most_written)]
    command = [sys.executable, "-I", str(Path(bound.__file__)), *bounds, script, *words]
    try:
        ended = subprocess.run(  # noqa: S603 (our own script)
            command,
            input=content,
            stdout=into if into is not None else subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise TooHeavyError from late
    if ended.returncode < 0 or ended.returncode == bound.TOO_HEAVY:
        raise TooHeavyError
    if ended.returncode:
        raise RefusedError(ended.returncode)
    return ended.stdout or b""
