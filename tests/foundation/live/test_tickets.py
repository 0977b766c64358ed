"""A ticket is believed for five minutes, in its room, if we signed it."""

from datetime import timedelta

import pytest
import time_machine

from cantiere.foundation.live import tickets
from cantiere.foundation.live.tickets import Ticket, issue, read, renew


def test_a_ticket_says_what_the_page_put_in():
    ticket = read(issue(room=7, actor="àé", audience="group:3", lead=True), 7)
    assert (ticket.room, ticket.actor, ticket.audience, ticket.lead) == (7, "àé", "group:3", True)
    assert ticket.until - ticket.made == 300_000


def changed(text: str) -> list[str]:
    load, _dot, signature = text.partition(".")
    other = issue(room=7, actor="b", audience="screen")
    return [
        "", ".", load, f"{load}.", f".{signature}", f"{load}.{signature}x", f"{load}x.{signature}",
        f"{other.partition('.')[0]}.{signature}", text.swapcase(), text + "é", text * 20, "x" * 10_000,
    ]  # fmt: skip


def test_a_forged_ticket_is_none():
    assert [read(text, 7) for text in changed(issue(room=7, actor="a", audience="screen"))] == [None] * 12


def test_a_ticket_of_another_room_or_key_is_none(settings):
    text = issue(room=7, actor="a", audience="screen")
    assert read(text, 8) is None
    settings.SECRET_KEY = "another" * 10
    assert read(text, 7) is None


def test_it_ends_after_five_minutes_unless_renewed_and_after_twelve_hours_for_good():
    with time_machine.travel("2026-05-01 10:00", tick=False) as clock:
        text = issue(room=7, actor="a", audience="screen")
        clock.shift(timedelta(minutes=4, seconds=59))
        ticket = read(text, 7)
        again = renew(ticket, "screen")
        clock.shift(timedelta(seconds=1))
        assert read(text, 7) is None
        assert read(again, 7).made == ticket.made
        again = renew(read(again, 7), "screen")
        for _five_minutes in range(142):
            clock.shift(timedelta(minutes=4, seconds=59))
            again = renew(read(again, 7), "screen")
            assert again is not None
        clock.shift(timedelta(minutes=4, seconds=59))
        assert renew(read(again, 7), "screen") is None


@pytest.mark.parametrize(("actor", "audience"), [("", "a"), ("a" * 65, "a"), ("a", ""), ("a", "b" * 65)])
def test_names_have_a_length(actor, audience):
    with pytest.raises(ValueError, match="1 to 64"):
        issue(room=1, actor=actor, audience=audience)


def test_the_longest_ticket_is_read():
    text = issue(room=10**17, actor="à" * 64, audience="ù" * 64)
    assert isinstance(read(text, 10**17), Ticket)
    assert len(text) <= tickets.LONGEST
