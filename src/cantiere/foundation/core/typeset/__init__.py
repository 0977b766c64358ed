"""Documents for paper: accessible PDF, and pictures of a page, set by Typst in a process of its own.

A template is Typst source that reads ``data``, never text of people in its midst: what they wrote is data,
and no sign in it means anything. The process that serves pages never loads the typesetter.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

SECONDS = 30
_CHILD = Path(__file__).with_name("child.py")


class NotSetError(Exception):
    """The document could not be made; the message is the typesetter's."""


def typeset(
    template: Path, data: Mapping[str, object], *, form: Literal["pdf", "png"] = "pdf", ppi: int = 144
) -> bytes:
    """A document from a template and JSON data: PDF as PDF/UA-1 asks, or its first page as a picture.

    Signs that no font has are named in words (``[grinning face]``). :class:`NotSetError` where it fails.
    """
    asked = {"template": template.read_text(encoding="utf-8"), "data": data, "form": form, "ppi": ppi}
    try:
        ended = subprocess.run(  # noqa: S603 (our own script)
            [sys.executable, "-I", str(_CHILD)],
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise NotSetError("too long") from late
    if ended.returncode:
        raise NotSetError(ended.stderr.decode(errors="replace")[-2_000:])
    return ended.stdout
