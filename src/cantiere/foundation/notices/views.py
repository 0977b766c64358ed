"""One's notices, what one follows, and the address in mails that stops them."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.access import actor, public, requires
from cantiere.foundation.core.once import once
from cantiere.foundation.notices import actions, less, topics
from cantiere.foundation.notices.forms import FollowForm, LessForm, RhythmForm
from cantiere.foundation.notices.models import Notice, Preference, Rhythm, Subscription

PER_PAGE = 20


def _person(request: HttpRequest) -> Person:
    return cast("Person", actor(request))


@requires("notices.own")
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """My notices, how often mail comes, and what I follow."""
    person = _person(request)
    preference = Preference.objects.filter(person=person).first() or Preference(person=person)
    return _page(request, RhythmForm(instance=preference))


def _page(request: HttpRequest, form: RhythmForm, status: int = 200) -> HttpResponse:
    person = _person(request)
    own = Notice.objects.filter(person=person)
    follows = list(Subscription.objects.filter(person=person).values_list("topic", flat=True))
    told = own.exclude(topic="").order_by().values_list("topic", flat=True).distinct()
    seen = topics.seen_by(person, {*follows, *told})
    # What may no longer be seen is told no more.
    shown = own.filter(Q(topic="") | Q(topic__in=seen)).order_by("-day", "-pk")
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    words = {
        "page": page,
        "rows": [(notice, seen.get(notice.topic)) for notice in page],
        "unread": shown.unread().count(),
        "followed": sorted((seen[key] for key in follows if key in seen), key=lambda topic: topic.title),
        "form": form,
    }
    return render(request, "notices/mine.html", words, status=status)


@requires("notices.own")
@require_POST
def rhythm(request: HttpRequest) -> HttpResponse:
    """Change how often mail comes."""
    person = _person(request)
    form = RhythmForm(request.POST, instance=Preference(person=person))
    if not form.is_valid():
        return _page(request, form, status=422)

    def act() -> str:
        actions.set_rhythm(person=person, rhythm=form.cleaned_data["rhythm"])
        messages.success(request, gettext("Saved: from now on mail comes as you asked."))
        return reverse("notices:mine")

    return once(request, act)


@requires("notices.own")
@require_POST
def follow(request: HttpRequest) -> HttpResponse:
    """Begin or stop following a topic; one that may not be seen does not exist."""
    person = _person(request)
    form = FollowForm(request.POST)
    if not form.is_valid():
        raise Http404
    key, starts = form.cleaned_data["topic"], form.cleaned_data["follow"] == "yes"
    topic = topics.seen_by(person, [key]).get(key)
    if topic is None and (starts or not Subscription.objects.follows(person, key)):
        raise Http404
    title = topic.title if topic else ""

    def act() -> str:
        if starts:
            actions.follow(person=person, topic=key)
            messages.success(request, gettext("You follow %(title)s.") % {"title": title})
        else:
            actions.unfollow(person=person, topic=key)
            messages.success(request, gettext("You no longer follow %(title)s.") % {"title": title})
        back = form.cleaned_data["back"]
        safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
        return back if safe else reverse("notices:mine")

    return once(request, act)


@requires("notices.read", Notice)
@require_POST
def read(request: HttpRequest, notice: Notice) -> HttpResponse:
    """Take note of one notice."""

    def act() -> str:
        actions.read(notices=[notice])
        return reverse("notices:mine")

    return once(request, act)


@requires("notices.own")
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Take note of all."""

    def act() -> str:
        actions.read_all(person=_person(request))
        return reverse("notices:mine")

    return once(request, act)


@public
@csrf_exempt  # the signed word in the address is the proof; mail programs post without cookies (RFC 8058)
@never_cache
def fewer(request: HttpRequest, token: str) -> HttpResponse:
    """Get less mail, without signing in: a question for people, one click for mail programs."""
    wish = less.wish(token)
    if wish is None:
        raise Http404
    topic = topics.seen_by(wish.person, [wish.topic]).get(wish.topic)
    if request.method != "POST":
        return render(request, "notices/less.html", {"topic": topic, "done": "done" in request.GET})
    if request.POST.get("List-Unsubscribe") == "One-Click":
        _lessen(wish, "unfollow" if wish.topic else Rhythm.NEVER.value)
        return HttpResponse("", content_type="text/plain")
    form = LessForm(request.POST)
    if not form.is_valid():
        raise SuspiciousOperation("No such wish.")

    def act() -> str:
        _lessen(wish, form.cleaned_data["choice"])
        return f"{request.path}?done"

    return once(request, act)


def _lessen(wish: less.Wish, choice: str) -> None:
    if choice == "unfollow":
        actions.unfollow(person=wish.person, topic=wish.topic)
    else:
        actions.set_rhythm(person=wish.person, rhythm=choice)
