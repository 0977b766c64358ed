"""Who means ill is told no, clearly, on real sockets; the room goes on."""

import http.client
import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from cantiere.foundation.live import meters
from cantiere.foundation.live.models import LiveEvent, LiveRoom
from tests.foundation.live.conftest import generous, key
from tests.foundation.live.test_network import Live, Stream, post

MEGABYTE = 1_000_000


@pytest.mark.django_db
def test_nothing_is_left_of_other_tests():
    """Asking for the database here also makes it for the servers of this module."""
    assert not LiveRoom.objects.exists()


@pytest.fixture
def live(station):
    made = Live(station)
    made.act("open")
    yield made
    station.desk.limits = generous()
    begun = time.monotonic()
    assert made.act("vote", made.ticket("honest"), choice=1)[0] == 200
    assert time.monotonic() - begun < 2


def kept(live, **which):
    return LiveEvent.objects.filter(room=live.row, kind="vote", **which).count()


def test_a_megabyte_is_not_even_read(live):
    text = json.dumps(
        {"key": key(), "kind": "vote", "slot": "q", "body": {"choice": 1, "text": "x" * MEGABYTE}}
    )
    told = post(live.station, f"/live/{live.row.pk}/act", text.encode(), live.ticket())
    assert told == (413, {"error": "too_large"})
    assert kept(live) == 0


def test_a_megabyte_in_pieces_is_cut_off(live):
    own = http.client.HTTPConnection("127.0.0.1", live.station.port, timeout=5)
    pieces = (b"x" * 10_000 for _ in range(100))
    try:
        own.request("POST", f"/live/{live.row.pk}/act", pieces, {"Authorization": f"Live {live.ticket()}"})
        assert own.getresponse().status == 413
    except OSError:  # closed while it was still being sent
        pass
    own.close()
    assert kept(live) == 0


def test_a_ticket_is_worth_nothing_changed_or_elsewhere(live):
    good, other = live.ticket("a"), Live(live.station)
    load, signature = good.split(".")
    forged = [
        f"{load}.{signature[:at]}{'A' if signature[at] != 'A' else 'B'}{signature[at + 1 :]}"
        for at in range(0, 21, 4)
    ]
    forged += [load, f"{load}.", f".{signature}", good[1:], good * 2, "Live", "é", "0" * 5000]
    for what in ("act", "ticket"):
        path = f"/live/{live.row.pk}/{what}"
        told = [post(live.station, path, b"{}", text.encode().decode("latin-1")) for text in forged]
        assert [answer[1] for answer in told] == [{"error": "ticket"}] * len(forged)
        assert post(live.station, f"/live/{other.row.pk}/{what}", b"{}", good) == (403, {"error": "ticket"})
    stream = Stream(live.station, other, good)
    assert b" 403 " in stream.until(b"ticket")


def test_a_key_replayed_counts_once_and_only_for_its_own(live):
    number, mine = key(), live.ticket("a")
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda _: live.act("vote", mine, number=number, choice=2, n=1), range(40)))
    assert len({answer[1]["seq"] for answer in told}) == 1
    assert live.act("vote", live.ticket("thief"), number=number, choice=2, n=1) == (
        409,
        {"error": "conflict"},
    )
    assert live.act("vote", mine, number=number, choice=3, n=1) == (409, {"error": "conflict"})
    assert kept(live) == 1


def test_somebody_who_floods_is_slowed_alone(live):
    live.station.desk.limits = meters.usual()
    own = http.client.HTTPConnection("127.0.0.1", live.station.port, timeout=5)
    mine = live.ticket("flood")
    statuses = [live.act("vote", mine, connection=own, choice=1, n=number)[0] for number in range(120)]
    assert set(statuses) == {200, 429}
    assert statuses.count(200) <= 20 + 5 * 10
    assert live.act("vote", live.ticket("calm"), choice=1)[0] == 200
    renewed = [post(live.station, f"/live/{live.row.pk}/ticket", b"", mine)[0] for _ in range(20)]
    assert set(renewed) == {200, 429}
    assert kept(live, actor="flood") == statuses.count(200)
    own.close()


def test_words_that_would_be_script_are_given_back_as_json(live):
    text = "</script><script>alert(1)</script>"
    own = http.client.HTTPConnection("127.0.0.1", live.station.port, timeout=5)
    sent = {"key": key(), "kind": text, "slot": "q", "body": {}}
    headers = {"Authorization": f"Live {live.ticket()}"}
    own.request("POST", f"/live/{live.row.pk}/act", json.dumps(sent), headers)
    response = own.getresponse()
    assert (response.status, response.getheader("Content-Type")) == (422, "application/json")
    assert response.getheader("X-Content-Type-Options") == "nosniff"
    assert b"script" not in response.read()
    own.close()
