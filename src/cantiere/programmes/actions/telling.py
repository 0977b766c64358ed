"""Telling those who enrolled in an activity, and those who took part."""

from django.db import transaction
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import override

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.notices import actions as notices
from cantiere.programmes.models import Activity, Enrolment

Words = str | Promise


@transaction.atomic
def tell_enrolled(*, activity: Activity, once: str, title: Words, text: Words) -> None:
    """A word to each person whose enrolment stands, in their language: give lazy words.

    ``once`` names the event as in ``notices.tell``: whoever also follows the programme hears of it once.
    """
    enrolments = activity.enrolments.current().select_related("person").order_by("pk")
    for enrolment in enrolments:
        _tell(enrolment.person, activity, once, title, text)


@transaction.atomic
def tell_present(*, activity: Activity, once: str, title: Words, text: Words) -> None:
    """A word to each person with a confirmed seat, and to those who took part without one; as above."""
    confirmed = activity.enrolments.filter(state=Enrolment.State.CONFIRMED).values("person")
    came = activity.participations.exclude(person=None).values("person")
    for person in Person.objects.filter(Q(pk__in=confirmed) | Q(pk__in=came)).order_by("pk"):
        _tell(person, activity, once, title, text)


def _tell(person: Person, activity: Activity, once: str, title: Words, text: Words) -> None:
    with override(person.language):
        notices.tell_person(
            person=person,
            once=once,
            title=str(title),
            text=str(text),
            address=activity.get_absolute_url(),
            urgent=True,
        )
