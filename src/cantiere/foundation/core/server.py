"""The one process: pages, jobs and clock together, one at a time on a data directory."""

import fcntl
import gc
import os
import signal
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import IO, Any, Self

import uvicorn
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.migrations.executor import MigrationExecutor

from cantiere.foundation.core import clock
from cantiere.foundation.core.jobs.worker import Worker

STOPPING = (signal.SIGINT, signal.SIGTERM)


class AlreadyServedError(Exception):
    """Another process has the data directory; the message is its number, as far as it is known."""


class PortTakenError(Exception):
    """Something else listens there."""


class Hold:
    """The data directory, held by this process until it ends, however it ends (an advisory lock)."""

    def __init__(self, directory: Path) -> None:
        self.path = directory / "serve.lock"
        self._file: IO[str] | None = None

    def __enter__(self) -> Self:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self.path.open("a+", encoding="ascii")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as held:
            self._file.seek(0)
            number = self._file.read().strip()
            self._file.close()
            raise AlreadyServedError(number) from held
        self._file.truncate(0)
        self._file.write(str(os.getpid()))
        self._file.flush()
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()


def single_process() -> bool:
    """Whether the database wants all threads in one process (the fair queue is per process)."""
    return connection.vendor == "sqlite"


def missing_migrations() -> list[str]:
    """Names of migrations that the database has not seen."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def stop_on_signals() -> threading.Event:
    """An event that SIGTERM and SIGINT set."""
    stop = threading.Event()

    def told(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in STOPPING:
        signal.signal(number, told)
    return stop


class _Background:
    """Jobs and clock beside the pages."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.threads = [
            threading.Thread(target=Worker().run, args=(self.stop,), name="jobs"),
            threading.Thread(target=clock.run, args=(self.stop,), name="clock"),
        ]

    def __enter__(self) -> Self:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join()


SOCKETS: dict[str, Any] = {
    "ws_max_size": 270_000,  # an update of a board with its frame
    "ws_per_message_deflate": False,  # takes more memory and time than it saves bytes
    "ws_ping_interval": 15.0,
    "ws_ping_timeout": 20.0,
}


class _Server(uvicorn.Server):
    """Says when it is ready."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            # What is loaded by now stays: the collector need not look through it between two frames.
            gc.collect()
            gc.freeze()
            gc.set_threshold(20_000, 20, 20)
            self._ready()


def listen(host: str, port: int) -> socket.socket:
    """A socket that waits for connections; :class:`PortTakenError` where one waits already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as taken:
        bound.close()
        raise PortTakenError(f"{host}:{port}") from taken
    return bound


def serve(
    bound: socket.socket,
    application: str,
    protocols: tuple[str, str],
    ready: Callable[[], None],
    *,
    jobs: bool = True,
) -> None:
    """Serve until SIGTERM or SIGINT: requests under way are answered, running jobs ended or given back.

    ``application`` and ``protocols``, of HTTP and of WebSockets, are ``module:name``. How much is done at
    once is bounded where it is done: a listening phone costs little, a page a thread.
    """
    stop_on_signals()  # uvicorn raises the signal again after its own end; by then nothing may be cut off
    config = uvicorn.Config(
        application,
        http=protocols[0],
        ws=protocols[1],
        interface="asgi3",
        lifespan="off",
        proxy_headers=False,  # the pages count proxies themselves
        server_header=False,
        access_log=False,
        log_config=None,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=20,
        backlog=4096,  # a whole assembly comes back at once
        **SOCKETS,
    )
    server = _Server(config, ready)
    if jobs:
        with _Background():
            server.run([bound])
    else:
        server.run([bound])
