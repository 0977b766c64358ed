"""What the room keeps of a person: what they said under their name, what they grouped."""

from collections.abc import Mapping

from django.contrib.auth.models import AbstractBaseUser

from cantiere.foundation.core import personal_data
from cantiere.thread.contributions.actions.author import empty
from cantiere.thread.contributions.models import Coding, Contribution


class Contributions(personal_data.Port):
    """The words stay, said by somebody who took part, unless they were withdrawn; receipts know nobody."""

    tables = (Contribution, Coding)

    def export(self, person: AbstractBaseUser) -> Mapping[str, object]:
        own = Contribution.objects.filter(person_id=person.pk).order_by("day", "pk")
        return {
            "contributions": [
                {
                    "day": row.day.isoformat(),
                    "activity": row.activity.title,
                    "text": row.text,
                    "origin": row.origin,
                    "actor": row.actor,
                    "place": str(row.place or ""),
                    "named": row.named,
                    "published": row.published,
                    "withdrawn": row.is_withdrawn,
                    "earlier_texts": [wording.text for wording in row.wordings.all()],
                    "steps": [
                        {"day": step.on.isoformat(), "kind": step.kind, "words": step.words}
                        for step in row.steps.all()
                    ],
                }
                for row in own.select_related("activity", "place").prefetch_related("steps", "wordings")
            ],
            "contributions_grouped": Coding.objects.filter(by_id=person.pk).count(),
        }

    def erase(self, person: AbstractBaseUser) -> None:
        Contribution.objects.filter(person_id=person.pk).update(person=None)
        Coding.objects.filter(by_id=person.pk).update(by=None)


personal_data.register(Contributions())
personal_data.forgets(Contribution, empty)
