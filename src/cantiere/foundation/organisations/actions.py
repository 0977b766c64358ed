"""Adding and changing organisations."""

from django.db import transaction

from cantiere.engine.words import words
from cantiere.foundation.core import log
from cantiere.foundation.core.access import Actor
from cantiere.foundation.core.edit import apply, free_slug
from cantiere.foundation.organisations.models import Organisation

DETAILS = frozenset(
    {"name", "short_name", "legal_form", "place", "website", "ipa_code", "tax_code", "description"}
)
FOLDED = frozenset({"folded", "folded_short"})


def _folded(organisation: Organisation, details: dict[str, object]) -> dict[str, object]:
    """What is kept for finding it, beside what is kept for showing it."""
    name = str(details.get("name", organisation.name))
    short = str(details.get("short_name", organisation.short_name))
    return {**details, "folded": " ".join(words(name)), "folded_short": " ".join(words(short))}


@transaction.atomic
def create(*, by: Actor, name: str, **details: object) -> Organisation:
    """Add an organisation."""
    organisation = Organisation(slug=free_slug(Organisation, name))
    apply(organisation, _folded(organisation, {"name": name, **details}), allowed=DETAILS | FOLDED)
    log.record(by=by, verb="organisations.created", target=organisation)
    return organisation


@transaction.atomic
def update(*, by: Actor, organisation: Organisation, **details: object) -> Organisation:
    """Change what is named; its address stays, for others link to it."""
    changed = apply(organisation, _folded(organisation, details), allowed=DETAILS | FOLDED)
    if changed:
        fields = sorted(set(changed) - FOLDED)
        log.record(by=by, verb="organisations.updated", target=organisation, changed=fields)
    return organisation
