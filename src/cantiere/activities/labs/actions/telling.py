"""Telling those present that the run sheet or the groups are others now."""

import secrets

from django.db import transaction

from cantiere.activities.labs.models import Lab
from cantiere.activities.labs.queries.halls import script_of
from cantiere.foundation.live.submit import submit


def tell_script(*, lab: Lab) -> None:
    """While it runs, tell the log what is written now, as soon as that is certain.

    What was written stays even where the log cannot be told: the next change, or the desk, tells all of it.
    """
    if lab.is_running:
        transaction.on_commit(lambda: _tell(lab), robust=True)


def _tell(lab: Lab) -> None:
    submit(
        room=lab.room_id or 0,
        actor=f"lead-{secrets.token_hex(6)}",
        kind="script",
        body=script_of(lab).as_json(),
        lead=True,
    )
