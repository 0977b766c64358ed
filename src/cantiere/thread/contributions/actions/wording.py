"""Correcting what is written; what it said before is kept."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.thread.contributions.actions.search import show_contribution
from cantiere.thread.contributions.actions.telling import tell_authors
from cantiere.thread.contributions.actions.writing import clean
from cantiere.thread.contributions.models import ANSWERS, Contribution, Wording


def locked(contribution: Contribution) -> Contribution:
    """The row as it is now, held until the transaction ends; refused when it was withdrawn."""
    rows = Contribution.objects.select_for_update(of=("self",)).select_related(
        "activity__programme", "person"
    )
    row = rows.get(pk=contribution.pk)
    if row.is_withdrawn:
        raise ValidationError(_("Who said it took it back: there is nothing left to change."))
    return row


@transaction.atomic
def correct(*, contribution: Contribution, text: str, by: Person | None = None, reason: str = "") -> bool:
    """Change the words, keeping the earlier ones; whether anything changed.

    With a ``reason`` it is the team that corrects, which the public page says; without, whoever said it,
    until there is an answer.
    """
    row, text = locked(contribution), clean(text)
    hand = Wording.Hand.TEAM if reason else Wording.Hand.AUTHOR
    if not text:
        raise ValidationError({"text": _("Nothing is written here yet.")})
    if hand == Wording.Hand.AUTHOR and row.steps.filter(kind__in=ANSWERS).exists():
        raise ValidationError(_("There is an answer to these words already: they stay as they are."))
    if row.text == text:
        return False
    Wording.objects.create(contribution=row, text=row.text, hand=hand, reason=reason)
    row.text = text
    row.save(update_fields=["text"])
    log.record(by=by, verb="contributions.correct", target=row, hand=hand.value)
    show_contribution(contribution=row)
    if hand == Wording.Hand.TEAM:
        tell_authors(
            [row],
            once=f"wording:{row.wordings.count()}",
            title=gettext_lazy("The team corrected the text of what you said"),
            text=reason,
        )
    contribution.text = text
    return True
