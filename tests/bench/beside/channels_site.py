"""A live room on Django Channels, as its documentation leads one to write it: consumers, a group, the ORM.

The same addresses, frames and pace as the house, so that the same load process can ask it: votes by POST, each in a
transaction of its own before it is confirmed; the latest state to everybody every 100 ms at most. Run by an
installation that has Channels: ``uvicorn tests.bench.beside.channels_site:application``, ``CHANNELS_DATA`` a folder.
"""

import asyncio
import json
import os
from pathlib import Path

import django
from channels.db import database_sync_to_async
from channels.generic.http import AsyncHttpConsumer
from channels.layers import get_channel_layer
from channels.routing import URLRouter
from django.conf import settings
from django.db import connection, transaction
from django.urls import path

settings.configure(
    SECRET_KEY="a bench's",
    INSTALLED_APPS=["channels"],
    CHANNEL_LAYERS={
        "default": {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 1000}}
    },
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": Path(os.environ["CHANNELS_DATA"]) / "channels.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
            },
        }
    },
)
django.setup()

TALLY = [0] * 5
NUMBER = 0
TICK = 0.1


def prepare():
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS vote (id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT UNIQUE, choice INTEGER)"
        )


@database_sync_to_async
def keep(key, choice):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO vote (key, choice) VALUES (%s, %s)", [key, choice])
        return cursor.lastrowid


def frame():
    state = {"tallies": {"q": TALLY}, "doors": {"q": [0, None]}, "filling": "x" * 200}
    return b"id: 1.1.%d\ndata: %s\n\n" % (NUMBER, json.dumps(state, separators=(",", ":")).encode())


class News(AsyncHttpConsumer):
    """A stream of frames."""

    async def http_request(self, message):
        await self.send_headers(headers=[(b"Content-Type", b"text/event-stream")])
        await self.send_body(frame(), more_body=True)
        await self.channel_layer.group_add("room", self.channel_name)

    async def shown(self, event):
        await self.send_body(event["frame"], more_body=True)

    async def disconnect(self):
        await self.channel_layer.group_discard("room", self.channel_name)


class Act(AsyncHttpConsumer):
    """A vote."""

    async def handle(self, body):
        global NUMBER  # noqa: PLW0603
        sent = json.loads(body)
        seq = await keep(sent["key"], sent["body"]["choice"])
        TALLY[sent["body"]["choice"]] += 1
        NUMBER = max(NUMBER, seq)
        told = json.dumps({"seq": seq, "at": 0}).encode()
        await self.send_response(200, told, headers=[(b"Content-Length", str(len(told)).encode())])


async def spread():
    shown, layer = 0, get_channel_layer()
    while True:
        await asyncio.sleep(TICK)
        if shown != NUMBER:
            shown = NUMBER
            await layer.group_send("room", {"type": "shown", "frame": frame()})


routes = URLRouter([path("live/<int:room>/news", News.as_asgi()), path("live/<int:room>/act", Act.as_asgi())])


async def application(scope, receive, send):
    if scope["type"] == "http":
        await routes(scope, receive, send)
        return
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await database_sync_to_async(prepare)()
            application.spreading = asyncio.create_task(spread())
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
