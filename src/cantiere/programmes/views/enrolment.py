"""Taking a seat, giving it up, saying that one came; the same on a phone without script."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from cantiere.foundation.accounts.http import Request, SignedIn
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.access import requires
from cantiere.foundation.core.limits import limited
from cantiere.foundation.core.once import submit
from cantiere.foundation.notices import topics
from cantiere.foundation.notices.models import Subscription
from cantiere.programmes import actions, queries
from cantiere.programmes.forms import DoorForm, EnrolForm
from cantiere.programmes.models import Activity, Appointment, Enrolment
from cantiere.programmes.queries import EnrolmentView

State = Enrolment.State


@requires("programmes.act", Activity)
@limited("take-part")
@never_cache
def enrol(request: Request, activity: Activity) -> HttpResponse:
    """Take a seat, ask for one, or join the waiting list."""
    person, view = _mine(request, activity)
    if view.state not in {"", State.LAPSED}:
        return redirect(activity)
    is_hybrid = activity.appointments.filter(mode=Appointment.Mode.HYBRID).exists()
    form = EnrolForm(request.POST or None, is_hybrid=is_hybrid)

    def act() -> str:
        given = form.cleaned_data
        enrolment = actions.enrol(
            activity=activity, person=person, online=given.get("online", False), note=given["note"]
        )
        messages.success(request, _welcome(enrolment))
        return activity.get_absolute_url()

    return _page(request, "programmes/enrol.html", view, form, act)


@requires("programmes.act", Activity)
@limited("take-part")
@never_cache
def withdraw(request: Request, activity: Activity) -> HttpResponse:
    """Give up one's seat, one's request or one's place in the list."""
    _person, view = _mine(request, activity)
    if view.enrolment is None or not view.may_withdraw:
        return redirect(activity)
    enrolment = view.enrolment

    def act() -> str:
        actions.withdraw(enrolment=enrolment)
        messages.success(request, gettext("Done. Thank you for telling us: someone else can come."))
        return activity.get_absolute_url()

    return _page(request, "programmes/withdraw.html", view, forms.Form(request.POST or None), act)


@requires("programmes.act", Activity)
@limited("take-part")
@never_cache
def accept_offer(request: Request, activity: Activity) -> HttpResponse:
    """Take the seat that is kept for a while."""
    _person, view = _mine(request, activity)
    if view.enrolment is None or view.state not in {State.OFFERED, State.LAPSED}:
        return redirect(activity)
    enrolment = view.enrolment

    def act() -> str:
        actions.accept_offer(enrolment=enrolment)
        messages.success(request, gettext("The seat is yours. See you there!"))
        return activity.get_absolute_url()

    return _page(request, "programmes/accept_offer.html", view, forms.Form(request.POST or None), act)


@requires("programmes.act", Activity)
@limited("attendance")
@never_cache
def check_in(request: Request, activity: Activity) -> HttpResponse:
    """Type the code shown at the door; the drawn code on the team's page opens this with it filled in."""
    person, view = _mine(request, activity)
    form = DoorForm(request.POST or None, initial={"code": request.GET.get("codice", "")})

    def act() -> str:
        actions.check_in_with_code(activity=activity, person=person, code=form.cleaned_data["code"])
        messages.success(request, gettext("Welcome! We noted that you are here."))
        return activity.get_absolute_url()

    return _page(request, "programmes/check_in.html", view, form, act)


@requires("accounts.own")
@never_cache
def mine(request: SignedIn) -> HttpResponse:
    """What I am enrolled in, what waits for me, my calendar, what I follow."""
    followed = Subscription.objects.filter(person=request.person).values_list("topic", flat=True)
    seen = topics.seen_by(request.person, [key for key in followed if key.startswith("programme:")])
    words = {
        "mine": queries.mine(request.person),
        "followed": sorted(seen.values(), key=lambda topic: topic.title),
        "feed_key": request.person.feed_key,
    }
    return render(request, "programmes/mine.html", words)


def _mine(request: Request, activity: Activity) -> tuple[Person, EnrolmentView]:
    """Who asks, and where they stand; an activity in which nobody enrols has no such page."""
    person = cast("Person", request.person)
    view = queries.enrolment_view(activity, person)
    if view is None:
        raise Http404
    return person, view


def _page(
    request: Request, template: str, view: EnrolmentView, form: forms.BaseForm, act: Callable[[], str]
) -> HttpResponse:
    """The form, or what came of sending it."""
    if request.method == "POST":
        done = submit(request, form, act)
        if done is not None:
            return done
    words: dict[str, Any] = {"activity": view.activity, "enrolment": view, "form": form}
    return render(request, template, words, status=422 if request.method == "POST" else 200)


def _welcome(enrolment: Enrolment) -> str:
    return {
        State.CONFIRMED: gettext("The seat is yours. We sent you an e-mail with the details."),
        State.REQUESTED: gettext("We have your request. The team answers you by e-mail."),
        State.WAITING: gettext("You are in the waiting list. We write to you as soon as a seat is free."),
    }.get(State(enrolment.state), gettext("You were already enrolled."))
