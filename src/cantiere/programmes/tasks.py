"""What programmes do by the clock."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from cantiere.foundation.core.clock import every
from cantiere.foundation.notices import actions as notices
from cantiere.programmes import actions
from cantiere.programmes.actions.letters import at, where
from cantiere.programmes.models import Activity, Appointment, Enrolment

AHEAD = timedelta(hours=26)
"""A meeting at nine in the morning is recalled at seven the day before."""


@every(minutes=5)
def lapse_offers() -> None:
    """Seats offered and not taken in time go to the next."""
    now = timezone.now()
    late = Enrolment.objects.filter(state=Enrolment.State.OFFERED, offered_until__lte=now)
    waiting = Activity.objects.filter(pk__in=late.values("activity"), cancelled_on__isnull=True)
    for activity in waiting.order_by("pk"):
        actions.lapse_offers(activity=activity, now=now)


@every(hours=1)
def remind() -> None:
    """The day before an appointment, a word to those who have a seat; once, and again if it moves."""
    now = timezone.now()
    soon = Appointment.objects.filter(
        starts__gt=now,
        starts__lte=now + AHEAD,
        activity__cancelled_on__isnull=True,
        activity__published_at__isnull=False,
    )
    for appointment in soon.select_related("activity__programme", "activity__place"):
        confirmed = appointment.activity.enrolments.filter(state=Enrolment.State.CONFIRMED)
        for enrolment in confirmed.select_related("person"):
            _remind(appointment, enrolment)


def _remind(appointment: Appointment, enrolment: Enrolment) -> None:
    activity, person = appointment.activity, enrolment.person
    with override(person.language):
        text = _("We expect you on {when}. If you cannot come, give up your seat.").format(
            when=at(appointment.starts)
        )
        if place := where(activity):
            text = f"{text} {_('Where: {place}.').format(place=place)}"
        notices.tell_person(
            person=person,
            once=f"reminder:{appointment.pk}:{appointment.version}:{person.pk}",
            title=_("Reminder: {title}").format(title=activity.title),
            text=text,
            address=activity.get_absolute_url(),
            urgent=True,
        )
