"""The signed word in mails that lets people get less of them without signing in.

It opens nothing else, and it does not expire: whoever finds the mail years later can still stop it.
"""

from dataclasses import dataclass

from django.core import signing

from cantiere.foundation.accounts.models import Person

_SALT = "cantiere.notices.less"


@dataclass(frozen=True)
class Wish:
    """Who wants less, and of what (``""``: of everything)."""

    person: Person
    topic: str


def token(person_id: int, topic: str = "") -> str:
    """The word for one person and one topic, or all."""
    return signing.dumps([person_id, topic], salt=_SALT)


def wish(word: str) -> Wish | None:
    """What a word stands for; ``None`` when it is none of ours or its person is gone."""
    try:
        person_id, topic = signing.loads(word, salt=_SALT)
    except signing.BadSignature:
        return None
    person = Person.objects.filter(pk=person_id).first()
    return Wish(person, topic) if person else None
