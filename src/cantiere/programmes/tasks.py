"""What programmes do by the clock."""

from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from cantiere.foundation.core.clock import every
from cantiere.foundation.notices import actions as notices
from cantiere.programmes import actions
from cantiere.programmes.models import Activity, Appointment, Enrolment


@every(minutes=5)
def lapse_offers() -> None:
    """Seats offered and not taken in time go to the next."""
    now = timezone.now()
    late = Enrolment.objects.filter(state=Enrolment.State.OFFERED, offered_until__lte=now)
    for activity in Activity.objects.filter(pk__in=late.values("activity")):
        actions.lapse_offers(activity=activity, now=now)


@every(hours=1)
def remind() -> None:
    """The day before an appointment, a word to those who have a seat."""
    now = timezone.now()
    tomorrow = Appointment.objects.filter(
        starts__gt=now, starts__lte=now + timedelta(hours=26), activity__cancelled_on__isnull=True
    )
    for appointment in tomorrow.select_related("activity__programme"):
        confirmed = appointment.activity.enrolments.filter(state=Enrolment.State.CONFIRMED)
        for enrolment in confirmed.select_related("person"):
            with override(enrolment.person.language):
                when = date_format(timezone.localtime(appointment.starts), "l j F, H:i")
                notices.tell_person(
                    person=enrolment.person,
                    once=f"reminder:{appointment.pk}:{appointment.version}:{enrolment.person_id}",
                    title=_("Tomorrow: {title}").format(title=appointment.activity.title),
                    text=_("We expect you on {when}. If you cannot come, give up your seat.").format(when=when),
                    address=appointment.activity.get_absolute_url(),
                    urgent=True,
                )
