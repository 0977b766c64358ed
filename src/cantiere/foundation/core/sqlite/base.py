"""The database backend: stock SQLite, with :class:`Gate` before ``BEGIN IMMEDIATE``."""

from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from cantiere.foundation.core.sqlite.gate import Gate, GateTimeoutError, gate_for


class DatabaseWrapper(base.DatabaseWrapper):
    """Holds the gate from the start of a write transaction to its commit, rollback or close."""

    _held: Gate | None = None

    def _start_transaction_under_autocommit(self) -> None:
        gate = gate_for(str(self.settings_dict["NAME"]))
        try:
            gate.acquire(float(self.settings_dict["OPTIONS"].get("timeout", 5)), self._bury)
        except GateTimeoutError as waited:
            raise OperationalError("database is locked: the queue of writers did not move") from waited
        self._held = gate
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._let_go()
            raise

    def _let_go(self) -> None:
        gate, self._held = self._held, None
        if gate is not None:
            gate.release()

    def _bury(self) -> None:
        """The thread of this connection ended inside a transaction: undo it, so that others may write."""
        self._held = None
        if self.connection is not None:
            self.connection.close()

    def _commit(self) -> Any:
        outcome = super()._commit()  # type: ignore[misc]
        self._let_go()
        return outcome

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._let_go()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._let_go()
