"""Following, telling, sending. Mail is written by jobs, never in the transaction of what happened."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log, outbox
from cantiere.foundation.core.jobs import enqueue_once, forget, stands
from cantiere.foundation.notices import mail, topics
from cantiere.foundation.notices.models import Notice, Preference, Rhythm, Subscription

FEW = 50
SLICE = 200


@transaction.atomic
def follow(*, person: Person, topic: str) -> None:
    """Ask to be told of a topic that this person may see (who calls has asked); twice is once."""
    subscription, new = Subscription.objects.get_or_create(person=person, topic=topic)
    if new:
        log.record(by=person, verb="notices.follow", target=subscription, topic=topic)


@transaction.atomic
def unfollow(*, person: Person, topic: str) -> None:
    """No longer be told of a topic."""
    subscription = Subscription.objects.filter(person=person, topic=topic).first()
    if subscription is not None:
        log.record(by=person, verb="notices.unfollow", target=subscription, topic=topic)
        subscription.delete()


@transaction.atomic
def set_rhythm(*, person: Person, rhythm: str) -> None:
    """How often mail may come; ``ValueError`` for a rhythm that is none."""
    preference, _ = Preference.objects.update_or_create(
        person=person, defaults={"rhythm": Rhythm(rhythm).value}
    )
    log.record(by=person, verb="notices.set_rhythm", target=preference, rhythm=rhythm)


@transaction.atomic
def read(*, notices: Iterable[Notice]) -> None:
    """Take note that somebody has read these; of no interest to the audit log."""
    Notice.objects.filter(pk__in=[notice.pk for notice in notices], read_at=None).update(
        read_at=timezone.now()
    )


@transaction.atomic
def read_all(*, person: Person) -> None:
    """Take note that somebody has read everything."""
    Notice.objects.filter(person=person, read_at=None).update(read_at=timezone.now())


@dataclass(frozen=True)
class News:
    """What is told: ``once`` names the event; without a topic it is about the person alone."""

    topic: str
    once: str
    title: str
    text: str
    link: str
    urgent: bool

    @property
    def key(self) -> str:
        """How the job that tells many is called."""
        return _key_of(self.topic, self.once)


def _key_of(topic: str, once: str) -> str:
    return "notices.tell:" + hashlib.sha256(f"{topic}\0{once}".encode()).hexdigest()


@transaction.atomic
def tell(*, topic: str, once: str, title: str, text: str, address: str, urgent: bool = False) -> None:
    """Tell all who follow a topic, each at most once for a ``once``; many are told by a job.

    ``address`` begins with ``/``. Urgent is what cannot wait a week: a changed date, a cancelled meeting.
    """
    from cantiere.foundation.notices import tasks

    news = News(topic, once, title, text, address, urgent)
    followers = Subscription.objects.followers(topic)
    people = list(followers.values_list("person_id", flat=True)[: FEW + 1])
    if len(people) > FEW:
        enqueue_once(tasks.tell_many, news.key, asdict(news))
    else:
        write(people, news)
        send_soon(once)


@transaction.atomic
def tell_person(
    *, person: Person, once: str, title: str, text: str, address: str, urgent: bool = True
) -> None:
    """Tell one person something of their own, such as a seat that is free; urgent goes out in any rhythm."""
    write([person.pk], News("", once, title, text, address, urgent))
    send_soon(once)


@transaction.atomic
def take_back(*, topic: str, once: str) -> None:
    """Untell what may no longer be known: nobody finds it on their page, and no mail tells it any more."""
    forget(_key_of(topic, once))
    Notice.objects.filter(topic=topic, once=once).delete()


def tell_many(news: News) -> None:
    """Tell all followers, a slice in each transaction; begun again after a crash it tells nobody twice.

    Once it is taken back it tells nobody any more.
    """
    last = 0
    while people := _next_followers(news.topic, last):
        with transaction.atomic():
            if not stands(news.key):
                return
            write([person for _, person in people], news)
        last = people[-1][0]
    with transaction.atomic():
        send_soon(news.once)


def _next_followers(topic: str, last: int) -> list[tuple[int, int]]:
    followers = Subscription.objects.followers(topic).filter(pk__gt=last)
    return list(followers.values_list("pk", "person_id")[:SLICE])


@transaction.atomic
def write(people: Sequence[int], news: News) -> None:
    """The rows for these people; those who were told already are left alone."""
    told = asdict(news) | {"title": " ".join(news.title.split())[:200], "text": news.text.strip()}
    Notice.objects.bulk_create(
        [Notice(person_id=person, **told) for person in sorted(people)], ignore_conflicts=True
    )


def send_soon(once: str) -> None:
    """Leave to a job what cannot wait, when there is any."""
    from cantiere.foundation.notices import tasks

    if Notice.objects.for_now().filter(once=once).exists():
        tasks.send_now.enqueue(once)


@transaction.atomic
def _hand_over(notices: Sequence[Notice], message: mail.Message) -> bool:
    """Give a message to the outbox and mark what it tells as sent; nothing when another did so first."""
    keys = [notice.pk for notice in notices]
    person = notices[0].person
    if Notice.objects.filter(pk__in=keys, sent_at=None).update(sent_at=timezone.now()) != len(keys):
        transaction.set_rollback(True)
        return False
    outbox.send(
        to=person.email,
        subject=message.subject,
        text=message.text,
        once=f"notices:{person.pk}:{max(keys)}",
        headers=message.headers,
        person_id=person.pk,
    )
    return True


def _seen_by(person: Person, keys: set[str]) -> dict[str, topics.Topic]:
    topics.confirm(keys - {""})
    return topics.seen_by(person, keys)


def send_now(*, once: str) -> int:
    """Send what cannot wait of one event, each in a mail of its own; gives how many went out."""
    sent = 0
    for notice in Notice.objects.for_now().filter(once=once).select_related("person").order_by("pk"):
        seen = _seen_by(notice.person, {notice.topic})
        if notice.topic and notice.topic not in seen:
            continue
        sent += _hand_over([notice], mail.single(notice, seen.get(notice.topic)))
    return sent


def send_digest(*, person: Person, today: date) -> bool:
    """Send one person what is due; whether a mail went out."""
    due = Notice.objects.for_digest(today).filter(person=person).order_by("topic", "pk")
    notices = list(due.select_related("person"))
    seen = _seen_by(person, {notice.topic for notice in notices})
    notices = [notice for notice in notices if not notice.topic or notice.topic in seen]
    return bool(notices) and _hand_over(notices, mail.digest(notices, seen))


@transaction.atomic
def forget_old(*, before: date) -> int:
    """Drop the notices of days before this one; gives how many."""
    return Notice.objects.filter(day__lt=before).delete()[0]
