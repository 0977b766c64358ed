"""Binds this process before it meets anything hostile, then runs the script it is given.

``python -I bound.py MEMORY SECONDS WRITTEN SCRIPT WORDS…``: bytes of memory, seconds of the processor, bytes
it may write to a file; what goes to a pipe is not counted. Nothing of the house is imported. The exit code
says how it ended: 0 done, 3 broken, 5 too heavy; the script has codes of its own above 10.
"""

import resource
import runpy
import sys

BROKEN, TOO_HEAVY = 3, 5


def bind(memory: int, seconds: int, written: int) -> None:
    """From here on there is no more memory and time than this, and no other process."""
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, written),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(what, (most, most))


def main() -> None:
    """Exit codes: what the script says; 3 when it stumbles over the file, 5 when it runs out of memory."""
    memory, seconds, written, script, *words = sys.argv[1:]
    bind(int(memory), int(seconds), int(written))
    sys.argv = [script, *words]
    try:
        runpy.run_path(script, run_name="__main__")
    except MemoryError:
        sys.exit(TOO_HEAVY)
    except BaseException as failure:  # decoders raise whatever they like on hostile files, panics too
        if isinstance(failure, SystemExit):
            raise
        sys.exit(BROKEN)


if __name__ == "__main__":
    main()
