"""Following, telling, sending."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cantiere.foundation.core import personal_data
from cantiere.foundation.core.clock import schedules
from cantiere.foundation.core.jobs.worker import run_all
from cantiere.foundation.core.models import AuditEntry, Job, Mail
from cantiere.foundation.notices import actions, tasks, topics
from cantiere.foundation.notices.models import Notice, Preference, Rhythm, Subscription
from tests.factories.accounts import person
from tests.factories.notices import TOPIC, follower, notice, tell

pytestmark = [pytest.mark.django_db, pytest.mark.database]
MONDAY = date(2026, 3, 23)
SEVEN_THIRTY = datetime(2026, 3, 23, 6, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _no_delivery(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mail stays in the outbox: carrying it is the business of another room."""
    monkeypatch.setattr("cantiere.foundation.core.outbox.tasks.offer", lambda _mail: None)


def mails() -> list[tuple[str, str]]:
    return list(Mail.objects.filter(once__startswith="notices:").order_by("to").values_list("to", "subject"))


def together(work: Callable[[], object], threads: int = 6) -> list[Exception]:
    failed: list[Exception] = []

    def run() -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001
            failed.append(error)
        finally:
            connection.close()

    running = [threading.Thread(target=run) for _ in range(threads)]
    for one in running:
        one.start()
    for one in running:
        one.join()
    return failed


def test_rows_name_themselves() -> None:
    who = follower(rhythm="daily", name="Ada")
    rows = [Subscription.objects.get(), Preference.objects.get(), notice(who)]
    assert [str(row) for row in rows] == ["Ada · programme:12", "Ada · daily", "Nuovo incontro"]


def test_follow_twice_is_once() -> None:
    who = follower()
    actions.follow(person=who, topic=TOPIC)
    assert Subscription.objects.count() == 1
    assert Subscription.objects.follows(who, TOPIC)
    assert not Subscription.objects.follows(who, "programme:13")
    assert not Subscription.objects.follows(None, TOPIC)
    assert list(AuditEntry.objects.filter(verb__startswith="notices.").values_list("verb", "by")) == [
        ("notices.follow", who.pk)
    ]


def test_unfollow_twice_is_once() -> None:
    who = follower()
    actions.unfollow(person=who, topic=TOPIC)
    actions.unfollow(person=who, topic=TOPIC)
    assert not Subscription.objects.exists()
    assert AuditEntry.objects.filter(verb="notices.unfollow").count() == 1


def test_set_rhythm_keeps_one_and_refuses_another() -> None:
    who = person()
    actions.set_rhythm(person=who, rhythm="daily")
    actions.set_rhythm(person=who, rhythm="never")
    assert Preference.objects.get().rhythm == Rhythm.NEVER
    with pytest.raises(ValueError, match="hourly"):
        actions.set_rhythm(person=who, rhythm="hourly")


def test_tell_writes_to_followers_only_and_once() -> None:
    who = follower()
    follower("programme:13")
    follower(is_active=False)
    tell()
    tell(title="Un altro titolo")
    told = Notice.objects.get()
    assert (told.person, told.topic, told.title, told.urgent, told.sent_at, told.read_at) == (
        who,
        TOPIC,
        "Nuovo incontro",
        False,
        None,
        None,
    )


def test_tell_makes_titles_one_short_line() -> None:
    follower()
    tell(title="Due\nrighe \u2028" + "x" * 300)
    assert Notice.objects.get().title.startswith("Due righe xxx")
    assert len(Notice.objects.get().title) == 200


def test_tell_is_quiet_unless_urgent() -> None:
    follower()
    tell()
    assert not Job.objects.filter(task__endswith="send_now").exists()
    tell("cancelled", urgent=True)
    assert Job.objects.filter(task__endswith="send_now").count() == 1


@pytest.mark.parametrize(
    ("rhythm", "plain", "urgent"),
    [("", 0, 1), ("weekly", 0, 1), ("daily", 0, 1), ("as_it_happens", 1, 1), ("never", 0, 0)],
)
def test_rhythm_decides_what_comes_at_once(rhythm: str, plain: int, urgent: int) -> None:
    follower(rhythm=rhythm)
    tell("one")
    run_all()
    assert len(mails()) == plain
    tell("two", urgent=True)
    run_all()
    assert len(mails()) == plain + urgent


def test_tell_person_reaches_who_wants_no_mail_when_urgent() -> None:
    who = follower(rhythm="never", email="seat@example.org")
    for _ in range(2):
        actions.tell_person(person=who, once="seat", title="Un posto per te", text="", address="/x/")
        actions.tell_person(person=who, once="thanks", title="Grazie", text="", address="/x/", urgent=False)
    run_all()
    assert mails() == [("seat@example.org", "Un posto per te")]
    assert sorted(Notice.objects.values_list("once", "topic", "urgent")) == [
        ("seat", "", True),
        ("thanks", "", False),
    ]


def test_many_followers_are_told_by_a_job() -> None:
    people = [follower() for _ in range(actions.FEW + 1)]
    tell(urgent=True)
    tell(urgent=True)
    assert not Notice.objects.exists()
    assert Job.objects.filter(task__endswith="tell_many").count() == 1
    run_all()
    assert set(Notice.objects.values_list("person", flat=True)) == {who.pk for who in people}
    assert len(mails()) == len(people)


def test_many_are_told_in_slices_and_never_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "SLICE", 2)
    people = [follower() for _ in range(5)]
    monkeypatch.setattr(actions, "FEW", 4)
    news = actions.News(TOPIC, "big", "Titolo", "", "/x/", urgent=True)
    tell("big", urgent=True)
    # A worker died after the first slice.
    actions.write([who.pk for who in people[:2]], news)
    actions.tell_many(news)
    actions.tell_many(news)
    run_all()
    assert Notice.objects.count() == 5
    assert len(mails()) == 5


def test_what_is_taken_back_is_neither_found_nor_sent() -> None:
    who = follower(rhythm="daily")
    tell()
    tell("another")
    Notice.objects.update(day=MONDAY - timedelta(days=1))
    actions.take_back(topic=TOPIC, once="moved")
    assert list(Notice.objects.values_list("once", flat=True)) == ["another"]
    actions.take_back(topic=TOPIC, once="another")
    assert not actions.send_digest(person=who, today=MONDAY)
    assert mails() == []
    tell()
    assert Notice.objects.get().once == "moved", "it can be told anew"


def test_what_many_wait_to_be_told_can_be_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "FEW", 1)
    follower(), follower()
    tell(urgent=True)
    actions.take_back(topic=TOPIC, once="moved")
    run_all()
    assert not Notice.objects.exists()
    tell()
    run_all()
    assert Notice.objects.count() == 2


def test_who_is_telling_many_stops_when_it_is_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "FEW", 1)
    monkeypatch.setattr(actions, "SLICE", 1)
    follower(), follower(), follower()
    tell(urgent=True)
    write, slices = actions.write, []

    def write_and_once_take_back(people: list[int], news: actions.News) -> None:
        write(people, news)
        slices.append(people)
        if len(slices) == 1:
            actions.take_back(topic=TOPIC, once="moved")

    monkeypatch.setattr(actions, "write", write_and_once_take_back)
    run_all()
    assert len(slices) == 1
    assert not Notice.objects.exists()
    assert mails() == []


def test_send_now_again_sends_nothing() -> None:
    follower()
    tell(urgent=True)
    assert actions.send_now(once="moved") == 1
    assert actions.send_now(once="moved") == 0
    assert Notice.objects.get().sent_at is not None


def test_send_now_leaves_who_read_it_who_left_and_who_may_not_see(
    hidden: set[tuple[int | None, int]],
) -> None:
    reader, leaver, outsider, stays, closed = (follower(email=f"{name}@example.org") for name in "abcde")
    tell(urgent=True)
    actions.read(notices=[Notice.objects.get(person=reader)])
    actions.unfollow(person=leaver, topic=TOPIC)
    hidden.add((outsider.pk, 12))
    closed.is_active = False
    closed.save()
    run_all()
    assert [to for to, _ in mails()] == [stays.email]


def test_digest_waits_for_its_day() -> None:
    weekly, daily = follower(email="w@example.org"), follower(email="d@example.org", rhythm="daily")
    sunday = MONDAY - timedelta(days=1)
    for who in (weekly, daily):
        notice(who, "last week", day=sunday)
        notice(who, "today", day=MONDAY)
    due = Notice.objects.for_digest
    assert set(due(sunday).values_list("person", "once")) == set()
    assert set(due(MONDAY).values_list("person", "once")) == {
        (weekly.pk, "last week"),
        (daily.pk, "last week"),
    }
    tuesday = MONDAY + timedelta(days=1)
    # Monday's was missed: it is made up for.
    assert set(due(tuesday).values_list("person", "once")) == {
        (weekly.pk, "last week"),
        (daily.pk, "last week"),
        (daily.pk, "today"),
    }


def test_digest_leaves_out_the_stale_the_read_and_the_sent() -> None:
    who = follower()
    notice(who, "stale", day=MONDAY - timedelta(days=15))
    actions.read(notices=[notice(who, "read", day=MONDAY - timedelta(days=2))])
    notice(who, "sent", day=MONDAY - timedelta(days=2), urgent=True)
    actions.send_now(once="sent")
    assert not Notice.objects.for_digest(MONDAY).exists()


def test_digest_goes_out_once_whoever_asks() -> None:
    who = follower(email="w@example.org")
    notice(who, "a", day=MONDAY - timedelta(days=3))
    notice(who, "b", day=MONDAY - timedelta(days=2))
    assert actions.send_digest(person=who, today=MONDAY)
    assert not actions.send_digest(person=who, today=MONDAY)
    assert mails() == [("w@example.org", "2 novità da Cantiere")]
    assert Notice.objects.filter(sent_at=None).count() == 0


def test_digest_is_not_sent_when_another_took_part_of_it() -> None:
    who = follower()
    notices = [notice(who, once, day=MONDAY - timedelta(days=3)) for once in "ab"]
    Notice.objects.filter(pk=notices[0].pk).update(sent_at=SEVEN_THIRTY)
    for one in notices:
        one.person = who
    assert not actions._hand_over(notices, actions.mail.digest(notices, {}))
    assert Notice.objects.filter(sent_at=None).count() == 1
    assert mails() == []


def test_digests_are_given_out_at_half_past_seven() -> None:
    times = {schedule.name: str(schedule.at) for schedule in schedules()}
    assert times["cantiere.foundation.notices.tasks.digests"] == "07:30:00"
    for number in range(3):
        notice(follower(email=f"{number}@example.org"), "a", day=MONDAY - timedelta(days=3))
    with time_machine.travel(SEVEN_THIRTY, tick=False):
        tasks.digests.func()
        tasks.digests.func()
        run_all()
    assert [to for to, _ in mails()] == ["0@example.org", "1@example.org", "2@example.org"]


def test_old_notices_are_forgotten() -> None:
    who = person()
    with time_machine.travel(SEVEN_THIRTY, tick=False):
        notice(who, "old", day=MONDAY - timedelta(days=181))
        notice(who, "kept", day=MONDAY - timedelta(days=180))
        tasks.forget_old.func()
    assert list(Notice.objects.values_list("once", flat=True)) == ["kept"]


def test_tell_costs_the_same_for_one_and_three() -> None:
    counts = []
    for number in range(3):
        follower()
        with CaptureQueriesContext(connection) as captured:
            tell(f"news {number}")
        counts.append(len([query for query in captured if "SAVEPOINT" not in query["sql"]]))
    # The followers, their rows, whether anything cannot wait.
    assert counts == [3] * 3


def test_topic_cannot_be_registered_for_two() -> None:
    with pytest.raises(ImproperlyConfigured):
        topics.register("programme", lambda _ids: {})


def test_sending_news_of_a_topic_of_no_room_fails_loudly() -> None:
    who = follower("planet:1")
    tell(topic="planet:1", urgent=True)
    with pytest.raises(ImproperlyConfigured, match="planet:1"):
        actions.send_now(once="moved")
    notice(who, "old", day=MONDAY - timedelta(days=3), topic="planet:1")
    with pytest.raises(ImproperlyConfigured, match="planet:1"):
        actions.send_digest(person=who, today=MONDAY)


def test_seen_by_gives_what_exists_and_may_be_seen(hidden: set[tuple[int | None, int]]) -> None:
    hidden.add((None, 13))
    keys = [
        "programme:12",
        "programme:13",
        "programme:99",
        "programme:012",
        "programme:x",
        "nothing:1",
        "",
        "programme:²",
    ]
    assert topics.seen_by(None, keys) == {
        "programme:12": topics.Topic("programme:12", "Programma 12", "/programmi/12/")
    }


def test_export_and_erase_know_every_table() -> None:
    who, other = follower(rhythm="daily"), follower(rhythm="daily")
    tell(urgent=True)
    run_all()
    everything = personal_data.export_all(who)
    assert [row["topic"] for row in everything["follows"]] == [TOPIC]  # type: ignore[attr-defined]
    assert everything["rhythm_of_mail"] == "daily"
    assert [row["title"] for row in everything["notices"]] == ["Nuovo incontro"]  # type: ignore[attr-defined]
    personal_data.erase_all(who)
    for table in (Subscription, Preference, Notice):
        assert list(table._default_manager.values_list("person", flat=True)) == [other.pk]


@pytest.mark.django_db(transaction=True)
def test_following_by_many_at_once_is_one() -> None:
    who = person()
    assert together(lambda: actions.follow(person=who, topic=TOPIC)) == []
    assert Subscription.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_telling_and_sending_by_many_at_once_is_one_mail_each() -> None:
    for _ in range(4):
        follower()
    assert together(lambda: tell(urgent=True)) == []
    assert Notice.objects.count() == 4
    assert together(lambda: actions.send_now(once="moved")) == []
    assert len(mails()) == 4


@pytest.mark.django_db(transaction=True)
def test_digest_by_many_at_once_is_one_mail() -> None:
    who = follower()
    for once in "abc":
        notice(who, once, day=MONDAY - timedelta(days=3))
    assert together(lambda: actions.send_digest(person=who, today=MONDAY)) == []
    assert len(mails()) == 1
