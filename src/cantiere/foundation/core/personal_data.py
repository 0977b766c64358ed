"""What the installation knows about a person, given out or forgotten in one go.

Every room that keeps a table pointing at a person registers a :class:`Port` in its ``personal_data.py``;
a test walks all tables and fails on one that no port names.
"""

import hashlib
import json
import os
import secrets
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from cantiere.foundation.core import log
from cantiere.foundation.core.access import Actor
from cantiere.foundation.core.models import AuditEntry, Erasure, Mail, MailAttachment
from cantiere.foundation.core.sqlite.engine import empty_log


class Port(ABC):
    """One room's answer to «what do you know about me» and «forget me»."""

    tables: tuple[type[Model], ...] = ()

    @abstractmethod
    def export(self, person: AbstractBaseUser) -> Mapping[str, object]:
        """Everything the room keeps about a person, as JSON can hold it, by heading."""

    @abstractmethod
    def erase(self, person: AbstractBaseUser) -> None:
        """Delete it, or cut its tie to the person where the record must stay."""


_ports: dict[str, Port] = {}
_forgets: dict[str, tuple[type[Model], Callable[[Any], None]]] = {}


def register(port: Port) -> Port:
    """Add a room's port; also usable again after a reload."""
    kind = type(port)
    _ports[f"{kind.__module__}.{kind.__qualname__}"] = port
    return port


def ports() -> list[Port]:
    """All ports, the one that holds the account itself last."""
    person = get_user_model()
    return sorted(_ports.values(), key=lambda port: person in port.tables)


def export_all(person: AbstractBaseUser) -> dict[str, object]:
    """Everything about a person, by heading; two rooms cannot use the same heading."""
    everything: dict[str, object] = {}
    for port in reversed(ports()):
        part = port.export(person)
        if twice := everything.keys() & part.keys():
            raise ValueError(f"Two rooms export {', '.join(sorted(twice))}.")
        everything.update(part)
    return everything


@transaction.atomic
def erase_all(person: AbstractBaseUser, by: Actor = None) -> Erasure:
    """Forget a person everywhere, note that it was done, and write it in the journal."""
    number = cast("int", person.pk)
    erasure = Erasure(at=timezone.now(), person=number, address=_digest(_address(person)))
    _erase(person)
    erasure.save(force_insert=True)
    log.record(by=None if by is None or by.pk in {number, None} else by, verb="erase", target=erasure)
    transaction.on_commit(write_journal)
    transaction.on_commit(empty_log)
    return erasure


def forgets(model: type[Model], act: Callable[[Any], None]) -> None:
    """Say how a row that :func:`note_forgotten` wrote down is erased again; ``act`` notes nothing itself."""
    _forgets[model._meta.label_lower] = model, act


@transaction.atomic
def note_forgotten(row: Model) -> None:
    """Write down that whoever a row is about, without an account, had it erased.

    For the action that erases it, in its transaction: a backup restored later then forgets it again.
    """
    table, number = row._meta.label_lower, cast("int", row.pk)
    if table not in _forgets:
        raise ImproperlyConfigured(f"Nobody says how a row of {table} is forgotten again.")
    Erasure.objects.create(at=timezone.now(), table=table, row=number)
    transaction.on_commit(write_journal)
    transaction.on_commit(empty_log)


def _erase(person: AbstractBaseUser) -> None:
    for port in ports():
        port.erase(person)


def _address(person: AbstractBaseUser) -> str:
    return str(getattr(person, person.get_email_field_name(), "")).lower()


def _digest(address: str, salt: str = "") -> str:
    """A digest that tells nothing, yet can be compared with an address one already has."""
    salt = salt or secrets.token_hex(16)
    key = hashlib.scrypt(address.encode(), salt=bytes.fromhex(salt), n=2**14, r=8, p=1, dklen=32)
    return f"{salt}${key.hex()}"


_OF_A_PERSON = {"id", "at", "person", "address"}
_OF_A_ROW = {"id", "at", "table", "row"}

# The journal of erasures -----------------------------------------------------------------------


def journal() -> Path:
    """The file that outlives the database, beside it in the data directory."""
    return Path(settings.DATA) / "erasures.jsonl"


def read_journal(file: Path | None = None) -> Iterator[dict[str, Any]]:
    """Its lines; one cut short by a crash is left out (its row is in the table and is written again)."""
    file = file or journal()
    if not file.exists():
        return
    for line in file.read_text(encoding="utf-8").splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if isinstance(entry, dict) and any(kind <= entry.keys() for kind in (_OF_A_PERSON, _OF_A_ROW)):
            yield entry


def write_journal() -> int:
    """Add the erasures that the table has and the file has not; gives how many."""
    written = {entry["id"] for entry in read_journal()}
    missing = [erasure for erasure in Erasure.objects.order_by("at") if str(erasure.pk) not in written]
    if not missing:
        return 0
    file = journal()
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a+b") as out:
        cut = out.seek(0, os.SEEK_END) > 0 and (out.seek(-1, os.SEEK_END), out.read(1))[1] != b"\n"
        lines = [json.dumps(_entry(erasure)) + "\n" for erasure in missing]
        out.write((("\n" if cut else "") + "".join(lines)).encode())
        out.flush()
        os.fsync(out.fileno())
    return len(missing)


def _entry(erasure: Erasure) -> dict[str, object]:
    entry: dict[str, object] = {"id": str(erasure.pk), "at": erasure.at.isoformat()}
    if erasure.table:
        return entry | {"table": erasure.table, "row": erasure.row}
    return entry | {"person": erasure.person, "address": erasure.address}


def replay(entries: Iterator[dict[str, Any]] | None = None) -> int:
    """Repeat on this database every erasure it does not know; gives how many people and rows it forgot.

    Known is what stands in the table: no clock is compared, and a number given to somebody else after an
    earlier restore is never taken for the person who had it before.
    """
    known = {str(key) for key in Erasure.objects.values_list("pk", flat=True)}
    forgotten = 0
    for entry in list(read_journal() if entries is None else entries):
        if entry["id"] in known:
            continue
        with transaction.atomic():
            Erasure.objects.create(**entry)
            forgotten += _forget_again(entry)
        known.add(entry["id"])
    return forgotten


def _forget_again(entry: Mapping[str, Any]) -> bool:
    """Whether there was something to forget; a room that is gone has nothing."""
    model: type[Model] = get_user_model()
    act: Callable[[Any], None] = _erase
    if "table" in entry:
        if entry["table"] not in _forgets:
            return False
        model, act = _forgets[entry["table"]]
    row = model._default_manager.filter(pk=entry.get("row", entry.get("person"))).first()
    if row is None:
        return False
    act(row)
    return True


# What this room itself keeps -------------------------------------------------------------------


class Mechanisms(Port):
    """Mail to a person, and what the audit log says of their acts."""

    tables = (AuditEntry, Mail)

    def export(self, person: AbstractBaseUser) -> Mapping[str, object]:
        mails = self._mails(person).order_by("pk")
        acts = AuditEntry.objects.filter(by_id=person.pk).order_by("pk")
        return {
            "mail": [
                {"at": mail.created_at.isoformat(), "to": mail.to, "subject": mail.subject, "text": mail.text}
                for mail in mails
            ],
            "acts": [{"at": act.at.isoformat(), "verb": act.verb, "target": act.target_type} for act in acts],
        }

    def erase(self, person: AbstractBaseUser) -> None:
        mails = self._mails(person)
        MailAttachment.objects.filter(mail__in=mails).delete()
        mails.delete()
        AuditEntry.objects.filter(by_id=person.pk).update(by=None)

    def _mails(self, person: AbstractBaseUser) -> QuerySet[Mail]:
        """Sign-in codes are sent to an address before anyone knows whose it is."""
        return Mail.objects.filter(Q(person_id=person.pk) | Q(to__iexact=_address(person)))


register(Mechanisms())
