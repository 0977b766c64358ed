"""What the room knows about a person."""

from collections.abc import Mapping

from django.contrib.auth.models import AbstractBaseUser

from cantiere.foundation.core import personal_data
from cantiere.foundation.notices.models import Notice, Preference, Subscription


class Followed(personal_data.Port):
    """What somebody follows, how often they want mail, and what they were told."""

    tables = (Subscription, Preference, Notice)

    def export(self, person: AbstractBaseUser) -> Mapping[str, object]:
        follows = Subscription.objects.filter(person_id=person.pk).order_by("pk")
        rhythm = Preference.objects.filter(person_id=person.pk).values_list("rhythm", flat=True).first()
        notices = Notice.objects.filter(person_id=person.pk).order_by("pk")
        return {
            "follows": [{"topic": row.topic, "since": row.since.isoformat()} for row in follows],
            "rhythm_of_mail": rhythm,
            "notices": [
                {
                    "day": row.day.isoformat(),
                    "topic": row.topic,
                    "title": row.title,
                    "text": row.text,
                    "link": row.link,
                    "sent": row.sent_at and row.sent_at.isoformat(),
                    "read": row.read_at and row.read_at.isoformat(),
                }
                for row in notices
            ],
        }

    def erase(self, person: AbstractBaseUser) -> None:
        for table in self.tables:
            table._default_manager.filter(person_id=person.pk).delete()


personal_data.register(Followed())
