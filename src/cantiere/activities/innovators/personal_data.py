"""What the room knows of a person: entries and letters carry an address, not an account."""

from collections.abc import Mapping

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from cantiere.activities.innovators.actions.keeping import erase, remove
from cantiere.activities.innovators.models import Innovator, Letter, Nomination, PublicationConsent
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import personal_data


class Innovators(personal_data.Port):
    """Entries of an address, nominations and letters from it; consents its owner recorded for others."""

    tables = (Innovator, Nomination, Letter, PublicationConsent)

    def export(self, person: AbstractBaseUser) -> Mapping[str, object]:
        email = _email(person)
        return {
            "innovator_entries": [_entry(each) for each in _entries(email)],
            "nominations_of_others": list(
                Nomination.objects.filter(by_email=email)
                .exclude(by_email="")
                .values(
                    "innovator__name", "by_name", "by_email", "why", "may_name", "made_on", "confirmed_on"
                )
            ),
            "letters_to_innovators": list(
                Letter.objects.filter(email=email).values(
                    "innovator__name", "name", "email", "text", "made_at"
                )
            ),
            "consents_on_paper_recorded": PublicationConsent.objects.filter(by=person.pk).count(),
        }

    def erase(self, person: AbstractBaseUser) -> None:
        email = _email(person)
        for innovator in _entries(email):
            erase(innovator, None)
        Nomination.objects.filter(by_email=email).exclude(by_email="").update(
            by_name="", by_email="", why="", may_name=False, digest=None
        )
        Letter.objects.filter(email=email).delete()
        PublicationConsent.objects.filter(by=person.pk).update(by=None)


def _email(person: AbstractBaseUser) -> str:
    return person.email if isinstance(person, Person) else ""


def _entries(email: str) -> QuerySet[Innovator]:
    return Innovator.objects.at(email).select_related("place__parent", "map__activity").order_by("pk")


def _entry(each: Innovator) -> dict[str, object]:
    return {
        "map": each.map.activity.title,
        "state": each.state,
        "kind": each.kind,
        "name": each.name,
        "organisation": each.organisation,
        "place": each.place.label,
        "what": each.what,
        "story": each.story,
        "offers": each.offers,
        "needs": each.needs,
        "interests": each.interests,
        "sectors": each.sectors,
        "website": each.website,
        "picture": each.picture.name or "",
        "picture_alt": each.picture_alt,
        "email": each.email,
        "reach": each.reach,
        "searchable": each.searchable,
        "takes_letters": each.takes_letters,
        "open_data": each.open_data,
        "message_of_the_team": each.message,
        "nominated_on": each.made_on.isoformat(),
        "published_on": each.published_on.isoformat() if each.published_on else None,
        "last_said_right_on": each.right_on.isoformat() if each.right_on else None,
        "consents": [
            {"version": row.version, "on": row.given_on.isoformat(), "channel": row.channel, "note": row.note}
            for row in each.consents.all()
        ],
    }


personal_data.register(Innovators())
personal_data.forgets(Innovator, remove)
