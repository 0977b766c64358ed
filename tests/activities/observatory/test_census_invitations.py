"""Inviting, reminding, refusing; suggestions; what is forgotten."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from cantiere.activities.observatory import tasks
from cantiere.activities.observatory.actions import entries, invitations, suggestions
from cantiere.activities.observatory.models import CensusEntry, CensusInvitation, Suggestion
from cantiere.activities.observatory.queries.census import figures
from cantiere.activities.observatory.queries.queue import differences, invitations_of
from cantiere.foundation.core import clock, personal_data
from cantiere.foundation.core.models import Job, Mail
from cantiere.foundation.notices.models import Notice
from cantiere.foundation.questionnaires.models import Response
from cantiere.programmes.models import Activity
from tests.factories import census as make
from tests.factories import programmes
from tests.factories.accounts import person

pytestmark = [pytest.mark.django_db, pytest.mark.database]
State = CensusInvitation.State


def to(email):
    return Mail.objects.filter(to=email).count()


def nine_o_clock(own):
    """What the clock gives out at nine: the schedule, then a job for each census."""
    tasks.remind.func()
    tasks.remind_of.func(own.pk)


def test_a_list_is_kept_without_writing_to_anybody():
    own = make.census()
    row = make.invited(own, letter=False)
    assert (row.state, to(row.email)) == (State.TO_SEND, 0)


def test_adding_the_same_again_changes_nothing():
    own = make.census()
    make.invited(own, "a@example.org")
    rows = [
        invitations.Invited("a@example.org"),
        invitations.Invited("a@example.org", "", "Un altro processo"),
    ]
    made = invitations.add_invitations(by=person(), census=own.activity, sheet="other", rows=rows)
    assert (made, CensusInvitation.objects.count()) == (1, 2)


def test_letters_go_out_once_however_often_the_job_runs():
    own = make.census()
    rows = [make.invited(own, letter=False) for _each in range(3)]
    tasks.send_invitations.func(own.pk)
    tasks.send_invitations.func(own.pk)
    assert [to(row.email) for row in rows] == [1, 1, 1]
    assert {make.reread(row).state for row in rows} == {State.INVITED}


def test_many_letters_go_out_a_slice_at_a_time(monkeypatch):
    monkeypatch.setattr(tasks, "SLICE", 2)
    own = make.census()
    for _each in range(3):
        make.invited(own, letter=False)
    tasks.send_invitations.func(own.pk)
    assert figures(own.activity).invited == 2
    assert Job.objects.filter(task=tasks.send_invitations.module_path).exists()


@pytest.mark.parametrize("how", [{"public": False}, {"days": -3}])
def test_no_letter_before_it_is_public_nor_after_it_has_closed(how):
    own = make.census(**how)
    row = make.invited(own, letter=False)
    with pytest.raises(ValidationError):
        invitations.send_all(by=person(), census=own.activity)
    tasks.send_invitations.func(own.pk)
    assert to(row.email) == 0


def test_the_states_of_an_invitation():
    own = make.census()
    row = make.invited(own)
    seen = [row.state]
    invitations.note_opened(invitation=row)
    seen.append(make.reread(row).state)
    entry = invitations.begin_invited(invitation=row)
    seen.append(make.reread(row).state)
    entries.submit_entry(entry=make.filled(make.now(entry)))
    seen.append(make.reread(row).state)
    assert seen == [State.INVITED, State.OPENED, State.ANSWERING, State.ANSWERED]
    for state in State:
        assert [each.state for each in invitations_of(own.activity, state)] in ([], [state])


def test_every_letter_carries_the_same_link_and_beginning_twice_is_once():
    own = make.census()
    row = make.invited(own, organisation="Comune di Bomporto", process="Bomporto partecipa")
    entry = invitations.begin_invited(invitation=row)
    assert invitations.begin_invited(invitation=row).pk == entry.pk
    assert entry.response.answers == {"proponent": "Comune di Bomporto", "title": "Bomporto partecipa"}
    invitations.remind(by=person(), invitation=row)
    assert all(row.key in letter.text for letter in Mail.objects.filter(to=row.email))


# By the clock ----------------------------------------------------------------------------------


def test_reminders_are_due_at_nine_in_the_morning_of_rome():
    schedule = next(each for each in clock.schedules() if each.name == tasks.remind.module_path)
    summer = datetime(2026, 6, 12, 7, 30, tzinfo=UTC)
    assert schedule.due(summer) == datetime(2026, 6, 12, 7, 0, tzinfo=UTC)


def test_reminders_come_after_some_days_and_not_more_often_than_agreed():
    own = make.census(days=40, remind_every_days=7, most_reminders=2)
    row, start, counted = make.invited(own), timezone.now(), []
    for day in range(1, 31):
        with time_machine.travel(start + timedelta(days=day, minutes=1), tick=False):
            nine_o_clock(own)
            nine_o_clock(own)
        counted.append(to(row.email))
    assert counted == [1] * 6 + [2] * 7 + [3] * 17


def test_never_after_the_closing():
    own = make.census(days=5, remind_every_days=7)
    row = make.invited(own)
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        nine_o_clock(own)
        with pytest.raises(ValidationError):
            invitations.remind(by=person(), invitation=row)
    assert to(row.email) == 1


def test_never_to_who_refused_or_answered():
    own = make.census(days=30)
    refused, answered = make.invited(own), make.invited(own)
    invitations.refuse(invitation=refused)
    entries.submit_entry(entry=make.filled(invitations.begin_invited(invitation=answered)))
    sent = {row.email: to(row.email) for row in (refused, answered)}
    with time_machine.travel(timezone.now() + timedelta(days=9), tick=False):
        nine_o_clock(own)
    assert {row.email: to(row.email) for row in (refused, answered)} == sent
    with pytest.raises(ValidationError):
        invitations.remind(by=person(), invitation=refused)


def test_who_answers_by_the_public_page_is_reminded_no_more():
    own = make.census(days=30)
    row, unsent = make.invited(own), make.invited(own, letter=False)
    for each in (row, unsent):
        make.sent(own, email=each.email)
    sent = {each.email: to(each.email) for each in (row, unsent)}
    with time_machine.travel(timezone.now() + timedelta(days=9), tick=False):
        tasks.send_invitations.func(own.pk)
        nine_o_clock(own)
    assert {each.email: to(each.email) for each in (row, unsent)} == sent
    assert {make.reread(each).state for each in (row, unsent)} == {State.ANSWERED}
    told = figures(own.activity)
    assert (told.answers, told.to_send) == ("1 risposta su 1 invito", 0)


def test_of_several_invitations_to_one_address_a_public_answer_is_to_none():
    own = make.census(days=30)
    rows = [make.invited(own, "ente@example.org", process=process) for process in ("Uno", "Due")]
    make.sent(own, email="ente@example.org")
    assert {make.reread(row).state for row in rows} == {State.INVITED}


def test_who_is_writing_these_days_is_left_in_peace():
    own = make.census(days=30)
    row = make.invited(own)
    start = timezone.now()
    with time_machine.travel(start + timedelta(days=6), tick=False):
        invitations.begin_invited(invitation=row)
    with time_machine.travel(start + timedelta(days=8), tick=False):
        nine_o_clock(own)
    assert to(row.email) == 1
    with time_machine.travel(start + timedelta(days=14), tick=False):
        nine_o_clock(own)
    assert to(row.email) == 2


def test_none_for_a_census_that_was_called_off():
    own = make.census(days=30)
    row = make.invited(own)
    Activity.objects.filter(pk=own.pk).update(cancelled_on=timezone.localdate(), cancelled_why="?")
    with time_machine.travel(timezone.now() + timedelta(days=9), tick=False):
        nine_o_clock(own)
    assert to(row.email) == 1


def test_who_began_without_an_invitation_hears_once_that_it_closes():
    own = make.census(days=5)
    entry = make.begun(own, email="sola@example.org")
    for day in (2, 4, 4.9):
        with time_machine.travel(timezone.now() + timedelta(days=day), tick=False):
            nine_o_clock(own)
    assert to("sola@example.org") == 2
    assert entry.key in Mail.objects.filter(to="sola@example.org").last().text


def test_refusing_stops_letters_and_can_be_taken_back():
    own = make.census()
    row = make.invited(own)
    invitations.refuse(invitation=row)
    assert make.reread(row).state == State.REFUSED
    invitations.begin_invited(invitation=make.reread(row))
    assert make.reread(row).state == State.ANSWERING


def test_an_invitation_is_taken_back_only_before_they_begin():
    own = make.census()
    row, begun = make.invited(own), make.invited(own)
    invitations.begin_invited(invitation=begun)
    invitations.remove_invitation(by=person(), invitation=row)
    with pytest.raises(ValidationError):
        invitations.remove_invitation(by=person(), invitation=make.reread(begun))
    assert list(CensusInvitation.objects.all()) == [begun]


def test_numbers_are_told_with_their_base():
    own = make.census()
    rows = [make.invited(own) for _each in range(3)]
    make.invited(own, letter=False)
    entries.submit_entry(entry=make.filled(invitations.begin_invited(invitation=rows[0])))
    make.sent(own)
    told = figures(own.activity)
    assert (told.answers, told.beside) == ("1 risposta su 3 inviti", "e 1 senza invito")


# Suggestions -----------------------------------------------------------------------------------


def test_a_suggestion_waits_for_its_address_to_be_confirmed():
    programme = programmes.programme()
    coordinator = programmes.member(programme).person
    made = make.suggestion(make.record(make.census(programme)), confirmed=False, email="chi@example.org")
    assert made.state == Suggestion.State.UNCONFIRMED
    assert not Notice.objects.filter(person=coordinator).exists()
    assert made.key in Mail.objects.get(to="chi@example.org").text
    suggestions.confirm(suggestion=made)
    suggestions.confirm(suggestion=made)
    assert Notice.objects.filter(person=coordinator).count() == 1


def test_who_signed_in_with_the_address_need_not_confirm():
    who = person()
    made = suggestions.suggest(
        record=make.record(), email=who.email, changes={}, note="Manca il sito", by=who
    )
    assert made.state == Suggestion.State.WAITING
    assert to(who.email) == 0


def test_some_fields_are_taken_others_left_and_the_person_is_told():
    made = make.suggestion(email="chi@example.org")
    assert [(each.name, each.old, each.new) for each in differences(made)] == [
        ("website", "", "https://nuovo.example.org/"), ("participants_actual", "", "40"),
    ]  # fmt: skip
    suggestions.decide(by=person(), suggestion=made, take=["website"], answer="Il numero non risulta.")
    made.record.refresh_from_db()
    letter = Mail.objects.filter(to="chi@example.org").last().text
    assert (made.record.website, made.record.participants_actual) == ("https://nuovo.example.org/", None)
    for words in ("Abbiamo accolto:\n- sito web", "Non abbiamo accolto:\n- partecipanti", "non risulta"):
        assert words in letter
    with pytest.raises(ValidationError):
        suggestions.decide(by=person(), suggestion=made, take=["participants_actual"])


def test_only_what_was_proposed_can_be_taken():
    made = make.suggestion(changes={"website": "https://nuovo.example.org/"})
    suggestions.decide(by=person(), suggestion=made, take=["website", "title", "census"])
    assert Suggestion.objects.get().taken == ["website"]


def test_what_a_record_cannot_hold_is_refused_by_its_name_and_stays_to_be_decided():
    made = make.suggestion(changes={"website": "https://nuovo.example.org/", "participants_actual": 10**25})
    with pytest.raises(ValidationError) as refused:
        suggestions.decide(by=person(), suggestion=made, take=list(made.changes))
    assert refused.value.message_dict["take"][0].startswith("partecipanti, effettivi: ")
    suggestions.decide(by=person(), suggestion=make.suggestion(), take=["website"])
    made.refresh_from_db()
    assert made.state == Suggestion.State.WAITING


def test_nobody_is_flooded_by_suggestions_in_their_name():
    record = make.record()
    for _each in range(suggestions.MOST_A_DAY):
        make.suggestion(record, confirmed=False, email="vittima@example.org")
    with pytest.raises(ValidationError):
        make.suggestion(record, confirmed=False, email="vittima@example.org")
    assert to("vittima@example.org") == suggestions.MOST_A_DAY


# What is forgotten -----------------------------------------------------------------------------


def test_a_year_after_the_closing_addresses_go_and_figures_stay():
    own = make.census()
    row = make.invited(own)
    entry = make.filled(invitations.begin_invited(invitation=row))
    entries.submit_entry(entry=entry)
    entries.publish_entry(by=person(), entry=make.now(entry))
    other, begun = make.invited(own), make.begun(own)
    before = figures(own.activity)
    with time_machine.travel(timezone.now() + timedelta(days=364), tick=False):
        tasks.forget_addresses.func()
        assert make.reread(other).email
    with time_machine.travel(timezone.now() + timedelta(days=380), tick=False):
        tasks.forget_addresses.func()
    after = figures(make.fresh(own.pk).activity)
    assert set(CensusInvitation.objects.values_list("email", flat=True)) == {""}
    assert not CensusEntry.objects.filter(pk=begun.pk).exists()
    assert not Response.objects.filter(pk=begun.response_id).exists()
    assert (make.now(entry).email, make.now(entry).key != entry.key) == ("", True)
    assert (after.invited, after.of_invited) == (before.invited, before.of_invited)


def test_what_was_never_confirmed_goes_after_a_month():
    make.suggestion(confirmed=False)
    kept = make.suggestion()
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        tasks.forget_addresses.func()
    assert [each.pk for each in Suggestion.objects.all()] == [kept.pk]


def test_a_person_takes_away_what_they_wrote_and_is_forgotten():
    who = person(email="chi@example.org")
    own = make.census()
    record = make.record(own)
    sent = make.sent(own, email="chi@example.org")
    begun = make.begun(own, email="chi@example.org")
    row = make.invited(own, "chi@example.org")
    make.suggestion(record, email="chi@example.org")
    told = personal_data.export_all(who)
    assert {len(told[name]) for name in ("census_answers", "census_invitations", "record_suggestions")} == {
        1,
        2,
    }
    personal_data.erase_all(who)
    kept = make.now(sent)
    assert (kept.email, kept.record.title) == ("", "Patto di sviluppo")
    assert not CensusEntry.objects.filter(pk=begun.pk).exists()
    assert make.reread(row).email == ""
    assert Suggestion.objects.get().email == ""
