"""What a notice looks like as mail: plain text, why it came, one click to get less."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext, override

from cantiere.foundation.notices import less
from cantiere.foundation.notices.models import Notice, Rhythm
from cantiere.foundation.notices.topics import Topic


@dataclass(frozen=True)
class Message:
    """Ready for the outbox."""

    subject: str
    text: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """The news of one topic; without a title: of the person alone."""

    title: str
    notices: Sequence[Notice]


def single(notice: Notice, topic: Topic | None) -> Message:
    """One notice; of a topic, mail programs get an address that stops following it."""
    link = _less(notice, topic.key) if topic else ""
    with override(notice.person.language):
        text = _render("single", notice=notice, topic=topic, less=link)
    return Message(notice.title, text, _headers(link))


def digest(notices: Sequence[Notice], topics: Mapping[str, Topic]) -> Message:
    """Several notices of one person, by topic; mail programs get an address that stops all of them."""
    first = notices[0]
    link = _less(first)
    parts = [
        Part(topics[key].title if key else "", list(told))
        for key, told in groupby(sorted(notices, key=lambda one: (one.topic, one.pk)), lambda one: one.topic)
    ]
    with override(first.person.language):
        count = len(notices)
        subject = ngettext(
            "%(count)s piece of news from %(site)s", "%(count)s pieces of news from %(site)s", count
        )
        weekly = getattr(first, "rhythm", "") == Rhythm.WEEKLY
        text = _render("digest", parts=parts, weekly=weekly, less=link)
        return Message(subject % {"count": count, "site": settings.CANTIERE_NAME}, text, _headers(link))


def _render(name: str, **words: object) -> str:
    page = settings.URL + reverse("notices:mine")
    known = {"site": settings.CANTIERE_NAME, "url": settings.URL, "page": page}
    return render_to_string(f"notices/mail/{name}.txt", known | words).strip() + "\n"


def _less(notice: Notice, topic: str = "") -> str:
    return settings.URL + reverse("notices:less", args=[less.token(notice.person_id, topic)])


def _headers(link: str) -> dict[str, str]:
    return {"List-Unsubscribe": f"<{link}>"} if link else {}
