"""The call: nominating oneself or another. Nothing counts before the writer's e-mail is proven."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from cantiere.activities.innovators.actions import mails
from cantiere.activities.innovators.actions.keeping import (
    erase,
    has_refused,
    locked,
    move,
    new_innovator,
)
from cantiere.activities.innovators.models import Innovator, InnovatorMap, InnovatorQuerySet, Nomination
from cantiere.engine.words import fold
from cantiere.foundation.accounts.addresses import mailbox, normal
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.foundation.core.keys import digest_of, new_key

State = Innovator.State
MOST_OPEN = 10
"""Nominations of one mailbox that wait for their confirmation: more would only fill it with letters."""


@transaction.atomic
def nominate_oneself(
    *, own: InnovatorMap, details: Mapping[str, object], email: str, person: Person | None = None
) -> Innovator | None:
    """Begin an entry: the link to go on is sent; who has signed in with that address gets it at once.

    Gives the entry only in that case. An address that refused is not written to, and nobody learns that.
    """
    _open(own)
    email = normal(email)
    proven = person is not None and normal(person.email) == email
    standing = [row for row in _owned(own, email) if fold(row.name) == fold(str(details["name"]))]
    if not proven and has_refused(own, email):
        return None
    innovator = standing[0] if standing else _begin(own, details, email)
    if not proven:
        mails.begin(innovator)
        return None
    if innovator.state == State.UNCONFIRMED:
        move(innovator, State.INVITED)
    return innovator


def _owned(own: InnovatorMap, email: str) -> InnovatorQuerySet:
    """What the owner of an address began, or what went on; the rest still hangs on its nominators."""
    oneself = Nomination.objects.filter(innovator=OuterRef("pk"), own=True)
    return own.innovators.at(email).filter(~Q(state=State.UNCONFIRMED) | Exists(oneself))


def _begin(own: InnovatorMap, details: Mapping[str, object], email: str) -> Innovator:
    waiting = _owned(own, email).filter(state=State.UNCONFIRMED)
    if waiting.count() >= MOST_OPEN:
        raise ValidationError(_("Too many entries wait for this address: open the letters we sent it."))
    made = new_innovator(own, details, email=email, language=get_language() or "it")
    Nomination.objects.create(innovator=made, own=True)
    log.record(by=None, verb="innovators.nominate_oneself", target=made)
    return made


@transaction.atomic
def nominate_other(
    *, own: InnovatorMap, details: Mapping[str, object], nomination: Mapping[str, object]
) -> Nomination:
    """Take the nomination of another, and ask its writer to confirm."""
    _open(own)
    if not own.takes_others:
        raise ValidationError(_("On this map people nominate only themselves."))
    by_email = normal(str(nomination["by_email"]))
    waiting = Nomination.objects.filter(innovator__map=own, confirmed_on=None, own=False)
    box = mailbox(by_email)
    name, _at, domain = box.rpartition("@")
    if waiting.filter(by_email__startswith=name, by_email__endswith=f"@{domain}").count() >= MOST_OPEN:
        raise ValidationError(_("Too many nominations wait for this address: open the letters we sent it."))
    email = normal(str(details.get("email") or ""))
    made = new_innovator(own, details, email=email)
    key = new_key()
    row = Nomination.objects.create(
        innovator=made,
        by_name=str(nomination["by_name"]),
        by_email=by_email,
        why=str(nomination["why"]),
        may_name=bool(nomination.get("may_name")),
        digest=digest_of(key),
    )
    log.record(by=None, verb="innovators.nominate_other", target=made)
    mails.confirm_nomination(row, key)
    return row


@transaction.atomic
def confirm_nomination(*, nomination: Nomination) -> None:
    """It was really them: the one letter goes out, or the team is asked to reach the nominated.

    Who refused before is never written to; who has an entry already keeps that one; the writer sees no
    difference. An entry that goes its own way meanwhile is left to go.
    """
    innovator, own = _held(nomination), nomination.innovator.map
    if nomination.confirmed_on is not None:
        return
    nomination.confirmed_on = timezone.localdate()
    nomination.save(update_fields=["confirmed_on"])
    log.record(by=None, verb="innovators.confirm_nomination", target=innovator)
    if innovator.state != State.UNCONFIRMED:
        return
    if not innovator.email:
        move(innovator, State.TO_REACH)
        mails.tell_team(
            own,
            title=gettext_noop("Somebody to reach: {map}"),
            text=gettext_noop("A nomination gives no e-mail: find a way to ask them."),
            once=f"to-reach:{innovator.pk}",
        )
        return
    if has_refused(own, innovator.email):
        nomination.delete()
        _erase_if_nobodys(innovator)
        return
    others = _owned(own, innovator.email).exclude(pk=innovator.pk).select_for_update(of=("self",))
    standing = min(others, key=lambda row: (row.state == State.UNCONFIRMED, row.pk), default=None)
    if standing is not None:
        nomination.innovator = standing
        nomination.save(update_fields=["innovator"])
        _erase_if_nobodys(innovator)
        if standing.state != State.UNCONFIRMED:
            return
        innovator = standing
    move(innovator, State.INVITED)
    mails.invite(innovator, nomination)


@transaction.atomic
def take_back_nomination(*, nomination: Nomination) -> None:
    """It was not them, or they think again: nothing of it stays. Once confirmed it is no longer theirs."""
    innovator = _held(nomination)
    if nomination.confirmed_on is not None:
        raise ValidationError(_("You have already confirmed this nomination."))
    log.record(by=None, verb="innovators.take_back_nomination", target=innovator)
    nomination.delete()
    _erase_if_nobodys(innovator)


def _held(nomination: Nomination) -> Innovator:
    """Whom it nominates, while nobody else decides about them; the nomination as it stands then."""
    innovator = locked(nomination.innovator)
    if not Nomination.objects.filter(pk=nomination.pk).exists():
        raise ValidationError(_("This entry is no longer here."))
    nomination.refresh_from_db(fields=["confirmed_on"])
    return innovator


def _erase_if_nobodys(innovator: Innovator) -> None:
    """Erase an entry that never went on, and that no other nomination wants."""
    if innovator.state == State.UNCONFIRMED and not innovator.nominations.exists():
        erase(innovator, None)


def _open(own: InnovatorMap) -> None:
    if not own.activity.is_public or not own.activity.is_open:
        raise ValidationError(_("The call is not open now: nobody can be nominated."))
