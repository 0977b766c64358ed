"""A backup made under load holds every write confirmed before it, and forgets again whom it must."""

import shutil
import sqlite3
import threading
import time
from collections.abc import Callable

import pytest

from tests.proofs.house import FULL, House, free_port
from tests.proofs.test_kill9 import Client

pytestmark = pytest.mark.long

ROUNDS = 5 if FULL else 2
PEOPLE = """
from django.contrib.auth import get_user_model
from cantiere.foundation.core import outbox
for n in range(20):
    person = get_user_model().objects.create(email=f"persona{n}@example.org")
    outbox.send(to=person.email, subject="s", text="parola d'ordine", once=f"p{n}", person_id=person.pk)
"""
ERASE = """
from django.contrib.auth import get_user_model
from cantiere.foundation.core import personal_data
for person in list(get_user_model().objects.filter(email__in={addresses})):
    personal_data.erase_all(person)
"""
COUNT = "SELECT count(*) FROM accounts_person"


def _keys(house: House) -> set[str]:
    column = "data->>'key'" if house.database else "json_extract(data, '$.key')"
    return {key for (key,) in house.rows(f"SELECT {column} FROM core_auditentry WHERE verb = 'proof'")}


def test_backup_and_restore_under_load(
    engine: str, build: Callable[..., House], say: Callable[[str], None]
) -> None:
    house = build(engine, CANTIERE_BACKUP_PASSPHRASE="una frase per prova")
    house.python(PEOPLE)
    (house.data / "media" / "core").mkdir(parents=True, exist_ok=True)
    for number in range(30):
        (house.data / "media" / "core" / f"{number}.webp").write_bytes(bytes([number]) * 10_000)
    port, up, stop = free_port(), threading.Event(), threading.Event()
    server = house.start("serve", "--port", str(port), ready=" is at http")
    up.set()
    clients = [Client(port, up, stop) for _ in range(6)]
    for client in clients:
        client.start()
    backups = house.data.parent / "backups"
    before: set[str] = set()
    slowest = 0.0
    for _ in range(ROUNDS):
        time.sleep(1.1)
        before = {key for client in clients for key in list(client.acknowledged)}
        started = time.monotonic()
        house.run("backup", "--to", str(backups))
        slowest = max(slowest, time.monotonic() - started)
    time.sleep(0.5)
    house.python(ERASE.format(addresses=["persona3@example.org", "persona7@example.org"]))
    stop.set()
    for client in clients:
        client.join(30)
    assert house.stop(server) == 0
    acknowledged = sum(len(client.acknowledged) for client in clients)

    archives = sorted(backups.iterdir())
    assert len(archives) == ROUNDS
    key = (house.data / "secret-key").read_bytes()
    assert all(key not in archive.read_bytes() for archive in archives)
    last = archives[-1]
    for archive in archives:
        assert "Whole" in house.run("restore", str(archive), "--verify")
    after = _keys(house)
    assert "already" in house.run("restore", str(last), code=1)

    # Everything but the journal and the key is lost.
    if not house.database:
        (house.data / "cantiere.sqlite3").unlink()
        for name in ("cantiere.sqlite3-wal", "cantiere.sqlite3-shm"):
            (house.data / name).unlink(missing_ok=True)
    shutil.rmtree(house.data / "media")
    said = house.run("restore", str(last), "--replace")
    restored = _keys(house)
    missing = before - restored
    forgotten = 20 - int(house.rows(COUNT)[0][0])
    kept = len(list((house.data / "media").rglob("*.webp")))
    say(
        f"proof backup {engine}: {ROUNDS} backups under load (slowest {slowest:.1f} s), {acknowledged} "
        f"acknowledged, {len(before)} before the last, {len(missing)} missing from it, {kept}/30 files, "
        f"{forgotten}/2 erasures repeated"
    )
    assert (missing, restored <= after, kept, forgotten) == (set(), True, 30, 2)
    assert "2 people forgotten again" in said
    assert house.rows("SELECT count(*) FROM core_mail WHERE \"to\" LIKE 'persona3%'") == [(0,)]
    house.run("restore", "--replay-only")
    assert 20 - int(house.rows(COUNT)[0][0]) == 2


@pytest.mark.parametrize("fault", ["byte", "cut", "row", "passphrase"])
def test_a_damaged_archive_is_noticed(fault: str, build: Callable[..., House]) -> None:
    sealed = fault in {"byte", "passphrase"}
    house = build("sqlite", **({"CANTIERE_BACKUP_PASSPHRASE": "una frase"} if sealed else {}))
    house.python(PEOPLE)
    house.run("backup")
    (archive,) = (house.data / "backups").iterdir()
    raw = bytearray(archive.read_bytes())
    if fault == "byte":
        raw[len(raw) // 2] ^= 1
        archive.write_bytes(raw)
    elif fault == "cut":
        archive.write_bytes(raw[: len(raw) // 2])
    elif fault == "row":
        archive.write_bytes(raw.replace(b"persona3@", b"persona4@"))
    else:
        house.settings["CANTIERE_BACKUP_PASSPHRASE"] = "un'altra"
    said = house.run("restore", str(archive), "--verify", code=1)
    assert "Whole" not in said
    with sqlite3.connect(house.data / "cantiere.sqlite3") as connection:
        assert connection.execute(COUNT).fetchone() == (20,)
