"""Writing to an innovator: the address is never shown, and nothing is kept once the letter went out."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cantiere.activities.innovators.actions import mails
from cantiere.activities.innovators.models import Innovator, Letter
from cantiere.foundation.accounts.addresses import normal
from cantiere.foundation.core import log
from cantiere.foundation.core.keys import digest_of, new_key

MOST_WAITING = 5


@transaction.atomic
def write_letter(*, innovator: Innovator, name: str, email: str, text: str) -> Letter:
    """Take a letter and ask its writer to confirm the address."""
    if not (innovator.is_public and innovator.takes_letters and innovator.email):
        raise ValidationError(_("This innovator takes no letters."))
    email = normal(email)
    if Letter.objects.filter(email=email).count() >= MOST_WAITING:
        raise ValidationError(
            _("Too many messages wait for your confirmation: open the letters we sent you.")
        )
    key = new_key()
    letter = Letter.objects.create(
        innovator=innovator, name=name, email=email, text=text, digest=digest_of(key)
    )
    log.record(by=None, verb="innovators.write_letter", target=innovator)
    mails.confirm_letter(letter, key)
    return letter


@transaction.atomic
def send_letter(*, letter: Letter) -> None:
    """Send it on and forget it."""
    log.record(by=None, verb="innovators.send_letter", target=letter.innovator)
    mails.forward(letter)
    letter.delete()
