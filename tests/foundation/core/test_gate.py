"""The fair queue before SQLite's write lock."""

import threading
import time
from collections.abc import Callable

import pytest
from django.db import OperationalError, connection, transaction

from cantiere.foundation.core.models import Submission
from cantiere.foundation.core.sqlite.gate import Gate, GateTimeoutError, gate_for


def in_threads(*functions: Callable[[], object]) -> None:
    """Run all at once and wait; the connections they opened are closed."""

    def closing(function: Callable[[], object]) -> None:
        try:
            function()
        finally:
            connection.close()

    threads = [threading.Thread(target=closing, args=(function,)) for function in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()


def test_gate_lets_through_in_order_of_arrival() -> None:
    gate, order = Gate(), []
    gate.acquire(1)
    threads = []
    for number in range(20):

        def pass_through(number: int = number) -> None:
            gate.acquire(5)
            order.append(number)
            gate.release()

        thread = threading.Thread(target=pass_through)
        thread.start()
        threads.append(thread)
        while len(gate._waiting) != number + 1:
            time.sleep(0.001)
    gate.release()
    for thread in threads:
        thread.join(5)
    assert order == list(range(20))


def test_gate_refuses_after_the_timeout_and_keeps_its_place_free() -> None:
    gate = Gate()
    gate.acquire(1)
    with pytest.raises(GateTimeoutError):
        gate.acquire(0.01)
    assert list(gate._waiting) == []
    gate.release()
    gate.acquire(0.01)


def test_gate_is_passed_on_when_the_turn_comes_at_the_last_moment() -> None:
    """A turn given between the timeout and the lock is taken, not lost."""
    gate = Gate()
    gate.acquire(1)
    failures = []

    def impatient() -> None:
        try:
            gate.acquire(0.02)
        except GateTimeoutError:
            return
        gate.release()

    for _ in range(50):
        thread = threading.Thread(target=impatient)
        thread.start()
        time.sleep(0.02)
        gate.release()
        thread.join(5)
        try:
            gate.acquire(1)
        except GateTimeoutError as stuck:
            failures.append(stuck)
    assert failures == []


def test_a_file_has_one_gate() -> None:
    assert gate_for("/a") is gate_for("/a")
    assert gate_for("/a") is not gate_for("/b")


def _gate() -> Gate:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite alone")
    return gate_for(str(connection.settings_dict["NAME"]))


@pytest.mark.django_db(transaction=True)
def test_a_transaction_holds_the_gate_from_begin_to_commit() -> None:
    gate = _gate()
    with transaction.atomic():
        assert gate.held
        with transaction.atomic():
            Submission.objects.create(key="a" * 16, fingerprint="b")
        assert gate.held
    assert not gate.held


@pytest.mark.django_db(transaction=True)
def test_a_rollback_frees_the_gate() -> None:
    gate = _gate()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        raise ZeroDivisionError
    assert not gate.held
    with pytest.raises(ZeroDivisionError), transaction.atomic(), transaction.atomic():
        raise ZeroDivisionError
    assert not gate.held


@pytest.mark.django_db(transaction=True)
def test_a_closed_connection_frees_the_gate() -> None:
    gate = _gate()

    def leave() -> None:
        connection.ensure_connection()
        connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        assert gate.held

    in_threads(leave)
    assert not gate.held


@pytest.mark.django_db(transaction=True)
def test_a_thread_that_dies_while_holding_frees_the_gate() -> None:
    """Nobody closes its connection; it goes with the thread."""
    gate = _gate()

    def die() -> None:
        connection.ensure_connection()
        connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)

    thread = threading.Thread(target=die)
    thread.start()
    thread.join(5)
    with transaction.atomic():
        Submission.objects.create(key="c" * 16, fingerprint="b")
    assert not gate.held


@pytest.mark.django_db(transaction=True)
def test_a_begin_that_fails_frees_the_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = _gate()
    from django.db.backends.sqlite3 import base

    def broken(_self: object) -> None:
        raise OperationalError("disk I/O error")

    monkeypatch.setattr(base.DatabaseWrapper, "_start_transaction_under_autocommit", broken)
    with pytest.raises(OperationalError), transaction.atomic():
        pass
    assert not gate.held


@pytest.mark.django_db(transaction=True)
def test_waiting_too_long_is_an_operational_error(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = _gate()
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)
    gate.acquire(1)
    try:
        with pytest.raises(OperationalError, match="queue of writers"), transaction.atomic():
            pass
    finally:
        gate.release()
    with transaction.atomic():
        pass


@pytest.mark.django_db(transaction=True)
def test_the_longest_wait_is_bounded_by_those_before() -> None:
    """Sixteen threads write for a while; none starves while others pass it again and again."""
    _gate()
    waits: list[float] = []
    ends = time.monotonic() + 1.5

    def write() -> None:
        connection.ensure_connection()
        while (started := time.monotonic()) < ends:
            with transaction.atomic():
                waits.append(time.monotonic() - started)
                time.sleep(0.002)

    in_threads(*[write] * 16)
    assert len(waits) > 50
    assert max(waits) < 1.0
