"""What the team decides about an entry. Nobody is published without a consent, however the team got it."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from cantiere.activities.innovators import consent
from cantiere.activities.innovators.actions import mails
from cantiere.activities.innovators.actions.keeping import (
    CHOICES,
    PROFILE,
    erase,
    has_refused,
    keep,
    locked,
    move,
    new_innovator,
    show,
    tell,
)
from cantiere.activities.innovators.models import (
    Departure,
    Innovator,
    InnovatorMap,
    PublicationConsent,
)
from cantiere.foundation.accounts.addresses import normal
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log

State = Innovator.State
AGREED = {State.CURATION, State.CHANGES}
NOT_YET = {State.UNCONFIRMED, State.TO_REACH, State.INVITED}


@transaction.atomic
def publish(*, by: Person, innovator: Innovator) -> None:
    """Put it on the map: the innovator is told, whoever nominated is thanked and forgotten."""
    innovator = locked(innovator)
    if innovator.state == State.PUBLISHED:
        return
    if innovator.consented_on is None:
        raise ValidationError(_("They have not agreed yet: nobody is on the map without their consent."))
    if innovator.state not in AGREED:
        raise ValidationError(_("This entry waits for the innovator, not for you."))
    if not innovator.map.activity.is_public:
        raise ValidationError(_("The map is not public yet: publish it first."))
    today = timezone.localdate()
    move(innovator, State.PUBLISHED, published_on=innovator.published_on or today, right_on=today, asked=0,
         asked_on=None, to_reread=False, message="")  # fmt: skip
    log.record(by=by, verb="innovators.publish", target=innovator)
    mails.published(innovator)
    for nomination in innovator.nominations.select_related("innovator__map__activity__programme"):
        if nomination.by_email and nomination.confirmed_on is not None:
            mails.thank_nominator(nomination)
    forget_nominators(innovator)
    tell(innovator)


def forget_nominators(innovator: Innovator) -> None:
    """Who nominated is of no more use."""
    innovator.nominations.update(by_name="", by_email="", why="", may_name=False, digest=None)


@transaction.atomic
def ask_for_changes(*, by: Person, innovator: Innovator, message: str) -> None:
    """Ask for something else before it is on the map; what was on it is hidden meanwhile."""
    innovator = locked(innovator)
    if innovator.state not in AGREED | {State.PUBLISHED, State.STALE}:
        raise ValidationError(_("This entry waits for the innovator, not for you."))
    if not message.strip():
        raise ValidationError({"message": _("Say what to change: they read it in the letter.")})
    if not innovator.email:
        raise ValidationError(_("There is no e-mail to write to: change the entry yourselves."))
    move(innovator, State.CHANGES, message=message.strip())
    log.record(by=by, verb="innovators.ask_for_changes", target=innovator)
    mails.changes_asked(innovator)


@transaction.atomic
def decline(*, by: Person, innovator: Innovator, message: str) -> None:
    """Not on this map, and why. Who has not agreed yet is not written to: their entry is simply erased."""
    innovator = locked(innovator)
    log.record(by=by, verb="innovators.decline", target=innovator)
    if innovator.state in NOT_YET or not innovator.email:
        erase(innovator, Departure.Why.DECLINED)
        return
    if not message.strip():
        raise ValidationError({"message": _("Give the reason: they read it in the letter.")})
    move(innovator, State.DECLINED, message=message.strip())
    mails.declined(innovator)


@transaction.atomic
def take_up_again(*, by: Person, innovator: Innovator) -> None:
    """Look after all at what was not published: back among those to be read."""
    innovator = locked(innovator)
    if innovator.state != State.DECLINED:
        raise ValidationError(
            _("Meanwhile this entry is “%(state)s”: look at it again.")
            % {"state": innovator.get_state_display()}
        )
    move(innovator, State.CURATION, message="")
    log.record(by=by, verb="innovators.take_up_again", target=innovator)


@transaction.atomic
def edit_profile(*, by: Person, innovator: Innovator, details: Mapping[str, object]) -> None:
    """Change an entry; the innovator is told what changed and can change it back."""
    innovator = locked(innovator)
    if innovator.state in NOT_YET:
        details = {name: value for name, value in details.items() if name not in CHOICES}
    changed = keep(innovator, details, allowed=PROFILE | CHOICES | {"reach"})
    if not changed:
        return
    log.record(by=by, verb="innovators.edit_profile", target=innovator, changed=changed)
    show(innovator)
    if innovator.consented_on is not None:
        with override(innovator.language):
            fields = [Innovator._meta.get_field(name) for name in changed]
            labels = [str(getattr(field, "verbose_name", field.name)) for field in fields]
        mails.edited(innovator, labels)


@transaction.atomic
def add_by_hand(
    *, by: Person, own: InnovatorMap, details: Mapping[str, object], email: str, given_on: date, note: str
) -> Innovator:
    """Write an entry from a signed sheet; an address, if there is one, gets the link to change or leave."""
    if email and has_refused(own, email):
        raise ValidationError({"email": _("This address asked not to be written to about this map.")})
    made = new_innovator(own, details, email=normal(email) if email else "")
    keep(made, details, allowed=CHOICES)
    _on_paper(by, made, given_on, note)
    move(made, State.CURATION)
    log.record(by=by, verb="innovators.add_by_hand", target=made)
    mails.by_hand(made)
    return made


@transaction.atomic
def record_consent(*, by: Person, innovator: Innovator, given_on: date, note: str) -> None:
    """They signed a sheet: the entry can be published."""
    innovator = locked(innovator)
    if innovator.consented_on is not None:
        return
    _on_paper(by, innovator, given_on, note)
    move(innovator, State.CURATION)
    log.record(by=by, verb="innovators.record_consent", target=innovator)


def _on_paper(by: Person, innovator: Innovator, given_on: date, note: str) -> None:
    if given_on > timezone.localdate():
        raise ValidationError({"given_on": _("A consent cannot be of a day to come.")})
    PublicationConsent.objects.create(
        innovator=innovator,
        version=consent.VERSION,
        text_hash=consent.digest(consent.words(innovator.map)),
        given_on=given_on,
        channel=PublicationConsent.Channel.PAPER,
        note=note,
        by=by,
    )
    innovator.consented_on = given_on
    innovator.save(update_fields=["consented_on"])


@transaction.atomic
def invite(*, by: Person, innovator: Innovator, email: str) -> None:
    """The team found an address: the one letter goes out."""
    innovator = locked(innovator)
    if innovator.state != State.TO_REACH:
        raise ValidationError(_("They have already been written to."))
    if has_refused(innovator.map, email):
        raise ValidationError({"email": _("This address asked not to be written to about this map.")})
    if innovator.map.innovators.at(email).exists():
        raise ValidationError({"email": _("This address already has an entry on this map.")})
    move(innovator, State.INVITED, email=normal(email), reach="")
    log.record(by=by, verb="innovators.invite", target=innovator)
    mails.invite(innovator, innovator.nominations.filter(confirmed_on__isnull=False).first())


@transaction.atomic
def merge(*, by: Person, kept: Innovator, double: Innovator) -> None:
    """Two entries of the same: the nominations of the second go to the first, the rest is erased.

    A nomination not confirmed is erased too: nobody wrote it yet, and its link must not touch the first.
    """
    kept, double = locked(kept), locked(double)
    if kept.map_id != double.map_id or kept.pk == double.pk:
        raise ValidationError(_("These two entries are not on the same map."))
    if double.consented_on is not None and double.email != kept.email:
        raise ValidationError(_("Both have agreed, from different addresses: ask them which entry to keep."))
    double.nominations.filter(Q(own=True) | Q(confirmed_on__isnull=False)).update(innovator=kept)
    log.record(by=by, verb="innovators.merge", target=kept, double=double.pk)
    erase(double, None)


@transaction.atomic
def note_still_right(*, by: Person, innovator: Innovator) -> None:
    """They said in person that all is as it was."""
    innovator = locked(innovator)
    if innovator.state not in {State.PUBLISHED, State.STALE}:
        raise ValidationError(_("This entry is not on the map."))
    move(innovator, State.PUBLISHED, right_on=timezone.localdate(), asked=0, asked_on=None)
    log.record(by=by, verb="innovators.note_still_right", target=innovator)


@transaction.atomic
def read_again(*, by: Person, innovator: Innovator) -> None:
    """What they changed is fine."""
    innovator = locked(innovator)
    innovator.to_reread = False
    innovator.save(update_fields=["to_reread"])
    log.record(by=by, verb="innovators.read_again", target=innovator)
