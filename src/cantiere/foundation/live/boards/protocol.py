"""uvicorn's WebSocket, with a short way in and out for boards: no task has to wake for each message."""

import socket
from collections import deque
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Opcode
from websockets.http11 import Request
from websockets.protocol import OPEN
from websockets.utils import apply_mask

LINE = "cantiere.line"
SEND_BUFFER = 65_536
_LAST = 0b10000000  # the only frame of its message
_MESSAGE = _LAST | Opcode.BINARY
_WHOLE = frozenset(_LAST | kind for kind in Opcode if kind is not Opcode.CONT)


@lru_cache(maxsize=8)  # the same goes to everybody at a board
def _framed(load: bytes | str) -> bytes:
    """A message as a server sends it."""
    kind, data = (Opcode.TEXT, load.encode()) if isinstance(load, str) else (Opcode.BINARY, load)
    length = len(data)
    if length < 126:
        return bytes((_LAST | kind, length)) + data
    if length < 65_536:
        return bytes((_LAST | kind, 126)) + length.to_bytes(2) + data
    return bytes((_LAST | kind, 127)) + length.to_bytes(8) + data


def _frame(data: bytes, at: int, most: int) -> tuple[int, int] | tuple[()] | None:
    """Where the load of a client's frame begins and ends; nothing while it is not all there, ``None`` where
    it is not a whole message of at most so many bytes, masked as it must be.
    """
    if len(data) < at + 6:
        return ()
    length, begin = data[at + 1] & 127, at + 6
    if length > 125:
        wide = 2 if length == 126 else 8
        begin += wide
        if len(data) < begin:
            return ()
        length = int.from_bytes(data[at + 2 : at + 2 + wide])
    if data[at] not in _WHOLE or data[at + 1] < 128 or length > most:
        return None
    return (begin, begin + length) if len(data) >= begin + length else ()


class Socket(WebSocketsSansIOProtocol):
    """A connection to a board, or to nothing.

    The application may take over (:data:`LINE` in the scope's extensions): ``hear`` is then called with each
    binary message at once, and gives the seconds after which it wants it again, nothing being read until
    then; ``give`` sends at once.
    """

    hear: Callable[[bytes], float] | None = None

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._rest = b""  # of a frame that is not all there
        self._split = False  # whether frames are taken apart here
        self._late: deque[bytes] = deque()
        self._pausing = False

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        # What the kernel would keep for a phone that sleeps is bounded.
        link = transport.get_extra_info("socket")
        if link is not None:
            link.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)

    def handle_connect(self, event: Request) -> None:
        self._split = True  # after the request come frames
        super().handle_connect(event)
        if self.response.status_code == 101:  # the application is told in a moment
            self.scope["extensions"][LINE] = {"line": self}

    def keepalive_timeout(self) -> None:
        super().keepalive_timeout()
        self.abort()  # a close would wait for what is never taken

    def abort(self) -> None:
        """End at once; what waits to be sent is given up."""
        self.transport.abort()

    # In ----------------------------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        """Frame by frame, so that a message to a board takes the short way. A message in pieces, or anything
        unheard of, is left to the usual way with all that comes after it.
        """
        if not self._split:
            super().data_received(data)
            return
        data, self._rest, at = self._rest + data, b"", 0
        while frame := _frame(data, at, self.config.ws_max_size):
            begin, end = frame
            if data[at] == _MESSAGE and self.hear is not None and not self.close_sent:
                self._late.append(apply_mask(data[begin:end], data[begin - 4 : begin]))
                if not self._pausing:
                    self._hear_on()
            else:
                super().data_received(data[at:end])
            at = end
        self._rest = data[at:]
        if frame is None:
            self._split = False
            super().data_received(self._rest)

    @property
    def heard(self) -> bool:
        """Whether the application has taken all that came by the usual way."""
        return self.queue.empty()

    def send_receive_event_to_app(self) -> None:
        if self.hear is None or self.curr_msg_data_type == "text" or self.close_sent:
            super().send_receive_event_to_app()
            return
        self._late.append(b"".join(self.frames))
        self.frames = []
        if not self._pausing:
            self._hear_on()

    def _hear_on(self) -> None:
        self._pausing = False
        while self._late and self.hear is not None:
            pause = self.hear(self._late[0])
            if pause:
                self._pausing = True
                self.transport.pause_reading()
                self.loop.call_later(pause, self._hear_later)
                return
            self._late.popleft()

    def _hear_later(self) -> None:
        if not self.transport.is_closing():
            self._hear_on()
            if not self._pausing and not self.read_paused:
                self.transport.resume_reading()

    # Out ---------------------------------------------------------------------------------------

    def give(self, *loads: bytes | str) -> bool:
        """Send at once, as one piece; ``False`` where the network takes no more for the moment."""
        if not self.writable.is_set() or self.conn.state is not OPEN or self.close_sent:
            return False
        self.transport.write(_framed(loads[0]) if len(loads) == 1 else b"".join(map(_framed, loads)))
        return True
