"""The live part as an ASGI application in front of the pages: it answers below ``/live/``.

On uvicorn :mod:`.wire` takes most requests before they come here; this is what any ASGI server runs, and what
takes everything that is not plain.
"""

import asyncio
import contextlib
from collections.abc import Callable

from cantiere.foundation.core.intake import App, Message, Receive, Scope, Send
from cantiere.foundation.live.boards import asgi as boards
from cantiere.foundation.live.body import body_of
from cantiere.foundation.live.books import Outcome
from cantiere.foundation.live.channel import Frame
from cantiere.foundation.live.desk import MOST_BYTES, NOWHERE, Desk, Reply, reply_to, the_desk
from cantiere.foundation.live.envelope import PREFIX, READ, Envelope, addressed
from cantiere.foundation.live.tickets import HOURS_12, Ticket, now

HEARTBEAT = 15.0
STALLED = 20.0
ALWAYS = [(b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff")]
STREAM = [
    (b"content-type", b"text/event-stream"),
    (b"x-accel-buffering", b"no"),
    (b"connection", b"close"),
    *ALWAYS,
]
BEGINNING = b"retry: 1500\n\n"
BEAT = b"event: beat\ndata: 1\n\n"  # an event, for a browser keeps comments to itself
NOT_SO = Reply(405, b'{"error":"method"}')


class Live:
    """ASGI middleware: what is not for the live part goes on to ``pages``."""

    def __init__(self, pages: App, desk: Callable[[], Desk] = the_desk) -> None:
        self.pages = pages
        self._desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
            return
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
            await self.pages(scope, receive, send)
            return
        board = boards.request_of(scope)
        if board is not None:
            await self._board(board, scope["method"], receive, send)
            return
        headers = {name: value for name, value in scope["headers"] if name in READ}
        seen = (scope.get("client") or ("",))[0]
        try:
            query = scope.get("query_string", b"").decode("ascii")
            envelope = addressed(scope["path"], query, headers, seen)
        except ValueError:
            envelope = None
        desk = self._desk()
        desk.hub.bind()
        if envelope is None:
            await _reply(send, NOWHERE)
        elif scope["method"] != ("GET" if envelope.what == "news" else "POST"):
            await _reply(send, NOT_SO)
        elif envelope.what == "news":
            await _news(desk, envelope, receive, send)
        elif envelope.what == "act":
            await _reply(send, await _act(desk, envelope, headers.get(b"content-length", b"0"), receive))
        else:
            await _reply(send, await _renew(desk, envelope))

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Only boards are reached by a WebSocket."""
        board = boards.request_of(scope)
        if board is None:
            await receive()
            await send({"type": "websocket.close"})
            return
        desk = self._desk()
        desk.boards.bind()
        await boards.connect(desk, board, receive, send)

    async def _board(self, board: boards.Request, method: str, receive: Receive, send: Send) -> None:
        desk = self._desk()
        desk.boards.bind()
        known = method in {"GET", "POST"}
        await _reply(send, await boards.answer(desk, board, method, receive) if known else NOT_SO)


async def _reply(send: Send, reply: Reply) -> None:
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(reply.body)).encode()),
        *ALWAYS,
    ]
    if reply.wait:
        headers.append((b"retry-after", str(reply.wait).encode()))
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": reply.body})


async def _act(desk: Desk, envelope: Envelope, length: bytes, receive: Receive) -> Reply:
    body = await body_of(length, receive, MOST_BYTES)
    if isinstance(body, Reply):
        return body
    heard: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()

    def done(outcome: Outcome) -> None:
        if not heard.done():
            heard.set_result(outcome)

    refused = desk.act(envelope.room, envelope.ticket, body, envelope.address, done)
    return refused or reply_to(await heard)


async def _renew(desk: Desk, envelope: Envelope) -> Reply:
    heard: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()

    def done(reply: Reply) -> None:
        if not heard.done():
            heard.set_result(reply)

    refused = desk.renew(envelope.room, envelope.ticket, envelope.address, done)
    return refused or await heard


class _Line:
    """A listener with one slot, and a task that empties it."""

    def __init__(self, ticket: Ticket, last: str) -> None:
        self.ticket = ticket
        self.last = last
        self.slot: Frame | None = None
        self.ended = False
        self.woken = asyncio.Event()

    def offer(self, frame: Frame) -> None:
        if frame.id != self.last:
            self.slot = frame
            self.woken.set()

    def end(self) -> None:
        self.ended = True
        self.woken.set()

    async def next(self, within: float) -> Frame | None:
        """The latest frame not yet sent; ``None`` when none came in time."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self.woken.wait()
        self.woken.clear()
        frame, self.slot = self.slot, None
        if frame is not None:
            self.last = frame.id
        return frame


async def _news(desk: Desk, envelope: Envelope, receive: Receive, send: Send) -> None:
    ticket = desk.listen(envelope.room, envelope.ticket, envelope.address)
    if isinstance(ticket, Reply):
        await _reply(send, ticket)
        return
    line = _Line(ticket, envelope.last)
    desk.hub.join(line)
    gone = asyncio.ensure_future(_gone(line, receive))
    try:
        if envelope.wait is None:
            await _stream(line, send)
        else:
            await _once(line, envelope.wait, send)
    except (TimeoutError, OSError):
        pass  # it stopped reading, or went away
    finally:
        gone.cancel()
        desk.hub.leave(line)


async def _gone(line: _Line, receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    line.end()


async def _once(line: _Line, wait: float, send: Send) -> None:
    """The state as soon as it is another than the client has; 204 when it is not."""
    frame = await line.next(wait)
    if frame is None:
        reply = Reply(403, b'{"error":"ticket"}') if line.ended else Reply(204)
    else:
        reply = Reply(200, b'{"id":"%s","state":%s}' % (frame.id.encode(), frame.text))
    await _reply(send, reply)


async def _stream(line: _Line, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": STREAM})
    await _send(send, BEGINNING)
    while not line.ended:
        frame = await line.next(HEARTBEAT)
        if now() - line.ticket.made > HOURS_12:
            break
        if frame is not None:
            await _send(send, frame.event)
        elif not line.ended:
            await _send(send, BEAT)
    await _send(send, b"", more=False)


async def _send(send: Send, body: bytes, *, more: bool = True) -> None:
    message: Message = {"type": "http.response.body", "body": body, "more_body": more}
    async with asyncio.timeout(STALLED):
        await send(message)
