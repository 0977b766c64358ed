"""What every step of an innovator's way does: the state, the words to search, the entry in the index."""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cantiere.activities.innovators.models import Departure, Innovator, InnovatorMap, Refusal
from cantiere.activities.innovators.queries.found import findable, key_of
from cantiere.engine.words import words
from cantiere.foundation.core import personal_data
from cantiere.foundation.core.edit import apply, free_slug
from cantiere.foundation.core.richtext import plain
from cantiere.foundation.notices import actions as notices
from cantiere.foundation.search import actions as search

State = Innovator.State
TOLD = ("name", "organisation", "what", "offers", "needs", "interests")
PROFILE = {
    "kind", "name", "organisation", "place", "what", "story", "offers", "needs", "interests", "sectors",
    "picture", "picture_alt", "website",
}  # fmt: skip
CHOICES = {"searchable", "takes_letters", "open_data"}


def new_innovator(own: InnovatorMap, details: Mapping[str, object], **fields: Any) -> Innovator:
    """A row with its secret, its address and its words, not on the map."""
    made = Innovator(map=own, **fields)
    keep(made, details, allowed=PROFILE | {"reach"})
    return made


def keep(innovator: Innovator, details: Mapping[str, object], *, allowed: Collection[str]) -> list[str]:
    """Set what differs, with the address and the words to search that follow from it; what changed."""
    details = {name: value for name, value in details.items() if name in allowed}
    if details.get("picture") is False:  # the box that takes the picture away
        details["picture"] = ""
    if not innovator.slug or details.get("name", innovator.name) != innovator.name:
        innovator.slug = free_slug(Innovator, str(details["name"]))
    old = str(innovator.picture.name or "")
    told = [str(details.get(name, getattr(innovator, name))) for name in TOLD]
    told.append(plain(str(details.get("story", innovator.story))))
    innovator.folded = f" {' '.join(dict.fromkeys(words(' '.join(told))))} "
    changed = apply(innovator, details, allowed=allowed)
    if old and old != innovator.picture.name:
        _drop_file(innovator, old)
    return changed


def _drop_file(innovator: Innovator, name: str) -> None:
    storage = innovator.picture.storage
    transaction.on_commit(lambda: storage.delete(name))


def move(innovator: Innovator, state: State, **fields: Any) -> None:
    """To another state today; the index follows."""
    innovator.state, innovator.state_on = state, timezone.localdate()
    for name, value in fields.items():
        setattr(innovator, name, value)
    innovator.save(update_fields=["state", "state_on", *fields])
    show(innovator)


def show(innovator: Innovator) -> None:
    """Make it findable while it is public and wants to be; otherwise no longer.

    Nor is it told to followers while it is hidden.
    """
    if not innovator.is_public:
        _untell(innovator)
    if innovator.is_public and innovator.searchable:
        search.index(**findable(innovator))
    else:
        search.remove(key=key_of(innovator.pk))


def erase(innovator: Innovator, why: Departure.Why | None, *, refuse: bool = False) -> None:
    """Delete the row, its picture and its entry in the index, for good; only a day and a reason stay.

    ``refuse`` also keeps the digest of the address, so that no nomination writes to it again.
    """
    today = timezone.localdate()
    if why is not None:
        Departure.objects.create(map_id=innovator.map_id, why=why, on=today)
    if refuse and innovator.email:
        digest = Refusal.digest_of(innovator.map_id, innovator.email)
        Refusal.objects.get_or_create(map_id=innovator.map_id, digest=digest, defaults={"on": today})
    personal_data.note_forgotten(innovator)
    remove(innovator)


def remove(innovator: Innovator) -> None:
    """Take away the row, its picture, its entry in the index and the news of it."""
    if innovator.picture:
        _drop_file(innovator, str(innovator.picture.name))
    search.remove(key=key_of(innovator.pk))
    _untell(innovator)
    Innovator.objects.filter(pk=innovator.pk).delete()


def tell(innovator: Innovator) -> None:
    """To who follows the map: somebody new."""
    notices.tell(
        topic=innovator.map.topic,
        once=_told_once(innovator),
        title=_("New on the map: {name}").format(name=innovator.name),
        text=innovator.what,
        address=innovator.get_absolute_url(),
    )


def _untell(innovator: Innovator) -> None:
    if innovator.published_on is not None:
        notices.take_back(topic=innovator.map.topic, once=_told_once(innovator))


def _told_once(innovator: Innovator) -> str:
    return f"innovator-published:{innovator.pk}"


def has_refused(own: InnovatorMap, email: str) -> bool:
    """Whether this address asked not to be written to."""
    return Refusal.objects.filter(map=own, digest=Refusal.digest_of(own.pk, email)).exists()


def locked(innovator: Innovator) -> Innovator:
    """The row as it stands, while nobody else decides about it."""
    rows = Innovator.objects.select_for_update(of=("self",)).select_related(*Innovator.address_related)
    found = rows.filter(pk=innovator.pk).first()
    if found is None:
        raise ValidationError(_("This entry is no longer here."))
    return found
