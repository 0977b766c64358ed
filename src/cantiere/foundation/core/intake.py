"""Between the network and the pages: a request is taken in whole before one of few threads works on it.

A phone on a poor network may need a minute for a form, and a hostile one may need for ever; neither may
hold a thread. Header names with an underscore are dropped: in the pages' world they would be the same as
those with a hyphen, and forge what only our own proxies may say.
"""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from typing import IO, Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

MOST_BYTES = 64_000_000
IN_MEMORY = 1_000_000
CHUNK = 65_536
SILENCE = 30.0
WHOLE = 600.0
AT_ONCE = 500


class RefusedError(Exception):
    """The request is answered here; the number is the status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Intake:
    """ASGI middleware in front of threads. Anything that is no HTTP request passes untouched."""

    def __init__(
        self,
        app: App,
        *,
        most: int = MOST_BYTES,
        silence: float = SILENCE,
        whole: float = WHOLE,
        at_once: int = AT_ONCE,
    ) -> None:
        """Bytes of a body (``most``), seconds of ``silence`` and as a ``whole``, requests ``at_once``."""
        self.app = app
        self.at_once = at_once
        self.under_way = 0
        self.most = most
        self.silence = silence
        self.whole = whole

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if self.under_way >= self.at_once:
            await _refuse(send, 503)
            return
        self.under_way += 1
        try:
            await self._through(scope, receive, send)
        finally:
            self.under_way -= 1

    async def _through(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(name, value) for name, value in scope["headers"] if b"_" not in name]
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as body:
            try:
                async with asyncio.timeout(self.whole):
                    gone = await self._take(headers, receive, body)
            except (RefusedError, TimeoutError) as refused:
                await _refuse(send, getattr(refused, "status", 408))
                return
            if gone:
                return
            body.seek(0)
            replay, patient = _replay(body, receive), _Patient(send, self.silence)
            await self.app({**scope, "headers": headers}, replay, patient)

    async def _take(self, headers: list[tuple[bytes, bytes]], receive: Receive, body: IO[bytes]) -> bool:
        """Store the whole body; tells whether the client went away."""
        declared = next((value for name, value in headers if name == b"content-length"), b"0")
        if not declared.isdigit() or int(declared) > self.most:
            raise RefusedError(413)
        taken, more = 0, True
        while more:
            async with asyncio.timeout(self.silence):
                message = await receive()
            if message["type"] == "http.disconnect":
                return True
            chunk = message.get("body", b"")
            taken += len(chunk)
            if taken > self.most:
                raise RefusedError(413)
            body.write(chunk)
            more = message.get("more_body", False)
        return False


def _replay(body: IO[bytes], receive: Receive) -> Receive:
    def chunks() -> Iterator[Message]:
        while chunk := body.read(CHUNK):
            yield {"type": "http.request", "body": chunk, "more_body": True}
        yield {"type": "http.request", "body": b"", "more_body": False}

    waiting = chunks()

    async def again() -> Message:
        message = next(waiting, None)
        return await receive() if message is None else message

    return again


class _Patient:
    """Sends while the client takes; once it stalls, the rest is dropped so that the thread goes on."""

    def __init__(self, send: Send, silence: float) -> None:
        self.send = send
        self.silence = silence
        self.stalled = False

    async def __call__(self, message: Message) -> None:
        if self.stalled:
            return
        try:
            async with asyncio.timeout(self.silence):
                await self.send(message)
        except (TimeoutError, OSError):
            self.stalled = True


async def _refuse(send: Send, status: int) -> None:
    words = {408: b"Request timeout", 413: b"Content too large", 503: b"Too busy"}[status]
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    if status == 503:
        headers.append((b"retry-after", b"5"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": words})
