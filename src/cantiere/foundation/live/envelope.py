"""The outside of a request to the live part: which room, what is asked, who shows which ticket from where."""

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import parse_qs

from cantiere.foundation.core.limits import address_behind

PREFIX = "/live/"
PATH = re.compile(r"/live/([1-9][0-9]{0,17})/(act|news|ticket)")
# Headers that are read, or that make a request one for the patient path.
READ = frozenset(
    {
        b"authorization",
        b"connection",
        b"content-length",
        b"expect",
        b"last-event-id",
        b"transfer-encoding",
        b"upgrade",
        b"x-forwarded-for",
    }
)
_SCHEME = "live "


class Envelope(NamedTuple):
    """``last`` is the number of the frame the client has; ``wait`` the seconds it waits for one answer."""

    room: int
    what: str
    ticket: str
    address: str
    last: str = ""
    wait: float | None = None


def addressed(path: str, query: str, headers: Mapping[bytes, bytes], seen: str) -> Envelope | None:
    """The envelope of a request; ``None`` where the path leads nowhere.

    A ticket stands in ``Authorization: Live …``. Only a stream, for which a browser can set no header, may
    carry it in the address: it is worth nothing after five minutes.
    """
    found = PATH.fullmatch(path)
    return None if found is None else envelope(int(found[1]), found[2], query, headers, seen)


def envelope(room: int, what: str, query: str, headers: Mapping[bytes, bytes], seen: str) -> Envelope:
    """The same where the path is read already."""
    asked = parse_qs(query, max_num_fields=8) if query and what == "news" else {}
    shown = headers.get(b"authorization", b"").decode("latin-1")
    ticket = shown[len(_SCHEME) :] if shown.lower().startswith(_SCHEME) else asked.get("t", [""])[0]
    forwarded = headers.get(b"x-forwarded-for", b"").decode("latin-1")
    last = headers.get(b"last-event-id", b"").decode("latin-1") or asked.get("after", [""])[0]
    return Envelope(
        room,
        what,
        ticket.strip(),
        address_behind(seen, forwarded),
        last,
        _seconds(asked.get("wait")),
    )


def _seconds(said: list[str] | None) -> float | None:
    if not said:
        return None
    return min(25.0, float(said[0])) if re.fullmatch(r"[0-9]{1,3}", said[0]) else 0.0
