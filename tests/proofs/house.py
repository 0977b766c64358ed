"""A whole installation in a folder, run by its own commands, killed at will."""

import os
import re
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[2]
POSTGRES = os.environ.get("CANTIERE_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
FULL = os.environ.get("PROOF_SCALE", "full") != "reduced"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class House:
    """An installation with its own data directory and, where asked, its own PostgreSQL database."""

    def __init__(self, data: Path, database: str = "", **settings: str) -> None:
        self.data, self.database, self.settings = data, database, settings
        self.running: list[subprocess.Popen[str]] = []
        self.run("setup", "-v0")

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("CANTIERE_")}
        return {
            **kept,
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "DJANGO_SETTINGS_MODULE": "tests.proofs.site.settings",
            "CANTIERE_DATA": str(self.data),
            "DATABASE_URL": self.database,
            "PYTHONUNBUFFERED": "1",
            **self.settings,
        }

    def start(self, *words: str, ready: str) -> subprocess.Popen[str]:
        """Start a command and wait for the words that say it is ready."""
        process = subprocess.Popen(
            [sys.executable, "-m", "cantiere.config", *words],
            env=self.environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.running.append(process)
        assert process.stdout is not None
        said: list[str] = []
        for text in process.stdout:
            said.append(text)
            if re.search(ready, text):
                threading.Thread(target=process.stdout.read, daemon=True).start()
                return process
        raise AssertionError("".join(said)[-3000:])

    def run(self, *words: str, code: int = 0) -> str:
        """Run a command to its end; gives what it said."""
        command = [sys.executable, "-m", "cantiere.config", *words]
        done = subprocess.run(
            command, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
        )
        assert done.returncode == code, f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}"[-3000:]
        return done.stdout + done.stderr

    def python(self, program: str) -> str:
        """Run a few lines with the models at hand."""
        return self.run("shell", "-v0", "-c", program)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Read straight from the database, past the program."""
        if self.database:
            with psycopg.connect(self.database) as connection:
                return connection.execute(query).fetchall()
        connection = sqlite3.connect(self.data / "cantiere.sqlite3", timeout=20)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def kill(self, process: subprocess.Popen[str]) -> None:
        process.send_signal(signal.SIGKILL)
        process.wait()

    def stop(self, process: subprocess.Popen[str], within: float = 40) -> int:
        process.send_signal(signal.SIGTERM)
        return process.wait(within)

    def close(self) -> None:
        for process in self.running:
            if process.poll() is None:
                process.kill()
                process.wait()


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a database made for one proof; the proof is left out where no server answers."""
    name = f"cantiere_proof_{secrets.token_hex(4)}"
    try:
        admin = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        pytest.skip(f"no PostgreSQL answers at {POSTGRES}")
    admin.execute(f'CREATE DATABASE "{name}"')
    try:
        yield POSTGRES.rsplit("/", 1)[0] + f"/{name}"
    finally:
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        admin.close()


def until(question: Any, within: float = 60, pause: float = 0.1) -> None:
    """Wait for a true answer."""
    ends = time.monotonic() + within
    while not question():
        assert time.monotonic() < ends, "waited too long"
        time.sleep(pause)
