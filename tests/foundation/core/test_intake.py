"""A request is taken in whole before a thread works on it."""

import asyncio
from collections.abc import Iterable
from typing import Any

import pytest

from cantiere.foundation.core.intake import Intake

HEADERS = [(b"host", b"a"), (b"x-forwarded-for", b"1.2.3.4"), (b"x_forwarded_for", b"6.6.6.6")]


def ask(messages: Iterable[Any], headers: list[tuple[bytes, bytes]] = HEADERS, **limits: float):
    """Send messages through; a number among them is a pause. Gives what the app saw and what came back."""
    seen: dict[str, Any] = {"body": b"", "called": False}
    sent: list[Any] = []
    waiting = iter(messages)

    async def receive() -> Any:
        message = next(waiting, {"type": "http.disconnect"})
        if isinstance(message, float):
            await asyncio.sleep(message)
            return await receive()
        return message

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.update(called=True, headers=scope["headers"])
        while True:
            message = await receive()
            seen["body"] += message["body"]
            if not message["more_body"]:
                break
        seen["after"] = (await receive())["type"]
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "headers": headers}
    asyncio.run(Intake(app, **limits)(scope, receive, send))  # type: ignore[arg-type]
    return seen, sent


def body(content: bytes, *, more: bool = False) -> dict[str, Any]:
    return {"type": "http.request", "body": content, "more_body": more}


def test_a_body_arrives_whole_and_unchanged() -> None:
    large = bytes(range(256)) * 10_000
    seen, sent = ask([body(large[:100], more=True), body(large[100:], more=True), body(b"")])
    assert (seen["body"] == large, seen["after"], sent[0]["status"]) == (True, "http.disconnect", 200)


def test_a_header_cannot_be_forged_by_an_underscore() -> None:
    seen, _ = ask([body(b"")])
    assert seen["headers"] == HEADERS[:2]


@pytest.mark.parametrize(
    ("messages", "headers", "limits", "status"),
    [
        ([body(b"")], [(b"content-length", b"11")], {"most": 10}, 413),
        ([body(b"")], [(b"content-length", b"x")], {}, 413),
        ([body(b"123456", more=True), body(b"78901")], [], {"most": 10}, 413),
        ([body(b"1", more=True), 0.5, body(b"2")], [], {"silence": 0.05}, 408),
        ([body(b"1", more=True), 0.04] * 20, [], {"silence": 0.2, "whole": 0.1}, 408),
    ],
)
def test_too_much_or_too_slow_never_reaches_a_thread(
    messages: list[Any], headers: list[Any], limits: dict[str, float], status: int
) -> None:
    seen, sent = ask(messages, headers, **limits)
    assert (seen["called"], sent[0]["status"]) == (False, status)


def test_who_goes_away_halfway_is_forgotten() -> None:
    seen, sent = ask([body(b"1", more=True)])
    assert (seen["called"], sent) == (False, [])


def test_who_stalls_while_reading_does_not_hold_the_thread() -> None:
    calls = []

    async def stalled(_message: Any) -> None:
        calls.append(1)
        await asyncio.sleep(10)

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        for _ in range(5):
            await send({"type": "http.response.body", "body": b"x", "more_body": True})

    async def receive() -> Any:
        return body(b"")

    scope = {"type": "http", "headers": []}
    asyncio.run(Intake(app, silence=0.05)(scope, receive, stalled))
    assert calls == [1]


def test_other_traffic_passes_untouched() -> None:
    seen: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append((scope, receive, send))

    scope = {"type": "websocket", "headers": HEADERS}
    asyncio.run(Intake(app)(scope, 1, 2))  # type: ignore[arg-type]
    assert seen == [(scope, 1, 2)]
