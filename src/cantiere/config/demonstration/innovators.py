"""Fills the demonstration's map: entries through the actions, what lies in the past as rows."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.text import slugify

from cantiere.activities.innovators import actions
from cantiere.activities.innovators.models import Innovator, InnovatorMap, Nomination, PublicationConsent
from cantiere.config.demonstration.outline import Mapped, Tale
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.places.models import Place
from cantiere.programmes.models import Activity

State = Innovator.State
NOTE = "Cartella «Mappa», Provincia"


def open_map(*, by: Person, activity: Activity, told: Mapped, zero: date) -> None:
    """The map's own words and its call."""
    own = InnovatorMap.objects.select_related(*InnovatorMap.address_related).get(pk=activity.pk)
    row = {
        "summary": told.summary,
        "opens": _moment(zero + timedelta(days=told.opens)),
        "closes": _moment(zero + timedelta(days=told.closes)),
        "outcome": told.outcome,
    }
    actions.edit_map(by=by, own=own, row=row, details={"intro": told.intro})


def fill(*, by: Person, activity: Activity, told: Mapped, zero: date) -> None:
    """Its innovators, once the programme is public: nobody is on a map that nobody sees."""
    own = InnovatorMap.objects.select_related(*InnovatorMap.address_related).get(pk=activity.pk)
    for tale in told.tales:
        day = zero + timedelta(days=tale.day)
        if tale.stands in {State.PUBLISHED, State.CURATION}:
            _agreed(by, own, tale, day)
        else:
            _nominated(own, tale, day)


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))


def _details(tale: Tale) -> dict[str, object]:
    return {
        "kind": tale.kind,
        "name": tale.name,
        "organisation": tale.organisation,
        "place": Place.objects.find(tale.town, "PT")[0],
        "what": tale.what,
        "story": tale.story,
        "offers": "\n".join(tale.offers),
        "needs": "\n".join(tale.needs),
        "interests": tale.interests,
        "sectors": list(tale.sectors),
        "website": tale.website,
    }


def _agreed(by: Person, own: InnovatorMap, tale: Tale, day: date) -> None:
    """They agreed on paper; the address comes after, so that nobody invented is written to."""
    choices = {"searchable": True, "takes_letters": True, "open_data": True}
    today = timezone.localdate()
    innovator = actions.add_by_hand(
        by=by, own=own, details=_details(tale) | choices, email="", given_on=min(day, today), note=NOTE
    )
    if tale.by:
        Nomination.objects.create(
            innovator=innovator, by_name=tale.by, why=tale.why, made_on=day, confirmed_on=day
        )
    days: dict[str, object] = {"made_on": day, "consented_on": day, "state_on": day}
    if tale.stands == State.PUBLISHED:
        actions.publish(by=by, innovator=innovator)
        right = max(day, today - timedelta(days=(today - day).days % 300))
        days |= {"published_on": day + timedelta(days=3), "right_on": right}
    Innovator.objects.filter(pk=innovator.pk).update(email=f"{slugify(tale.name)}@example.org", **days)
    PublicationConsent.objects.filter(innovator=innovator).update(given_on=day)


def _nominated(own: InnovatorMap, tale: Tale, day: date) -> None:
    """Somebody nominated them; they have not agreed yet."""
    details = {name: value for name, value in _details(tale).items() if value}
    email = "" if tale.stands == State.TO_REACH else f"{slugify(tale.name)}@example.org"
    nomination = actions.nominate_other(
        own=own,
        details=details | {"email": email, "reach": tale.reach},
        nomination={"by_name": tale.by, "by_email": f"{slugify(tale.by)}@example.org", "why": tale.why},
    )
    actions.confirm_nomination(
        nomination=Nomination.objects.select_related(*Nomination.address_related).get(pk=nomination.pk)
    )
    Innovator.objects.filter(pk=nomination.innovator_id).update(made_on=day, state_on=day)
