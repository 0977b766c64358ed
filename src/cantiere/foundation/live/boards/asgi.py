"""Boards on the network: a WebSocket, and the same by plain requests for where sockets are blocked."""

import asyncio
import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from urllib.parse import parse_qs

from cantiere.engine.board import BoardRight, Why
from cantiere.foundation.core.intake import Receive, Scope, Send
from cantiere.foundation.core.limits import address_behind
from cantiere.foundation.live.boards.board import Board, Once, Outcome
from cantiere.foundation.live.boards.document import MOST_BYTES, Missing
from cantiere.foundation.live.boards.keeper import Keeper
from cantiere.foundation.live.boards.protocol import LINE
from cantiere.foundation.live.boards.socket import AGAIN, ENDS, GONE, TOO_MANY, Line, Member, right_of
from cantiere.foundation.live.boards.storage import Failure
from cantiere.foundation.live.body import body_of
from cantiere.foundation.live.desk import NO_TICKET, Desk, Reply, come_again
from cantiere.foundation.live.questions import BusyError
from cantiere.foundation.live.tickets import Ticket

PATH = re.compile(r"/live/([1-9][0-9]{0,17})/board/([A-Za-z0-9_.:-]{1,64})")
LONGEST_WAIT = 25.0
MOST_QUERY = 65_536  # the state vector of a document at which many thousands wrote
_SCHEME = "live "
_REFUSALS = {
    Why.FORBIDDEN: Reply(403, b'{"error":"forbidden"}'),
    Why.CLOSED: Reply(403, b'{"error":"closed"}'),
    Why.WRONG: Reply(422, b'{"error":"wrong"}'),
    Why.LIMITS: Reply(422, b'{"error":"limits"}'),
    Missing.PARTS: Reply(409, b'{"error":"missing"}'),
    Failure.GONE: NO_TICKET,
    Failure.ANEW: Reply(409, b'{"error":"anew"}'),
}
KEPT = Reply(200, b'{"kept":true}')


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks for which board; ``asked`` is the query, ``line`` a short way to the network."""

    room: int
    key: str
    ticket: str
    address: str
    headers: Mapping[bytes, bytes]
    asked: Mapping[str, list[str]]
    line: Line | None = None


def request_of(scope: Scope) -> Request | None:
    """The request for a board, ``None`` where it is for something else."""
    found = PATH.fullmatch(scope["path"])
    if found is None:
        return None
    headers = dict(scope["headers"])
    asked = parse_qs(scope.get("query_string", b"")[:MOST_QUERY].decode("latin-1"))
    shown = headers.get(b"authorization", b"").decode("latin-1")
    by_header = shown.lower().startswith(_SCHEME)
    ticket = shown[len(_SCHEME) :].strip() if by_header else asked.get("t", [""])[0]
    seen = (scope.get("client") or ("",))[0]
    address = address_behind(seen, headers.get(b"x-forwarded-for", b"").decode("latin-1"))
    line = (scope.get("extensions") or {}).get(LINE, {}).get("line")
    return Request(int(found[1]), found[2], ticket, address, headers, asked, line)


def same_host(headers: Mapping[bytes, bytes]) -> bool:
    """Whether a page of this host opens the connection, or no page at all: a ticket does not travel by
    itself, but another site's page need not even try.
    """
    origin = headers.get(b"origin")
    host = headers.get(b"host", b"").decode("latin-1").lower()
    return origin is None or origin.decode("latin-1").lower().partition("://")[2] == host


# By WebSocket ------------------------------------------------------------------------------------


async def connect(desk: Desk, request: Request, receive: Receive, send: Send) -> None:
    """Answer a WebSocket."""
    await receive()  # that it wants to connect
    keeper: Keeper = desk.boards
    if not same_host(request.headers):
        await send({"type": "websocket.close"})
        return
    await send({"type": "websocket.accept"})
    ticket = desk.admit(request.room, request.ticket, request.address)
    if isinstance(ticket, Reply):
        await _end(send, TOO_MANY if ticket.status == 429 else GONE)
        return
    who = f"{ticket.room}/{ticket.actor}"
    if not keeper.come(who):
        await _end(send, TOO_MANY)
        return
    try:
        entered = await _enter(keeper, ticket, request.key)
        if isinstance(entered, int):
            await _end(send, entered)
        else:
            await Member(*entered, ticket, keeper.limits).serve(receive, send, request.line)
    except OSError:
        pass  # it went away
    finally:
        keeper.go(who)


async def _enter(keeper: Keeper, ticket: Ticket, key: str) -> tuple[Board, BoardRight] | int:
    try:
        right = await keeper.right(ticket, key)
    except BusyError:
        return AGAIN
    if right is None:
        return GONE
    board = await keeper.board((ticket.room, key))
    return ENDS[board] if isinstance(board, Failure) else (board, right)


async def _end(send: Send, code: int) -> None:
    if code == GONE:
        await send({"type": "websocket.send", "text": '{"t":"gone"}'})
    await send({"type": "websocket.close", "code": code})


# By plain requests -------------------------------------------------------------------------------


class Poll:
    """Whoever asks once and waits a while for news."""

    def __init__(self, ticket: Ticket, right: BoardRight) -> None:
        self.ticket, self.right = ticket, right
        self.woken = asyncio.Event()

    def news(self, _frame: bytes, _kept: int) -> None:
        self.woken.set()

    def entitled(self, right: BoardRight) -> None:
        self.right = right
        self.woken.set()

    def present(self, text: str) -> None:
        pass

    def look(self, moment: float) -> None:
        pass

    def end(self, _why: Failure) -> None:
        self.woken.set()


async def answer(desk: Desk, request: Request, method: str, receive: Receive) -> Reply:
    """Answer a plain request."""
    keeper: Keeper = desk.boards
    ticket = desk.admit(request.room, request.ticket, request.address)
    if isinstance(ticket, Reply):
        return ticket
    try:
        right = await keeper.right(ticket, request.key)
    except BusyError:
        return _refusal(Failure.BUSY)
    if right is None:
        return NO_TICKET
    if method == "POST":
        return await _put(keeper, request, ticket, right, receive)
    who = f"{ticket.room}/{ticket.actor}"
    wait = keeper.limits.syncs.take(who, monotonic())
    if wait or not keeper.come(who):
        return come_again(429, "too_many", wait)
    try:
        return await _get(keeper, request, ticket, right)
    finally:
        keeper.go(who)


async def _put(
    keeper: Keeper, request: Request, ticket: Ticket, right: BoardRight, receive: Receive
) -> Reply:
    wait = keeper.limits.edits.take(f"{ticket.room}/{ticket.actor}", monotonic())
    if wait:
        return come_again(429, "too_many", wait)
    length = request.headers.get(b"content-length", b"0")
    update = await body_of(length, receive, MOST_BYTES)
    if isinstance(update, Reply):
        return update
    heard: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
    speaker = Once(right, lambda outcome: None if heard.done() else heard.set_result(outcome))
    keeper.submit((ticket.room, request.key), speaker, update)
    outcome = await heard
    return KEPT if outcome is None else _refusal(outcome)


def _refusal(why: Why | Missing | Failure) -> Reply:
    return come_again(503, "busy", 0) if why is Failure.BUSY else _REFUSALS[why]


async def _get(keeper: Keeper, request: Request, ticket: Ticket, right: BoardRight) -> Reply:
    said = request.asked.get("sv", ["AA"])[0]
    try:
        state = base64.b64decode(said + "=" * (-len(said) % 4), altchars=b"-_", validate=True)
        seconds = min(LONGEST_WAIT, float(request.asked.get("wait", ["0"])[0]))
    except (ValueError, binascii.Error):
        return _refusal(Why.WRONG)
    board = await keeper.board((ticket.room, request.key))
    if isinstance(board, Failure):
        return _refusal(board)
    poll = Poll(ticket, right)
    board.saw(right.author)
    board.join(poll)
    try:
        return await _news(board, poll, state, seconds)
    finally:
        board.leave(poll)


async def _news(board: Board, poll: Poll, state: bytes, seconds: float) -> Reply:
    ends = monotonic() + seconds
    before = poll.right
    while True:
        poll.woken.clear()
        try:
            update = await board.since(state)
        except ValueError:
            return _refusal(Why.WRONG)
        if board.ended:
            return _refusal(board.ended)
        if update[0] or poll.right != before or seconds == 0:  # without parts there is nothing new
            return Reply(200, _told(board, poll.right, update))
        try:
            async with asyncio.timeout(max(0.0, ends - monotonic())):
                await poll.woken.wait()
        except TimeoutError:
            return Reply(204)


def _told(board: Board, right: BoardRight, update: bytes) -> bytes:
    return json.dumps(
        {
            "update": base64.b64encode(update).decode(),
            "right": {"epoch": board.epoch, **right_of(right)},
            "presence": json.loads(board.presence(monotonic())),
        },
        separators=(",", ":"),
    ).encode()
