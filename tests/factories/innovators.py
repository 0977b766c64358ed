"""Maps and innovators for tests, made through the actions."""

import re
from datetime import timedelta
from typing import Any

from django.utils import timezone

from cantiere.activities.innovators import actions
from cantiere.activities.innovators.models import Innovator, InnovatorMap, Nomination
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.models import Mail
from cantiere.foundation.places.models import Place
from cantiere.programmes.models import Programme
from tests.factories import programmes as make
from tests.factories.accounts import person as somebody
from tests.factories.places import place as some_place

State = Innovator.State
_KEY = r"([A-Za-z0-9_-]{43})/"


def innovator_map(
    programme: Programme | None = None,
    title: str = "",
    *,
    public: bool = True,
    is_open: bool = True,
    **own: Any,
) -> InnovatorMap:
    """A map with an open call, unless told otherwise."""
    now = timezone.now()
    opens = {"opens": now - timedelta(days=1), "closes": now + timedelta(days=30)} if is_open else {}
    made = make.activity(programme or make.programme(), title, kind="innovator_map", public=public, **opens)
    InnovatorMap.objects.filter(pk=made.pk).update(**{"intro": "Chi cambia le cose qui."} | own)
    return fresh_map(made.pk)


def fresh_map(pk: int) -> InnovatorMap:
    """The map as it stands now."""
    return InnovatorMap.objects.select_related(*InnovatorMap.address_related).get(pk=pk)


def fresh(innovator: Innovator) -> Innovator:
    """The innovator as they stand now."""
    return Innovator.objects.select_related(*Innovator.address_related).get(pk=innovator.pk)


def details(name: str = "Ada Filanti", place: Place | None = None, **changes: Any) -> dict[str, Any]:
    """What is told of an innovator."""
    return {
        "kind": Innovator.Kind.PERSON,
        "name": name,
        "place": place or Place.objects.filter(kind="municipality").first() or some_place(),
        "what": "Trasformo vecchi telai in strumenti musicali.",
    } | changes


def begun(own: InnovatorMap | None = None, email: str = "ada@example.org", **changes: Any) -> Innovator:
    """Somebody who nominated themselves and has not yet opened the letter."""
    own = own or innovator_map()
    actions.nominate_oneself(own=own, details=details(**changes), email=email)
    return fresh(own.innovators.order_by("-pk")[0])


def nominated(
    own: InnovatorMap | None = None, email: str = "ada@example.org", *, confirmed: bool = True, **changes: Any
) -> Innovator:
    """Somebody nominated by another, who confirmed unless told otherwise."""
    nomination = {"why": "La conosco dal mercato.", "by_name": "Nino Pratesi", "by_email": "nino@example.org"}
    said = {name: changes.pop(name) for name in ("may_name", "by_email", "by_name") if name in changes}
    row = actions.nominate_other(
        own=own or innovator_map(), details=details(email=email, **changes), nomination=nomination | said
    )
    if confirmed:
        confirm(row)
    return fresh(row.innovator)


def confirm(row: Nomination) -> None:
    """From the letter."""
    actions.confirm_nomination(
        nomination=Nomination.objects.select_related(*Nomination.address_related).get(pk=row.pk)
    )


def agreed(own: InnovatorMap | None = None, email: str = "ada@example.org", **changes: Any) -> Innovator:
    """Somebody who told their story, agreed, and waits for the team."""
    made = begun(own, email, **{name: changes[name] for name in ("name", "place") if name in changes})
    actions.save_profile(innovator=made, details=changes, agrees=True)
    return fresh(made)


def published(
    own: InnovatorMap | None = None, email: str = "ada@example.org", by: Person | None = None, **changes: Any
) -> Innovator:
    """Somebody on the map."""
    made = agreed(own, email, **changes)
    actions.publish(by=by or somebody(), innovator=made)
    return fresh(made)


def key_in(email: str, page: str) -> str:
    """The key in the last letter to an address that leads to a page."""
    for mail in Mail.objects.filter(to=email).order_by("-pk"):
        if found := re.search(rf"/{page}/{_KEY}", mail.text):
            return found[1]
    raise AssertionError(f"No letter to {email} leads to {page}.")
