"""What every page of the workspace shares: its doors, its way back, and how a refusal is told."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cantiere.foundation.accounts.http import SignedIn
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.access import can
from cantiere.foundation.core.once import once
from cantiere.programmes import additions
from cantiere.programmes.models import Activity, Programme
from cantiere.programmes.queries import standing_of

Words = str | Promise


@dataclass(frozen=True)
class Door:
    """A link at the side."""

    label: Words
    url: str
    current: bool
    icon: str = ""
    count: int | None = None


# (address, name, icon, rule)
PROGRAMME_DOORS = (
    ("workspace", gettext_lazy("To do and outline"), "it-list", "programmes.work"),
    ("settings", gettext_lazy("Description"), "it-pencil", "programmes.edit"),
    ("partners", gettext_lazy("Partners"), "it-share", "programmes.edit"),
    ("team", gettext_lazy("Team"), "it-user", "programmes.work"),
    ("changes", gettext_lazy("Changes"), "it-refresh", "programmes.publish"),
    ("publish", gettext_lazy("Publish"), "it-presentation", "programmes.publish"),
    ("history", gettext_lazy("History"), "it-clock", "programmes.work"),
    ("copy", gettext_lazy("Make a copy"), "it-copy", "programmes.publish"),
)


def frame(person: Person, programme: Programme, current: str, *crumbs: tuple[str, str]) -> dict[str, object]:
    """The context of a workspace page: ``current`` is the door it stands behind, ``crumbs`` come after."""
    side = [
        Door(label, reverse(f"programmes:{name}", args=[programme.slug]), name == current, icon)
        for name, label, icon, rule in PROGRAMME_DOORS
        if can(person, rule, programme)
    ]
    side += [
        Door(door.label, reverse(door.name, args=[programme.slug]), door.name == current, door.icon)
        for door in additions.programme_doors()
        if can(person, door.rule, programme)
    ]
    home = reverse("programmes:workspace", args=[programme.slug]) if side else programme.get_absolute_url()
    way = [(_("Workspace"), reverse("programmes:workspaces")), (programme.title, home), *crumbs]
    if not crumbs:
        way = [*way[:-1], (programme.title, "")]
    return {"programme": programme, "standing": standing_of(programme), "side": side, "crumbs": way}


# (address, name, rule); the kind's own form and the public page stand before these.
ACTIVITY_DOORS = (
    ("enrolments", gettext_lazy("Enrolments"), "programmes.run_activity"),
    ("activity_outcome", gettext_lazy("What came of it"), "programmes.edit_activity"),
    ("activity_publish", gettext_lazy("Publish"), "programmes.publish_activity"),
    ("activity_copy", gettext_lazy("Copy"), "programmes.edit_activity"),
)


def activity_frame(
    person: Person, activity: Activity, current: str = "edit", *crumbs: tuple[str, str]
) -> dict[str, object]:
    """The context of a page about one activity, for kinds too: their form stands behind the door ``edit``."""
    context = frame(person, activity.programme, "", *_way(person, activity, current, crumbs))
    doors = []
    if can(person, "programmes.edit_activity", activity):
        doors.append(Door(_("Prepare"), activity.edit_url, current == "edit"))
    doors += [
        Door(label, reverse(f"programmes:{name}", args=[activity.slug]), name == current)
        for name, label, rule in ACTIVITY_DOORS
        if can(person, rule, activity) and (name != "enrolments" or hasattr(activity, "enrolment_rules"))
    ]
    doors += [
        Door(door.label, reverse(door.name, args=[activity.slug]), door.name == current)
        for door in additions.activity_doors()
        if can(person, door.rule, activity)
    ]
    return {**context, "activity": activity, "doors": doors}


def _way(
    person: Person, activity: Activity, current: str, crumbs: tuple[tuple[str, str], ...]
) -> list[tuple[str, str]]:
    if current == "edit" and not crumbs:
        return [(activity.title, "")]
    may_edit = can(person, "programmes.edit_activity", activity)
    home = activity.edit_url if may_edit else reverse("programmes:enrolments", args=[activity.slug])
    return [(activity.title, home), *crumbs]


def attempt(request: HttpRequest, act: Callable[[], str], back: str) -> HttpResponse:
    """Do what a button asks, once; a refusal is told on the page one comes from."""
    try:
        return once(request, act)
    except ValidationError as refused:
        for message in refused.messages:
            messages.error(request, message)
        return HttpResponseRedirect(back)


def done(request: HttpRequest, words: Words, address: str) -> str:
    """Say that it is done, and go."""
    messages.success(request, str(words))
    return address


@dataclass(frozen=True)
class Asked:
    """What is asked before something is taken away."""

    heading: str
    text: str
    yes: str


def ask_first(
    request: SignedIn,
    programme: Programme,
    asked: Asked,
    act: Callable[[], str],
    back: str,
    *crumbs: tuple[str, str],
    door: str = "workspace",
) -> HttpResponse:
    """A page that asks, and what is done when the answer is yes; ``back`` is where one comes from."""
    if request.method == "POST":
        return attempt(request, act, back)
    words = {
        **frame(request.person, programme, door, *crumbs, (asked.heading, "")),
        "heading": asked.heading,
        "asked": asked,
        "cancel_url": back,
    }
    return TemplateResponse(request, "programmes/workspace/confirm.html", words)


def outline_of(programme: Programme, anchor: str = "outline") -> str:
    """The outline, at one of its lines."""
    return f"{reverse('programmes:workspace', args=[programme.slug])}#{anchor}"
