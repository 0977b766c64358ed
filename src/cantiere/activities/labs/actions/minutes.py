"""The draft of the minutes, made anew as long as nobody touched it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cantiere.activities.labs.models import Lab
from cantiere.activities.labs.models.lab import digest_of
from cantiere.activities.labs.queries.composing import composed
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log


@transaction.atomic
def draft(*, lab: Lab, again: bool = False, by: Person | None = None) -> bool:
    """Compose the minutes from what came out; ``again``: also where somebody had rewritten them."""
    if again and lab.ended_on is None:
        raise ValidationError(_("The laboratory has not ended: end it from the desk first."))
    if again and lab.minutes_on is not None:
        raise ValidationError(_("The minutes are published: make them a draft first."))
    if lab.minutes_on is not None:
        return False
    if lab.minutes and not again and not lab.minutes_as_composed:
        return False
    lab.minutes = composed(lab)
    lab.draft_digest = digest_of(lab.minutes)
    lab.save(update_fields=["minutes", "draft_digest"])
    if by is not None:
        log.record(by=by, verb="labs.draft_minutes", target=lab)
    return True
