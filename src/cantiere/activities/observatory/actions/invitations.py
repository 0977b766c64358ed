"""Inviting to a census: who, by letter, how often reminded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from cantiere.activities.observatory.actions import letters
from cantiere.activities.observatory.actions.entries import start_invited
from cantiere.activities.observatory.models import Census
from cantiere.activities.observatory.models.answers import CensusEntry, CensusInvitation
from cantiere.activities.observatory.queries import census as reading
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.programmes.models import Activity


@dataclass(frozen=True)
class Invited:
    """One line of a list, checked."""

    email: str
    organisation: str = ""
    process: str = ""


@transaction.atomic
def add_invitations(*, by: Person, census: Activity, sheet: str, rows: Iterable[Invited]) -> int:
    """Note whom to invite; those who are there already are left as they are. Nothing is sent."""
    stand = set(CensusInvitation.objects.filter(census=census).values_list("email", "process"))
    made = 0
    for row in rows:
        if (row.email, row.process) in stand:
            continue
        stand.add((row.email, row.process))
        CensusInvitation.objects.create(
            census=census, sheet=sheet, email=row.email, organisation=row.organisation, process=row.process
        )
        made += 1
    log.record(by=by, verb="observatory.add_invitations", target=census, made=made)
    return made


@transaction.atomic
def send_all(*, by: Person, census: Activity) -> None:
    """Have the first letters written to all who have had none; a job does it, each once."""
    from cantiere.activities.observatory import tasks

    if not reading.may_begin(census):
        raise ValidationError(_("Letters go out once the census is public and open."))
    log.record(by=by, verb="observatory.send_invitations", target=census)
    tasks.send_invitations.enqueue(census.pk)


def to_send(census: Activity) -> list[CensusInvitation]:
    """Those who have had no letter, and have not answered without one."""
    rows = CensusInvitation.objects.filter(census=census, invited_at=None, refused_at=None, entry=None)
    return list(rows.exclude(email="").select_related(*CensusInvitation.address_related).order_by("pk"))


@transaction.atomic
def send_invitation(*, invitation: CensusInvitation) -> None:
    """Write the first letter, once."""
    now = timezone.now()
    mine = CensusInvitation.objects.filter(pk=invitation.pk, invited_at=None)
    if reading.may_begin(invitation.census) and mine.update(invited_at=now):
        invitation.invited_at = now
        letters.invitation(invitation)


def to_remind(census: Census, now: datetime) -> list[CensusInvitation]:
    """Those who were invited, did not refuse, have not finished, and were not written to for some days.

    Whoever saved a page in those days is at work and left in peace.
    """
    before = now - timedelta(days=census.remind_every_days)
    rows = (
        CensusInvitation.objects.filter(census=census.activity, invited_at__isnull=False, refused_at=None)
        .exclude(email="")
        .filter(
            Q(entry=None) | Q(entry__state=CensusEntry.State.STARTED), reminders__lt=census.most_reminders
        )
        .annotate(last=Coalesce("reminded_at", "invited_at"))
        .filter(last__lte=before)
        .exclude(entry__response__saved_at__gt=before)
    )
    return list(rows.select_related(*CensusInvitation.address_related).order_by("pk"))


@transaction.atomic
def remind(*, by: Person | None, invitation: CensusInvitation) -> None:
    """Write once more, with the same link; only while the census is open, never to who refused."""
    rows = CensusInvitation.objects.select_for_update(of=("self",))
    row = rows.select_related(*CensusInvitation.address_related).get(pk=invitation.pk)
    answered = row.entry is not None and row.entry.state != CensusEntry.State.STARTED
    if not reading.may_begin(row.census):
        raise ValidationError(_("Letters go out once the census is public and open."))
    if row.refused_at is not None or answered or not row.email:
        raise ValidationError(_("There is nothing to remind of: they answered, or it does not concern them."))
    if row.invited_at is None:
        send_invitation(invitation=row)
        return
    CensusInvitation.objects.filter(pk=row.pk).update(
        reminders=F("reminders") + 1, reminded_at=timezone.now()
    )
    row.reminders += 1
    letters.reminder(row)
    if by is not None:
        log.record(by=by, verb="observatory.remind", target=row)


@transaction.atomic
def remove_invitation(*, by: Person, invitation: CensusInvitation) -> None:
    """Take an invitation back; its link leads nowhere any more."""
    if invitation.entry_id is not None:
        raise ValidationError(_("They have begun to answer: the invitation stays."))
    log.record(by=by, verb="observatory.remove_invitation", target=invitation)
    invitation.delete()


@transaction.atomic
def note_opened(*, invitation: CensusInvitation) -> None:
    """Somebody followed the link; of no interest to the audit log."""
    CensusInvitation.objects.filter(pk=invitation.pk, opened_at=None).update(opened_at=timezone.now())


@transaction.atomic
def refuse(*, invitation: CensusInvitation) -> None:
    """It does not concern them: no more letters. They may still change their mind."""
    CensusInvitation.objects.filter(pk=invitation.pk, entry=None).update(refused_at=timezone.now())
    log.record(by=None, verb="observatory.refuse_invitation", target=invitation)


@transaction.atomic
def begin_invited(*, invitation: CensusInvitation) -> CensusEntry:
    """Begin to answer, or go on with what was begun."""
    rows = CensusInvitation.objects.select_for_update(of=("self",))
    row = rows.select_related(*CensusInvitation.address_related).get(pk=invitation.pk)
    if row.entry is not None:
        return row.entry
    if not reading.may_begin(row.census):
        raise ValidationError(_("This census takes no new answers now."))
    row.entry = start_invited(
        census=row.census,
        sheet=row.sheet,
        email=row.email,
        organisation=row.organisation,
        process=row.process,
    )
    row.refused_at = None
    row.save(update_fields=["entry", "refused_at"])
    return row.entry
