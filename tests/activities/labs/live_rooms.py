"""A laboratory that runs in tests: led past the desk, joined and answered by pages."""

import secrets

from cantiere.activities.labs.actions import room_of
from cantiere.foundation.live.submit import submit
from tests.factories import labs as make

OPTIONS = [
    {"key": "a", "text": "Più autobus"},
    {"key": "b", "text": "Più ciclabili"},
    {"key": "c", "text": "Nulla"},
]
ASKED = {
    "words": {"most": 3},
    "single": {"options": OPTIONS},
    "multiple": {"options": OPTIONS, "most": 2},
    "scale": {"labels": ["per niente", "del tutto"]},
    "ranking": {"options": OPTIONS},
    "points": {"options": OPTIONS},
    "statements": {"options": OPTIONS},
    "quiz": {"options": OPTIONS, "right": ["b"]},
    "pin": {},
    "ideas": {"most": 3, "upvotes": True, "hidden": False},
}


def lead(lab, kind, slot="", **body):
    """What the desk does."""
    return submit(
        room=room_of(lab=lab).pk, actor="lead-test", kind=kind, slot=slot, body=body, lead=True,
        key=secrets.token_hex(16),
    )  # fmt: skip


def key_of(asks):
    """The key of the block that asks so: keys have at most eight characters."""
    return asks[:8]


def running(*, today=True, **own):
    """A laboratory that was begun, with a question of each kind, three tables and a vote; nothing is open yet."""
    from django.utils import timezone

    if today:
        own.setdefault("started_on", timezone.localdate())
    lab = make.lab(**own)
    for asks, plan in ASKED.items():
        make.question(lab, f"Domanda {asks}", key=key_of(asks), asks=asks, **plan)
    make.question(lab, "Domande a chi parla", key="qa", standing=True, upvotes=True, hidden=False, most=2)
    make.block(lab, "groups", "Ai tavoli", key="tables", assign="chosen", areas=make.AREAS)
    make.block(lab, "vote", "Che cosa conta", key="vote", of="ideas", most=2, prompt="Scegli")
    make.block(lab, "break", "Pausa", key="pause")
    for _table in range(3):
        make.group(lab, link="https://video.example.org/stanza")
    lead(lab, "script", **make.script(lab).as_json())
    return make.fresh(lab)


def ask(lab, block):
    """Go to a block and open it."""
    lead(lab, "go", block=block)
    lead(lab, "open", block)


def joined(client, lab, **answers):
    """A device that came in; gives the page it landed on."""
    page = client.get(f"/partecipa/{lab.code}/")
    assert page.status_code == 200, page.status_code
    sent = {
        "receipt": page.context["form"]["receipt"].value(),
        "once": secrets.token_urlsafe(16),
        **answers,
    }
    return client.post(f"/partecipa/{lab.code}/", sent, follow=True)


def give(client, lab, kind, slot="", **fields):
    """A form of the page without script."""
    sent = {"kind": kind, "slot": slot, "once": secrets.token_urlsafe(16), **fields}
    return client.post(f"/partecipa/{lab.code}/ora/dai/", sent, follow=True)
