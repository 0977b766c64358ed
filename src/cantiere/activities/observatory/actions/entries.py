"""Answers to a census: begun, sent, sent back, published."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cantiere.activities.observatory.actions import letters
from cantiere.activities.observatory.actions.census import questionnaire
from cantiere.activities.observatory.actions.records import (
    Parts,
    add_record,
    edit_record,
    publish_record,
    take_back_record,
)
from cantiere.activities.observatory.actions.telling import tell_team
from cantiere.activities.observatory.models import Source
from cantiere.activities.observatory.models.answers import CensusEntry, CensusInvitation
from cantiere.activities.observatory.queries import census as reading
from cantiere.activities.observatory.queries.conversion import convert
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.foundation.core.linked import new_seed
from cantiere.foundation.questionnaires import actions as questionnaires
from cantiere.programmes.actions import take_part
from cantiere.programmes.models import Activity

State = CensusEntry.State
AGAIN = timedelta(minutes=10)
"""A link that was lost is written again at most once in so long."""
PERIOD = {"started_on", "ended_on"}
"""One statement in two answers: whoever changes one says both again, or one would contradict a correction
of the other that they never saw."""


@transaction.atomic
def start_entry(
    *, census: Activity, sheet: str, email: str, name: str = "", by: Person | None = None
) -> tuple[CensusEntry, bool]:
    """Begin to answer, and write the link; whoever has begun already gets the link again (``False``).

    The address alone never opens what somebody wrote: only the link in the letter does.
    """
    if not reading.may_begin(census):
        raise ValidationError(_("This census takes no new answers now."))
    begun = reading.unfinished_of(census, email)
    if begun is not None:
        window = int(timezone.now().timestamp() // AGAIN.total_seconds())
        letters.started(begun, once=f"census-link:{begun.pk}:{window}")
        return begun, False
    entry = _begin(census=census, sheet=sheet, email=email, name=name, by=by)
    letters.started(entry, once=f"census-link:{entry.pk}")
    return entry, True


@transaction.atomic
def enter_by_hand(
    *, by: Person, census: Activity, sheet: str, email: str = "", name: str = ""
) -> CensusEntry:
    """A curator fills it in for somebody who answered on paper, by telephone, or too late."""
    entry = _begin(census=census, sheet=sheet, email=email, name=name, by=None)
    entry.by_hand, entry.entered_by = True, by
    entry.save(update_fields=["by_hand", "entered_by"])
    log.record(by=by, verb="observatory.enter_by_hand", target=entry)
    return entry


@transaction.atomic
def finish_for(*, by: Person, entry: CensusEntry) -> None:
    """A curator goes on with what somebody began and had no time to send."""
    entry = locked(entry)
    if not reading.is_too_late(entry):
        raise ValidationError(_("Whoever began this can still send it: write to them, or send a new link."))
    entry.by_hand, entry.entered_by = True, by
    entry.save(update_fields=["by_hand", "entered_by"])
    log.record(by=by, verb="observatory.finish_for", target=entry)


def _begin(
    *, census: Activity, sheet: str, email: str, name: str, by: Person | None, **known: str
) -> CensusEntry:
    answers = {question: value for question, value in known.items() if value}
    response, _key = questionnaires.start(version=questionnaire(sheet=sheet), by=by, answers=answers)
    return CensusEntry.objects.create(
        census=census, sheet=sheet, response=response, email=email, name=name, language=get_language() or ""
    )


@transaction.atomic
def start_invited(
    *, census: Activity, sheet: str, email: str, organisation: str, process: str
) -> CensusEntry:
    """Begin by an invitation, with what it says already written; no letter: the invitation is the link."""
    return _begin(
        census=census, sheet=sheet, email=email, name="", by=None,
        proponent=organisation[:200], title=process[:160],
    )  # fmt: skip


def locked(entry: CensusEntry) -> CensusEntry:
    """The same row, held until the end of the transaction."""
    rows = CensusEntry.objects.select_for_update(of=("self",))
    return rows.select_related(*CensusEntry.address_related).get(pk=entry.pk)


@transaction.atomic
def submit_entry(*, entry: CensusEntry, by: Person | None = None) -> None:
    """Send the answers: the record is written beside, and those who curate are told."""
    entry = locked(entry)
    if not reading.may_write(entry):
        raise ValidationError(_("These answers can no longer be sent: write to the team."))
    questionnaires.complete(response=entry.response, by=by)
    first = entry.submitted_at is None
    entry.state, entry.submitted_at = State.SUBMITTED, timezone.now()
    _take_over(entry)
    entry.save()
    log.record(by=by, verb="observatory.submit_entry", target=entry)
    if first:
        _answer_invitation(entry)
        person = Person.objects.at(entry.email) if entry.email else None
        take_part(activity=entry.census, person=person)
    if not entry.by_hand or by != entry.entered_by:
        letters.received(entry)
        tell_team(
            census=entry.census,
            once=f"census-entry:{entry.pk}:{entry.submitted_at.timestamp()}",
            page="census_queue",
            title=lambda: _("An answer to look at: {title}").format(title=entry.census.title),
            text=lambda: str(entry.record or ""),
        )


def _answer_invitation(entry: CensusEntry) -> None:
    """Whoever was invited and found the way in by the public page has answered their invitation too.

    With several at one address nobody knows which: each is about a process of its own.
    """
    invitations = CensusInvitation.objects.filter(census=entry.census)
    if entry.email and not invitations.filter(entry=entry).exists():
        unanswered = invitations.filter(email=entry.email, entry=None).values_list("pk", flat=True)
        if len(found := list(unanswered[:2])) == 1:
            invitations.filter(pk__in=found, entry=None).update(entry=entry, refused_at=None)


def _take_over(entry: CensusEntry) -> None:
    """Write the answers into the record: all of them at first, later only those that changed."""
    converted = convert(entry)
    told, before = converted.told, entry.taken_over
    entry.taken_over = told
    if entry.record is None:
        note = _("Answer to the census “%(title)s”") % {"title": entry.census.title}
        details = {**converted.details, "source_note": note}
        entry.record = add_record(
            by=None, census=entry.census, details=details, parts=converted.parts, source=Source.CENSUS
        )
        return
    changed = {name for name, words in told.items() if before.get(name) != words}
    changed |= PERIOD if changed & PERIOD else set()
    details = {name: value for name, value in converted.details.items() if name in changed}
    parts = converted.parts
    edit_record(
        by=None,
        record=entry.record,
        details=details,
        parts=Parts(
            bodies=parts.bodies if "bodies" in changed else None,
            extensions=parts.extensions if "extensions" in changed else None,
            uses=parts.uses if "uses" in changed else None,
        ),
    )


@transaction.atomic
def ask_for_changes(*, by: Person, entry: CensusEntry, message: str) -> None:
    """Open the answers again for whoever wrote them, saying what is asked."""
    entry = locked(entry)
    if not entry.email:
        raise ValidationError(_("We have no address to write to: complete the record yourself."))
    _only_from(entry, State.SUBMITTED)
    questionnaires.reopen(response=entry.response, by=by)
    entry.state, entry.asked, entry.asked_at = State.CHANGES_ASKED, message, timezone.now()
    entry.save()
    log.record(by=by, verb="observatory.ask_for_changes", target=entry)
    letters.changes_asked(entry)


@transaction.atomic
def publish_entry(*, by: Person, entry: CensusEntry) -> None:
    """Let everyone see the record; whoever answered is told where it is."""
    entry = locked(entry)
    _only_from(entry, State.SUBMITTED)
    if entry.record is None:
        _take_over(entry)
    assert entry.record is not None
    edit_record(by=by, record=entry.record, details={"verified_on": timezone.localdate()})
    _decide(entry, by, State.PUBLISHED)
    publish_record(by=by, record=entry.record)
    log.record(by=by, verb="observatory.publish_entry", target=entry)
    letters.published(entry)


@transaction.atomic
def decline_entry(*, by: Person, entry: CensusEntry, reason: str) -> None:
    """Do not publish it, and say why; the answers stay, a record that nobody saw goes, another is hidden."""
    entry = locked(entry)
    _only_from(entry, State.SUBMITTED, State.CHANGES_ASKED)
    draft = entry.record
    entry.reason = reason
    if draft is not None and draft.is_public:
        take_back_record(by=by, record=draft)
    elif draft is not None:
        entry.record, entry.taken_over = None, {}
    _decide(entry, by, State.DECLINED)
    if draft is not None and entry.record is None:
        log.record(by=by, verb="observatory.remove_record", target=draft)
        draft.delete()
    log.record(by=by, verb="observatory.decline_entry", target=entry)
    letters.declined(entry)


@transaction.atomic
def take_up_again(*, by: Person, entry: CensusEntry) -> None:
    """Look at it after all, as it was last sent: back in the queue, its record made anew if it is gone."""
    entry = locked(entry)
    _only_from(entry, State.DECLINED, State.CHANGES_ASKED)
    questionnaires.close_again(response=entry.response, by=by)
    entry.state = State.SUBMITTED
    _take_over(entry)
    entry.save()
    log.record(by=by, verb="observatory.take_up_again", target=entry)


def _only_from(entry: CensusEntry, *states: State) -> None:
    if entry.state not in states:
        raise ValidationError(
            _("Meanwhile these answers are “%(state)s”: look at them again.")
            % {"state": entry.get_state_display()}
        )


def _decide(entry: CensusEntry, by: Person, state: State) -> None:
    entry.state, entry.decided_by, entry.decided_at = state, by, timezone.now()
    entry.save()


@transaction.atomic
def discard_entry(*, by: Person | None, entry: CensusEntry) -> None:
    """Delete what was begun and never sent."""
    response = entry.response
    log.record(by=by, verb="observatory.discard_entry", target=entry)
    entry.delete()
    questionnaires.discard(response=response, by=by)


@transaction.atomic
def renew_link(*, by: Person, entry: CensusEntry) -> None:
    """End the links that were given, and write a new one."""
    entry = locked(entry)
    entry.seed = new_seed()
    entry.save(update_fields=["seed"])
    log.record(by=by, verb="observatory.renew_link", target=entry)
    letters.started(entry, once=f"census-link:{entry.pk}:{entry.digest[:16]}")
