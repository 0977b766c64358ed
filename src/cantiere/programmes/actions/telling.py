"""Telling those who enrolled in an activity."""

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import override

from cantiere.foundation.notices import actions as notices
from cantiere.programmes.models import Activity, Enrolment

Words = str | Promise


@transaction.atomic
def tell_enrolled(
    *, activity: Activity, once: str, title: Words, text: Words, only_confirmed: bool = False
) -> None:
    """A word to each person whose enrolment stands, in their language: give lazy words.

    ``once`` names the event as in ``notices.tell``: whoever also follows the programme hears of it once.
    """
    enrolments = activity.enrolments.current().select_related("person").order_by("pk")
    if only_confirmed:
        enrolments = enrolments.filter(state=Enrolment.State.CONFIRMED)
    for enrolment in enrolments:
        with override(enrolment.person.language):
            notices.tell_person(
                person=enrolment.person,
                once=once,
                title=str(title),
                text=str(text),
                address=activity.get_absolute_url(),
                urgent=True,
            )
