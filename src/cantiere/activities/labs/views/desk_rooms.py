"""Beside the desk: people, who sits where, one group from within, what is typed from paper.

An address that names no block or group of this laboratory (any longer) leads back to the desk.
"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from cantiere.activities.labs.actions import Chair
from cantiere.activities.labs.models import Lab
from cantiere.activities.labs.queries import seats, tables
from cantiere.activities.labs.queries.desk import Desk
from cantiere.activities.labs.questions.words import PHONE
from cantiere.activities.labs.views import photos
from cantiere.activities.labs.views.desk import at_the_desk, chair_of, here
from cantiere.engine.voting.questions import STANCES
from cantiere.foundation.accounts.http import SignedIn
from cantiere.foundation.core.access import requires
from cantiere.foundation.core.sheets import write_csv

BLOCK, GROUP = "blocco", "gruppo"  # what a page is about, in its address
FIELDS = {
    "words": "lines",
    "ideas": "lines",
    "pin": "lines",
    "points": "points",
    "ranking": "places",
    "statements": "stances",
}


def _page(request: SignedIn, chair: Chair, hall: str, title: str) -> dict[str, Any]:
    """The desk's state, and the way back to it."""
    lab = chair.lab
    desk = _("Rehearsal") if chair.rehearsal else _("Desk")
    crumbs = [(lab.activity.title, lab.activity.edit_url), (desk, here(lab, hall)), (title, "")]
    return at_the_desk(request, chair, hall) | {"crumbs": crumbs}


@requires("labs.run", Lab)
@never_cache
def desk_people(request: SignedIn, lab: Lab, hall: str) -> HttpResponse:
    """Everybody in the room, and the way out."""
    chair = chair_of(request, lab, hall)
    context = _page(request, chair, hall, _("People and groups"))
    return render(request, "labs/desk/people.html", context | {"people": seats.rows(context["desk"])})


@requires("labs.run", Lab)
@never_cache
def desk_seating(request: SignedIn, lab: Lab, hall: str) -> HttpResponse:
    """The groups of a block, before it begins or while it runs."""
    chair = chair_of(request, lab, hall)
    found = seats.seating(chair, hall, request.GET.get(BLOCK, ""))
    if found is None:
        return redirect(here(lab, hall))
    return render(
        request, "labs/desk/seating.html", _page(request, chair, hall, _("Who sits where")) | vars(found)
    )


@requires("labs.run", Lab)
@never_cache
def desk_seating_table(request: SignedIn, lab: Lab, hall: str) -> HttpResponse:
    """The same as a table."""
    found = seats.seating(chair_of(request, lab, hall), hall, request.GET.get(BLOCK, ""))
    if found is None:
        return redirect(here(lab, hall))
    heads = [_("Group"), _("Name"), _("Municipality"), _("On whose behalf")]
    rows = (
        (group["name"], person.name, person.place, str(person.kind))
        for group in found.groups
        for person in group["people"]
    )
    response = HttpResponse(b"".join(write_csv(heads, rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="gruppi.csv"'
    return response


@requires("labs.run", Lab)
@never_cache
def desk_table(request: SignedIn, lab: Lab, hall: str) -> HttpResponse:
    """One group, for whoever sits there to help it."""
    chair = chair_of(request, lab, hall)
    group = request.GET.get(GROUP, "")
    row = lab.groups.filter(key=group).first()
    if row is None:
        return redirect(here(lab, hall))
    context = _page(request, chair, hall, row.name)
    context["group"] = _card(context["desk"], group) or {"key": group, "name": row.name, "paper": row.paper}
    renew = reverse("labs:desk_ticket", kwargs={"lab": lab.activity.slug, "hall": hall})
    context["board"] = tables.board(
        context["desk"], group, ticket=context["ticket"], renew=renew, photos=photos.desk_addresses(lab, hall)
    )
    part = "labs/desk/_table.html" if request.headers.get("HX-Request") else "labs/desk/table.html"
    return render(request, part, context)


def _card(desk: Desk, key: str) -> dict[str, Any] | None:
    return next((group for group in desk.groups if group["key"] == key), None)


@requires("labs.run", Lab)
@never_cache
def desk_paper(request: SignedIn, lab: Lab, hall: str) -> HttpResponse:
    """Type in what a table wrote on paper, or how many hands were raised in the hall."""
    chair = chair_of(request, lab, hall)
    found = seats.asked(chair, request.GET.get(BLOCK, ""))
    if found is None:
        return redirect(here(lab, hall))
    asks = found["asks"]
    kind = FIELDS.get(asks, "hands")
    context = _page(request, chair, hall, _("On paper or by hands"))
    names = {group["key"]: group["name"] for group in context["desk"].frame["groups"]}
    typed = [{**each, "group_name": names.get(each["group"], _("the hall"))} for each in seats.typed(found)]
    context |= {
        "piece": found, "kind": kind, "field": "hands" if kind == "hands" else "points", "typed": typed,
        "options": seats.options(found), "chosen": request.GET.get("tavolo", ""),
        "stances": [(each, PHONE[each]) for each in STANCES],
        "groups": [{"key": key, "name": name} for key, name in names.items()],
    }  # fmt: skip
    return render(request, "labs/desk/paper.html", context)
