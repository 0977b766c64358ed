"""The body of a request to the live part: small, and soon there."""

import asyncio
import contextlib

from cantiere.foundation.core.intake import Receive
from cantiere.foundation.live.desk import TOO_LARGE, Reply

SLOWEST = 10.0  # seconds until it is there
TOO_SLOW = Reply(408, b'{"error":"too_slow"}')


async def body_of(length: bytes, receive: Receive, most: int) -> bytes | Reply:
    """All of it, or why it is not taken: ``length`` is what was announced, ``most`` bytes are taken."""
    if not length.isdigit() or int(length) > most:
        return TOO_LARGE
    body = b""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(SLOWEST):
            while len(body) <= most:
                message = await receive()
                if message["type"] != "http.request":
                    return TOO_SLOW
                body += bytes(message.get("body", b""))
                if not message.get("more_body", False):
                    return body if len(body) <= most else TOO_LARGE
            return TOO_LARGE
    return TOO_SLOW
