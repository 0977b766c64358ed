"""People who follow, and things they are told."""

from datetime import date
from typing import Any

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.notices import actions
from cantiere.foundation.notices.models import Notice
from tests.factories.accounts import person

TOPIC = "programme:12"


def follower(topic: str = TOPIC, rhythm: str = "", **fields: Any) -> Person:
    """Somebody who follows a topic, with a rhythm of their own where one is told."""
    made = person(**fields)
    actions.follow(person=made, topic=topic)
    if rhythm:
        actions.set_rhythm(person=made, rhythm=rhythm)
    return made


def tell(once: str = "moved", **told: Any) -> None:
    """Tell the followers of :data:`TOPIC`."""
    actions.tell(
        **{
            "topic": TOPIC,
            "once": once,
            "title": "Nuovo incontro",
            "text": "Ci vediamo in piazza.",
            "address": "/programmi/prova/",
            **told,
        }
    )


def notice(who: Person, once: str = "moved", day: date | None = None, **told: Any) -> Notice:
    """One notice of one person, told on a day."""
    told = {"topic": "", "title": "Nuovo incontro", "text": "", "link": "/x/", "urgent": False, **told}
    actions.write([who.pk], actions.News(once=once, **told))
    made = Notice.objects.get(person=who, once=once)
    if day:
        made.day = day
        made.save(update_fields=["day"])
    return made
