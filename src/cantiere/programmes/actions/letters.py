"""What is written to those who enrolled, each in their own language."""

from collections.abc import Callable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import override

from cantiere.foundation.notices import actions as notices
from cantiere.foundation.ui import dates
from cantiere.programmes.actions.telling import tell_enrolled
from cantiere.programmes.models import Activity, Appointment, Enrolment

State = Enrolment.State


def at(moment: datetime) -> str:
    """«venerdì 12 giugno 2026 alle 18»: never relative, for a letter is read when it is read."""
    day = timezone.localtime(moment).date()
    return _("{day} at {hour}").format(day=dates.full_day(day), hour=dates.hour(moment))


def tell_state(enrolment: Enrolment) -> None:
    """Where the enrolment stands now, and what one can do."""
    activity, person, state = enrolment.activity, enrolment.person, State(enrolment.state)
    offer = reverse("programmes:accept_offer", args=[activity.slug])
    with override(person.language):
        notices.tell_person(
            person=person,
            once=f"enrolment:{enrolment.pk}:{state}:{timezone.now().timestamp()}",
            title=_title(state).format(title=activity.title),
            text=_text(enrolment),
            address=offer if state == State.OFFERED else activity.get_absolute_url(),
            urgent=True,
        )


def tell_cancelled(activity: Activity) -> None:
    """It is not held, and why."""
    _tell_all(
        activity,
        once=f"cancelled:{activity.pk}",
        title=lambda: _("Cancelled: {title}").format(title=activity.title),
        text=lambda: activity.cancelled_why,
    )


def tell_moved(appointment: Appointment, *, before: datetime, why: str) -> None:
    """It is held at another time, or in another way; ``before`` is when it was to begin."""
    activity, moved = appointment.activity, before != appointment.starts

    def title() -> str:
        return (_("New date: {title}") if moved else _("Changed: {title}")).format(title=activity.title)

    def text() -> str:
        if moved:
            news = _(
                "It is held on {when}, not on {before}. Your seat is yours. If you cannot come, give it up."
            )
        else:
            news = _("There is news about {when}. Look at the page before you come.")
        return f"{why} {news.format(when=at(appointment.starts), before=at(before))}".strip()

    _tell_all(activity, once=f"moved:{appointment.pk}:{appointment.version}", title=title, text=text)


def tell_dropped(appointment: Appointment) -> None:
    """One of its appointments is no longer held."""
    activity = appointment.activity
    _tell_all(
        activity,
        once=f"dropped:{appointment.pk}",
        title=lambda: _("Changed: {title}").format(title=activity.title),
        text=lambda: _("The appointment of {when} is no longer held.").format(when=at(appointment.starts)),
    )


def tell_place(activity: Activity) -> None:
    """It is held somewhere else."""
    _tell_all(
        activity,
        once=f"place:{activity.pk}:{timezone.now().timestamp()}",
        title=lambda: _("New place: {title}").format(title=activity.title),
        text=lambda: _("It is held here: {place}.").format(place=where(activity)),
    )


def where(activity: Activity) -> str:
    """Room, address and town in one line."""
    return ", ".join(filter(None, [activity.place_note, activity.place.name if activity.place else ""]))


def _title(state: State) -> str:
    return {
        State.REQUESTED: _("We have your request: {title}"),
        State.CONFIRMED: _("You have a seat: {title}"),
        State.WAITING: _("You are in the waiting list: {title}"),
        State.OFFERED: _("A seat is free for you: {title}"),
        State.WITHDRAWN: _("You gave up your seat: {title}"),
        State.DECLINED: _("No seat for you: {title}"),
        State.LAPSED: _("The offered seat is gone: {title}"),
    }[state]


def _text(enrolment: Enrolment) -> str:
    until = at(enrolment.offered_until) if enrolment.offered_until else ""
    return {
        State.REQUESTED: _("The team reads each request. You get the answer by e-mail."),
        State.CONFIRMED: _(
            "We expect you. If you cannot come, give up your seat: someone else may be waiting."
        ),
        State.WAITING: _("All seats are taken. We write to you as soon as one is free."),
        State.OFFERED: _("The seat is yours until {until}. Take it from this page.").format(until=until),
        State.WITHDRAWN: _("You can enrol again whenever you want."),
        State.DECLINED: _("We cannot give you a seat. The reason: {reason}").format(reason=enrolment.reason),
        State.LAPSED: _("The time to take it is over. You can enrol again: you go to the end of the list."),
    }[State(enrolment.state)]


def _tell_all(activity: Activity, *, once: str, title: Callable[[], str], text: Callable[[], str]) -> None:
    tell_enrolled(activity=activity, once=once, title=lazy(title, str)(), text=lazy(text, str)())
