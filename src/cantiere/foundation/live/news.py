"""Tells other processes that a room changed: Redis where there is one, else PostgreSQL, else nobody.

Only «room N changed» travels. Who hears it reads the log, and reads it once a second unasked: news that are
lost make a screen a second late and nothing wrong.
"""

import contextlib
import logging
import secrets
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection

CHANNEL = "cantiere_live"
BOARD = "board"  # what changed, where it is not the room's log
OURSELVES = secrets.token_hex(4)
PAUSE = 1.0
logger = logging.getLogger(__name__)


class Backplane(ABC):
    """The way between processes."""

    def __init__(self) -> None:
        self.board_heard: Callable[[int], None] = lambda _room: None  # called where a board of a room changed

    @abstractmethod
    def start(self, heard: Callable[[int], None]) -> None:
        """Begin to listen; ``heard`` is called with the number of a room."""

    @abstractmethod
    def say(self, room: int, seq: int, kind: str = "") -> None:
        """A room, or a board of it, has reached a number; never raises, for the room goes on without."""

    @abstractmethod
    def stop(self) -> None:
        """Listen no more."""


class Alone(Backplane):
    """One process."""

    def start(self, heard: Callable[[int], None]) -> None:
        pass

    def say(self, room: int, seq: int, kind: str = "") -> None:
        pass

    def stop(self) -> None:
        pass


class _Heard(Backplane):
    """Listens in a thread of its own, and again after a pause when the line breaks."""

    def __init__(self) -> None:
        super().__init__()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self.well = False

    def start(self, heard: Callable[[int], None]) -> None:
        if self._thread is not None and self._thread.is_alive():
            return
        self._stop.clear()
        self._thread = threading.Thread(target=self._run, args=(heard,), name="live news", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join(5)

    def _run(self, heard: Callable[[int], None]) -> None:
        while not self._stop.is_set():
            try:
                self._listen(heard)
            except Exception as lost:  # noqa: BLE001 (whatever breaks the line, the room goes on without)
                if self.well or not isinstance(lost, OSError):
                    logger.warning("News between processes are interrupted: %s", type(lost).__name__)
                self.well = False
                self._stop.wait(PAUSE)

    @abstractmethod
    def _listen(self, heard: Callable[[int], None]) -> None:
        """Until told to stop or the line breaks."""

    def _tell(self, text: str, heard: Callable[[int], None]) -> None:
        room, _seq, who, kind = (*text.split(":"), "", "", "")[:4]
        if room.isascii() and room.isdigit() and who != OURSELVES:
            (self.board_heard if kind == BOARD else heard)(int(room))


class RedisNews(_Heard):
    """By publication; Redis and Valkey alike."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url
        self._client: Any = None
        self._quiet_until = 0.0

    def _connect(self) -> Any:
        import redis

        return redis.Redis.from_url(
            self._url, socket_timeout=2, socket_connect_timeout=1, health_check_interval=5
        )

    def _listen(self, heard: Callable[[int], None]) -> None:
        line = self._connect().pubsub(ignore_subscribe_messages=True)
        try:
            line.subscribe(CHANNEL)
            while not self._stop.is_set():
                message = line.get_message(timeout=0.5)
                self.well = True
                if message is not None:
                    self._tell(message["data"].decode(errors="replace"), heard)
        finally:
            line.close()

    def say(self, room: int, seq: int, kind: str = "") -> None:
        """Only while the line is well: a Redis that is away must not hold up the writer."""
        if not self.well:
            return
        try:
            if self._client is None:
                self._client = self._connect()
            self._client.publish(CHANNEL, _words(room, seq, kind))
        except Exception:  # noqa: BLE001
            self.well = False
            logger.warning("News could not be given to Redis; the others read once a second.")


class PostgresNews(_Heard):
    """By NOTIFY, in a statement of its own: inside a transaction it would queue all commits."""

    def _listen(self, heard: Callable[[int], None]) -> None:
        import psycopg

        params = connection.get_connection_params()
        plain = {name: value for name, value in params.items() if name not in {"context", "cursor_factory"}}
        with psycopg.connect(**plain, autocommit=True) as line:
            line.execute(f"LISTEN {CHANNEL}")
            self.well = True
            while not self._stop.is_set():
                for notice in line.notifies(timeout=0.5):
                    self._tell(notice.payload, heard)

    def say(self, room: int, seq: int, kind: str = "") -> None:
        """From the writer's thread, by its own connection."""
        with contextlib.suppress(Exception), connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, _words(room, seq, kind)])


def _words(room: int, seq: int, kind: str) -> str:
    return f"{room}:{seq}:{OURSELVES}:{kind}"


def chosen() -> Backplane:
    """The way that the settings give."""
    if settings.REDIS_URL:
        return RedisNews(settings.REDIS_URL)
    return PostgresNews() if connection.vendor == "postgresql" else Alone()
