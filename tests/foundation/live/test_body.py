"""What is taken of the body of a request, and what is answered instead."""

import asyncio

import pytest

from cantiere.foundation.live import body
from cantiere.foundation.live.desk import TOO_LARGE

MOST = 8


def taken(*chunks, length=b"0"):
    """The answer to a client that sends these; at ``None`` it goes away, at ``...`` it says nothing more."""

    async def run():
        waiting = list(chunks)

        async def receive():
            chunk = waiting.pop(0) if waiting else ...
            if chunk is ...:
                await asyncio.sleep(60)
            if chunk is None:
                return {"type": "http.disconnect"}
            return {"type": "http.request", "body": chunk, "more_body": bool(waiting)}

        return await body.body_of(length, receive, MOST)

    return asyncio.run(run())


@pytest.mark.parametrize("chunks", [(b"",), (b"12345678",), (b"1234", b"5678")])
def test_as_much_as_may_be_is_taken_whole(chunks):
    assert taken(*chunks) == b"".join(chunks)


@pytest.mark.parametrize("chunks", [(b"123456789",), (b"1234", b"56789"), (b"123456789", ...)])
def test_one_byte_more_is_refused_though_less_was_announced(chunks):
    assert taken(*chunks) is TOO_LARGE


@pytest.mark.parametrize("length", [b"9", b"-1", b"+4", b"", b"many"])
def test_what_is_announced_too_large_or_in_no_number_is_not_waited_for(length):
    assert taken(length=length) is TOO_LARGE


def test_who_goes_away_or_never_ends_is_too_slow(monkeypatch):
    assert taken(b"12", None) is body.TOO_SLOW
    monkeypatch.setattr(body, "SLOWEST", 0.05)
    assert taken() is body.TOO_SLOW
