"""What is known about a person is given out or forgotten in one go, and forgotten again after a restore."""

import json
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from cantiere.foundation.core import log, outbox, personal_data
from cantiere.foundation.core.models import AuditEntry, Erasure, Mail

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def data(settings, tmp_path) -> None:
    settings.DATA = tmp_path


class Accounts(personal_data.Port):
    """As the room of accounts does it, in short."""

    tables: tuple[type[Model], ...] = (get_user_model(),)

    def export(self, person) -> Mapping[str, object]:
        return {"account": {"email": person.email}}

    def erase(self, person) -> None:
        person.delete()


@pytest.fixture(autouse=True)
def ports(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(personal_data, "_ports", {})
    personal_data.register(Accounts())
    personal_data.register(personal_data.Mechanisms())
    return


@pytest.fixture
def anna():
    anna = get_user_model().objects.create(email="anna@example.org")
    outbox.send(to="anna@example.org", subject="s", text="t", once="1", person_id=anna.pk)
    outbox.send(to="Anna@example.org", subject="code", text="1234", once="2")
    outbox.send(to="bruno@example.org", subject="s", text="t", once="3")
    log.record(by=anna, verb="act", target=anna)
    return anna


def test_the_account_itself_goes_last() -> None:
    assert [type(port).__name__ for port in personal_data.ports()] == ["Mechanisms", "Accounts"]


def test_everything_is_exported(anna) -> None:
    everything = personal_data.export_all(anna)
    assert sorted(everything) == ["account", "acts", "mail"]
    assert "1234" in json.dumps(everything)
    assert "bruno" not in json.dumps(everything)


def test_two_rooms_cannot_use_one_heading(anna) -> None:
    class Twice(Accounts):
        tables = ()

    personal_data.register(Twice())
    with pytest.raises(ValueError, match="account"):
        personal_data.export_all(anna)


def test_erasing_leaves_no_trace_but_the_fact(anna) -> None:
    number = anna.pk
    erasure = personal_data.erase_all(anna, by=anna)
    assert not get_user_model().objects.exists()
    assert list(Mail.objects.values_list("to", flat=True)) == ["bruno@example.org"]
    assert set(AuditEntry.objects.values_list("by", "verb")) == {(None, "act"), (None, "erase")}
    assert erasure.person == number
    assert "anna" not in personal_data.journal().read_text() + repr(erasure.address)
    assert [entry["id"] for entry in personal_data.read_journal()] == [str(erasure.pk)]


def test_who_erased_somebody_else_is_noted(anna) -> None:
    bruno = get_user_model().objects.create(email="bruno@example.org")
    personal_data.erase_all(anna, by=bruno)
    assert AuditEntry.objects.get(verb="erase").by_id == bruno.pk


def test_a_failure_of_one_room_erases_nothing(anna) -> None:
    class Broken(Accounts):
        tables = ()

        def erase(self, person) -> None:
            raise ZeroDivisionError

    personal_data.register(Broken())
    with pytest.raises(ZeroDivisionError):
        personal_data.erase_all(anna)
    assert (get_user_model().objects.count(), Mail.objects.count(), Erasure.objects.count()) == (1, 3, 0)
    assert not personal_data.journal().exists()


def test_a_restored_person_is_forgotten_again_once(anna) -> None:
    number = anna.pk
    personal_data.erase_all(anna)
    get_user_model().objects.create(pk=number, email="anna@example.org")
    Erasure.objects.all().delete()  # as in a backup made before
    assert personal_data.replay() == 1
    assert not get_user_model().objects.exists()
    get_user_model().objects.create(
        pk=number, email="carla@example.org"
    )  # the number, given to somebody else
    assert personal_data.replay() == 0
    assert get_user_model().objects.get().email == "carla@example.org"


def test_a_journal_cut_short_by_a_crash_is_completed(anna) -> None:
    personal_data.erase_all(anna)
    bruno = get_user_model().objects.create(email="bruno@example.org")
    personal_data.erase_all(bruno)
    file = personal_data.journal()
    whole = file.read_bytes()
    file.write_bytes(whole[:-20])
    assert personal_data.write_journal() == 1
    assert len(list(personal_data.read_journal())) == 2
    assert personal_data.write_journal() == 0
    assert file.stat().st_mode & 0o777 == 0o600


def test_what_was_erased_does_not_lie_in_the_log() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its log apart")
    person = get_user_model().objects.create(email="da-dimenticare@example.org")
    log = Path(f"{connection.settings_dict['NAME']}-wal")
    with transaction.atomic():
        personal_data.erase_all(person)
    assert not log.exists() or b"da-dimenticare" not in log.read_bytes()


def test_a_row_that_somebody_had_erased_is_forgotten_again_once(monkeypatch) -> None:
    monkeypatch.setattr(personal_data, "_forgets", {})
    mail = Mail.objects.create(
        to="anna@example.org", subject="Prova", text="Prova", once="prova", message_id="<1>"
    )
    with pytest.raises(ImproperlyConfigured):
        personal_data.note_forgotten(mail)
    personal_data.forgets(Mail, lambda row: row.delete())
    number = mail.pk
    with transaction.atomic():
        personal_data.note_forgotten(mail)
        mail.delete()
    assert [entry["row"] for entry in personal_data.read_journal()] == [number]
    again = {
        "to": "anna@example.org",
        "subject": "Prova",
        "text": "Prova",
        "once": "prova",
        "message_id": "<1>",
    }
    Mail.objects.create(pk=number, **again)
    Erasure.objects.all().delete()  # as in a backup made before
    assert personal_data.replay() == 1
    assert not Mail.objects.exists()
    Mail.objects.create(pk=number, **again)  # the number, given to something else
    assert personal_data.replay() == 0
    assert Mail.objects.count() == 1


def test_a_room_that_is_gone_has_nothing_to_forget() -> None:
    entry = {"id": str(uuid.uuid4()), "at": timezone.now().isoformat(), "table": "gone.thing", "row": 1}
    assert personal_data.replay(iter([entry])) == 0
    assert Erasure.objects.get().table == "gone.thing"
