"""A short way through uvicorn for plain live requests: the same desk, a tenth of the work.

A connection belongs to uvicorn's own protocol. Only between two requests, when nothing is half read, a
request that begins with ``POST /live/`` or ``GET /live/`` is read here. One that is in any way unusual
(another version, chunks, a header twice, a line that is no header) is handed on whole, byte for byte.
"""

import asyncio
import os
import re
import socket
from time import monotonic
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, H11Protocol

from cantiere.foundation.live.asgi import BEAT, BEGINNING, HEARTBEAT, STALLED, STREAM
from cantiere.foundation.live.books import Outcome
from cantiere.foundation.live.channel import Frame
from cantiere.foundation.live.desk import MOST_BYTES, Reply, reply_to, the_desk
from cantiere.foundation.live.envelope import READ, Envelope, envelope
from cantiere.foundation.live.tickets import HOURS_12, Ticket, now

OURS = (b"POST /live/", b"GET /live/")
MOST_HEAD = 8_192
MOST_HELD = 65_536
READ_BUFFER = SEND_BUFFER = 65_536
SLOWEST_REQUEST = 30.0
SILENT = 15.0
_HEAD = re.compile(
    rb"(POST|GET) /live/([1-9][0-9]{0,17})/(act|news|ticket)(?:\?([!-~]*))? HTTP/1\.1\r\n"
    rb"((?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t -~\x80-\xff]*\r\n)*)\r\n"
)
_READ = re.compile(rb"\r\n(" + b"|".join(sorted(READ)) + rb"):[ \t]*([^\r\n]*)", re.IGNORECASE)
_UNUSUAL = frozenset((b"transfer-encoding", b"expect", b"upgrade"))
_STREAM_HEAD = b"".join(b"%s: %s\r\n" % header for header in STREAM)


class Wire(H11Protocol):
    """uvicorn's protocol for HTTP/1.1, with the short way."""

    ticket: Ticket  # of the stream, while there is one

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._desk = the_desk()
        self._passed_on = False  # a request is on uvicorn's own way
        self._waiting = False  # for the outcome of an answer
        self._streaming = False
        self._held = b""
        self._since = monotonic()  # of silence, or of a pause
        self._begun = 0.0  # a request that is not all there; 0 where there is none
        self._close_after = False
        self._slot: Frame | None = None
        self._paused = False
        self._last = ""
        self._file = -1  # of a stream whose bytes go straight to the kernel

    # Requests ----------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        # asyncio asks the kernel for 256 kB each time: getting the room costs more than reading what came.
        if hasattr(transport, "max_size"):
            transport.max_size = READ_BUFFER
        sweep(self)

    def data_received(self, data: bytes) -> None:
        if self._streaming:
            return
        if self._passed_on:
            super().data_received(data)
            return
        if self._waiting:
            self._hold(data)
            return
        data = self._held + data
        self._held = b""
        if not data.startswith(OURS):
            self._pass_on(data)
            return
        self._unset_keepalive_if_required()
        end = data.find(b"\r\n\r\n") + 4
        if end < 4:
            self._hold(data) if len(data) < MOST_HEAD else self._pass_on(data)
            return
        self._read(data, end)

    def _hold(self, data: bytes) -> None:
        self._begun = self._begun or monotonic()
        self._held += data
        if len(self._held) > MOST_HELD:
            self.transport.abort()  # nobody sends that much unasked

    def _pass_on(self, data: bytes) -> None:
        self._passed_on = True
        self._begun = 0.0
        super().data_received(data)

    def on_response_complete(self) -> None:
        """Between two requests the connection is free for the short way again."""
        super().on_response_complete()
        idle = self.conn.our_state is h11.IDLE and self.conn.their_state is h11.IDLE
        if idle and not self.conn.trailing_data[0]:
            self._passed_on = False
            self._since = monotonic()

    def _read(self, data: bytes, end: int) -> None:
        plain = _plain(data, end, self.client[0] if self.client else "")
        if plain is None:
            self._pass_on(data)
            return
        asked, length, self._close_after = plain
        whole = end + length
        if len(data) < whole:
            self._hold(data)
            return
        self._held, self._begun = data[whole:], 0.0
        self.server_state.total_requests += 1
        self._serve(asked, data[end:whole])

    def _serve(self, envelope: Envelope, body: bytes) -> None:
        desk = self._desk
        desk.hub.bind()
        if envelope.what == "act":
            self._waiting = True
            refused = desk.act(envelope.room, envelope.ticket, body, envelope.address, self._kept)
            if refused is not None:
                self._reply(refused)
        elif envelope.what == "ticket":
            self._waiting = True
            refused = desk.renew(envelope.room, envelope.ticket, envelope.address, self._reply)
            if refused is not None:
                self._reply(refused)
        else:
            ticket = desk.listen(envelope.room, envelope.ticket, envelope.address)
            if isinstance(ticket, Reply):
                self._reply(ticket)
            else:
                self._open_stream(ticket, envelope.last)

    def _kept(self, outcome: Outcome) -> None:
        self._reply(reply_to(outcome))

    def _reply(self, reply: Reply) -> None:
        self._waiting = False
        if self.transport.is_closing():
            return
        more = b"retry-after: %d\r\n" % reply.wait if reply.wait else b""
        if self._close_after:
            more += b"connection: close\r\n"
        self.transport.write(
            b"HTTP/1.1 %d %s\r\n%scontent-type: application/json\r\ncontent-length: %d\r\n%s"
            b"cache-control: no-store\r\nx-content-type-options: nosniff\r\n\r\n%s"
            % (
                reply.status, STATUS_PHRASES[reply.status], _lines(self.server_state.default_headers),
                len(reply.body), more, reply.body,
            )
        )  # fmt: skip
        self._since = monotonic()
        if self._close_after:
            self.transport.close()
        elif self._held:
            held, self._held = self._held, b""
            self.loop.call_soon(self.data_received, held)

    # Streams -----------------------------------------------------------------------------------

    def _open_stream(self, ticket: Ticket, last: str) -> None:
        self._streaming = True
        self._held = b""
        self.ticket, self._last = ticket, last
        # What the kernel would keep for a phone that sleeps is bounded, and out of date when it wakes.
        link = self.transport.get_extra_info("socket")
        if link is not None:
            link.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
            self._file = link.fileno()
        self._queued = self.transport.get_write_buffer_size
        dated = _lines(self.server_state.default_headers)
        self.transport.write(b"HTTP/1.1 200 OK\r\n" + dated + _STREAM_HEAD + b"\r\n" + BEGINNING)
        self._since = monotonic()
        self._desk.hub.join(self)

    def offer(self, frame: Frame) -> None:
        """Send the latest, or keep it in the one slot while the client does not take."""
        if self._paused:
            self._slot = frame
        elif frame.id != self._last:
            self._last = frame.id
            self._since = frame.made
            self._send(frame.event)

    def _send(self, event: bytes) -> None:
        """Straight to the kernel where nothing waits before it: thousands are served one after another."""
        try:
            sent = 0 if self._file < 0 or self._queued() else os.write(self._file, event)
        except OSError:  # full, or gone: the transport finds out which
            sent = 0
        if sent < len(event):
            self.transport.write(event[sent:])

    def end(self) -> None:
        """The client may come again, if its ticket lets it."""
        if self._paused:
            self.transport.abort()
        else:
            self.transport.close()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._paused = True
        self._since = monotonic()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._paused = False
        frame, self._slot = self._slot, None
        if frame is not None and self._streaming:
            self.offer(frame)

    def connection_lost(self, exc: Exception | None) -> None:
        self._file = -1  # the number is soon another connection's
        if self._streaming:
            self._desk.hub.leave(self)
        super().connection_lost(exc)

    # Time --------------------------------------------------------------------------------------

    def look(self, moment: float) -> None:
        """Once a second: a sign of life to those who listen, an end to those who hang."""
        silent = moment - self._since
        if self._streaming:
            self._look_at_stream(silent, moment)
        elif self._passed_on:
            self._look_at_uvicorns(silent)
        elif not self._waiting and (
            moment - self._begun > SLOWEST_REQUEST if self._begun else silent > SILENT
        ):
            self.transport.close()

    def _look_at_stream(self, silent: float, moment: float) -> None:
        if self._paused or self.transport.is_closing():
            if silent > STALLED:
                self.transport.abort()
        elif now() - self.ticket.made > HOURS_12:
            self.transport.close()
        elif silent > HEARTBEAT:
            self._since = moment
            self.transport.write(BEAT)

    def _look_at_uvicorns(self, silent: float) -> None:
        """A head that never ends is nobody's business there."""
        begun = self.conn.their_state is h11.IDLE and (self.cycle is None or self.cycle.response_complete)
        if begun and silent > SLOWEST_REQUEST:
            self.transport.abort()

    def shutdown(self) -> None:
        """The server stops: streams end now, answers under way get their receipt first."""
        self._desk.hub.close()
        if self._streaming:
            self.end()
        elif self._waiting:
            self._close_after = True
        else:
            super().shutdown()


_said: tuple[object, bytes] = (None, b"")


def _lines(headers: list[tuple[bytes, bytes]]) -> bytes:
    """The headers that uvicorn gives every answer; it makes a new list of them once a second."""
    global _said  # noqa: PLW0603
    if _said[0] is not headers:
        _said = headers, b"".join(b"%s: %s\r\n" % header for header in headers)
    return _said[1]


def _plain(data: bytes, end: int, client: str) -> tuple[Envelope, int, bool] | None:
    """What is asked, the length of the body, and whether this is the last request; ``None`` if there is
    anything unusual about it.
    """
    found = _HEAD.fullmatch(data, 0, end)
    if found is None:
        return None
    headers: dict[bytes, bytes] = {}
    for said, value in _READ.findall(data, found.start(5) - 2, end):
        name = said.lower()
        if name in headers:
            return None
        headers[name] = value.rstrip(b" \t")
    if not _UNUSUAL.isdisjoint(headers):
        return None
    length = headers.get(b"content-length", b"0")
    if not length.isdigit() or len(length) > 5 or int(length) > MOST_BYTES:
        return None
    method, room, what, query = found.group(1, 2, 3, 4)
    asked = envelope(int(room), what.decode(), (query or b"").decode(), headers, client)
    if asked.wait is not None or (method == b"GET") != (asked.what == "news"):
        return None
    return asked, int(length), headers.get(b"connection", b"").lower() == b"close"


_sweeping: set[int] = set()


def sweep(wire: Wire) -> None:
    """Look after the connections of a server once a second, while it has any."""
    if id(wire.connections) not in _sweeping:
        _sweeping.add(id(wire.connections))
        wire.loop.call_later(1.0, _sweep, wire.loop, wire.connections)


def _sweep(loop: asyncio.AbstractEventLoop, connections: set[Any]) -> None:
    moment = monotonic()
    for wire in list(connections):
        if isinstance(wire, Wire):
            wire.look(moment)
    if connections:
        loop.call_later(1.0, _sweep, loop, connections)
    else:
        _sweeping.discard(id(connections))
