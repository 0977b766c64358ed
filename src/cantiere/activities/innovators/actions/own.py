"""What innovators do with their own entry, through their secret link."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from cantiere.activities.innovators import consent
from cantiere.activities.innovators.actions import mails
from cantiere.activities.innovators.actions.keeping import CHOICES, PROFILE, erase, keep, locked, move
from cantiere.activities.innovators.models import Departure, Innovator, PublicationConsent
from cantiere.foundation.core import log

State = Innovator.State
BEGINNING = {State.UNCONFIRMED, State.TO_REACH, State.INVITED}


@transaction.atomic
def save_profile(
    *, innovator: Innovator, details: Mapping[str, object], agrees: bool, words: str = ""
) -> None:
    """Keep what they wrote. With their consent the entry goes to the team, or stays on the map.

    ``words`` are those of the consent as they were read. On the map a change shows at once, and the team is
    asked to look at it.
    """
    innovator = locked(innovator)
    if innovator.state == State.DECLINED:
        raise ValidationError(_("This entry was not published and can no longer be changed."))
    changed = keep(innovator, details, allowed=PROFILE | CHOICES)
    if changed:
        log.record(by=None, verb="innovators.save_profile", target=innovator, changed=changed)
    if agrees and innovator.consented_on is None:
        _agree(innovator, words)
    state, today = State(innovator.state), timezone.localdate()
    if state == State.UNCONFIRMED:
        move(innovator, State.INVITED, language=get_language() or "it")
        state = State.INVITED
    if state in BEGINNING | {State.CHANGES} and innovator.consented_on is not None:
        _hand_in(innovator)
    elif state in {State.PUBLISHED, State.STALE}:
        move(innovator, State.PUBLISHED, right_on=today, asked=0, asked_on=None,
             to_reread=innovator.to_reread or bool(changed))  # fmt: skip
        if changed:
            _ask_to_read(innovator, gettext_noop("Somebody changed their entry: {map}"))


def _agree(innovator: Innovator, words: str) -> None:
    today = timezone.localdate()
    PublicationConsent.objects.create(
        innovator=innovator,
        version=consent.VERSION,
        text_hash=consent.digest(words or consent.words(innovator.map)),
        given_on=today,
        channel=PublicationConsent.Channel.WEB,
    )
    innovator.consented_on = today
    innovator.save(update_fields=["consented_on"])
    log.record(by=None, verb="innovators.agree", target=innovator, version=consent.VERSION)


def _hand_in(innovator: Innovator) -> None:
    move(innovator, State.CURATION)
    _ask_to_read(innovator, gettext_noop("An entry to read: {map}"))


def _ask_to_read(innovator: Innovator, title: str) -> None:
    mails.tell_team(
        innovator.map,
        title=title,
        text=gettext_noop("Read it among the entries of the map."),
        once=f"to-read:{innovator.pk}:{timezone.localdate()}",
    )


@transaction.atomic
def still_right(*, innovator: Innovator) -> None:
    """All is as it was: on the map for another year, and back on it for who was hidden."""
    innovator = locked(innovator)
    if innovator.state not in {State.PUBLISHED, State.STALE}:
        raise ValidationError(_("This entry is not on the map."))
    move(innovator, State.PUBLISHED, right_on=timezone.localdate(), asked=0, asked_on=None)
    log.record(by=None, verb="innovators.still_right", target=innovator)


@transaction.atomic
def leave(*, innovator: Innovator) -> None:
    """Refuse, or withdraw: nothing of the entry stays, and no nomination writes to this address again."""
    innovator = locked(innovator)
    agreed = innovator.consented_on is not None
    log.record(by=None, verb="innovators.leave", target=innovator)
    erase(innovator, Departure.Why.WITHDRAWN if agreed else Departure.Why.REFUSED, refuse=True)
