"""Jobs that do something countable, fail, or take their worker with them."""

import os
import time
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model

from cantiere.foundation.core import log
from cantiere.foundation.core.jobs import job


@job(attempts=30, backoff=0)
def note(number: int) -> int:
    """One row, in the transaction of the job."""
    log.record(by=None, verb="note", target=get_user_model()(pk=0), key=str(number))
    time.sleep(0.05)
    return number


@job(attempts=30, backoff=0, external=True)
def line(number: int) -> None:
    """One line in a file: outside the database, so a kill may repeat it."""
    with (Path(settings.DATA) / "lines").open("a", encoding="ascii") as out:
        out.write(f"{number}\n")
    time.sleep(0.05)


@job(attempts=3, backoff=0)
def killer(number: int) -> None:
    """Ends its worker without a word."""
    log.record(by=None, verb="note", target=get_user_model()(pk=0), key=f"killer {number}")
    os._exit(9)


@job(attempts=3, backoff=0)
def poison(number: int) -> None:
    """Writes, then fails: nothing of it may stay."""
    log.record(by=None, verb="note", target=get_user_model()(pk=0), key=f"poison {number}")
    raise ValueError(number)
