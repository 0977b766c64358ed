"""Answering a census: begun, sent, sent back, published; what the record becomes."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from cantiere.activities.observatory.actions import entries
from cantiere.activities.observatory.actions.records import edit_record, publish_record, take_back_record
from cantiere.activities.observatory.models import CensusEntry, Record, Tool
from cantiere.activities.observatory.queries import census as reading
from cantiere.activities.observatory.queries.conversion import convert, lines, warnings
from cantiere.activities.observatory.queries.queue import review
from cantiere.foundation.core.models import Mail
from cantiere.foundation.notices.models import Notice
from cantiere.foundation.questionnaires import actions as questionnaires
from cantiere.foundation.questionnaires.models import Version
from cantiere.programmes.models import Activity, Participation
from tests.factories import census as make
from tests.factories import programmes
from tests.factories.accounts import person

pytestmark = [pytest.mark.django_db, pytest.mark.database]
State = CensusEntry.State


def letters(email):
    return list(Mail.objects.filter(to=email).order_by("pk"))


def close(own, hours):
    """The census closed so many hours ago."""
    closes = timezone.now() - timedelta(hours=hours)
    Activity.objects.filter(pk=own.pk).update(opens=closes - timedelta(days=9), closes=closes)


def test_the_questionnaires_are_published_once():
    one, two = make.begun(), make.begun()
    assert one.response.version_id == two.response.version_id
    assert Version.objects.count() == 1


def test_beginning_sends_the_link_and_keeps_only_its_digest():
    entry = make.begun(email="chi@example.org")
    letter = letters("chi@example.org")[0]
    assert f"/censimenti/risposta/{entry.key}/" in letter.text
    assert entry.key not in {entry.seed, entry.digest}
    assert not CensusEntry.objects.filter(digest=entry.key).exists()


def test_who_has_begun_gets_the_link_again_and_nobody_gets_in_by_an_address():
    own = make.census()
    first = make.begun(own, email="chi@example.org")
    again, new = entries.start_entry(census=own.activity, sheet="other", email="chi@example.org")
    assert (again.pk, new) == (first.pk, False)
    assert len(letters("chi@example.org")) == 2
    entries.start_entry(census=own.activity, sheet="other", email="chi@example.org")
    assert len(letters("chi@example.org")) == 2  # not more often than every ten minutes


def test_after_sending_one_may_tell_of_another_process():
    own = make.census()
    make.sent(own, email="chi@example.org")
    _entry, new = entries.start_entry(census=own.activity, sheet="other", email="chi@example.org")
    assert new


@pytest.mark.parametrize("hours", [1, 47])
def test_shortly_after_the_closing_who_has_begun_may_finish_and_nobody_may_begin(hours):
    own = make.census()
    entry = make.filled(make.begun(own))
    close(own, hours)
    entries.submit_entry(entry=make.now(entry))
    assert make.now(entry).state == State.SUBMITTED
    with pytest.raises(ValidationError):
        entries.start_entry(census=make.fresh(own.pk).activity, sheet="other", email="tardi@example.org")


def test_later_nothing_is_taken_and_what_is_saved_stays():
    own = make.census()
    entry = make.filled(make.begun(own))
    close(own, 49)
    with pytest.raises(ValidationError):
        entries.submit_entry(entry=make.now(entry))
    assert make.now(entry).response.answers["title"] == "Patto di sviluppo"


def test_sending_writes_the_record_beside():
    zoom = Tool.objects.create(name="Zoom", slug="zoom", kind="digital")
    menti = Tool.objects.create(
        name="Domande dal vivo", slug="menti", kind="digital", other_names="Mentimeter"
    )
    entry = make.sent()
    record = entry.record
    assert not record.is_public
    assert (record.title, record.proponent, record.sheet) == (
        "Patto di sviluppo", "Unione Comuni del Sorbara", "other",
    )  # fmt: skip
    assert [body.name for body in record.bodies.all()] == ["CNA", "Confcommercio"]
    assert [(each.kind, each.days) for each in record.extensions.all()] == [("both", 83)]
    assert {(use.tool, use.since) for use in record.uses.all()} == {
        (zoom, "introduced"),
        (menti, "introduced"),
    }
    assert record.new_activities == "Laboratori a distanza\n\nAltri strumenti: Una cosa mai vista."
    assert (record.days_apart, record.year, record.source) == (3, 2020, "census")
    assert (record.female_presence, record.gender_prevalence) == ("unstated", "male")


def test_a_funded_project_takes_the_call_of_the_census():
    entry = make.sent(sheet="funded")
    record = entry.record
    assert (record.sheet, record.call, record.call_year, record.origin) == (
        "funded", "Bando 2019", 2019, "under_way",
    )  # fmt: skip
    assert record.bodies.filter(role="decision_holder").count() == 1
    assert record.grant_amount == 15_000


def test_answers_that_do_not_apply_are_dropped():
    entry = make.sent(has_changed="no")
    assert (entry.record.changes, entry.record.changed) == ("", [])


def test_what_is_required_must_be_there():
    entry = make.filled(make.begun(), title="")
    with pytest.raises(ValidationError) as refused:
        entries.submit_entry(entry=entry)
    assert list(refused.value.error_dict) == ["title"]
    assert make.now(entry).state == State.STARTED


def test_sending_counts_once_in_the_ledger_and_under_the_name_of_who_has_an_account():
    who = person(email="chi@example.org")
    entry = make.sent(email="chi@example.org")
    entries.ask_for_changes(by=person(), entry=entry, message="Manca il luogo.")
    entries.submit_entry(entry=make.now(entry))
    row = Participation.objects.get(activity=entry.census)
    assert (row.person, row.times) == (who, 1)


def test_the_team_is_told_without_hurry():
    programme = programmes.programme()
    coordinator = programmes.member(programme).person
    observer = programmes.member(programme, "observer").person
    make.sent(make.census(programme))
    notice = Notice.objects.get(person=coordinator)
    assert not notice.urgent
    assert "Patto di sviluppo" in notice.text
    assert not Notice.objects.filter(person=observer).exists()


def test_asking_for_a_change_opens_the_answers_again_and_says_what():
    entry = make.sent(email="chi@example.org")
    entries.ask_for_changes(by=person(), entry=entry, message="Quante persone?")
    entry = make.now(entry)
    letter = letters("chi@example.org")[-1]
    assert (entry.state, entry.response.is_complete) == (State.CHANGES_ASKED, False)
    assert "Quante persone?" in letter.text
    assert entry.key in letter.text


def test_changes_may_be_made_long_after_the_closing():
    own = make.census()
    entry = make.sent(own)
    close(own, 500)
    entries.ask_for_changes(by=person(), entry=make.now(entry), message="Quante persone?")
    entry = make.filled(make.now(entry), participants_actual="120")
    entries.submit_entry(entry=entry)
    assert make.now(entry).record.participants_actual == 120


def test_what_a_curator_put_right_stays_unless_the_answer_changes():
    entry = make.sent()
    edit_record(
        by=person(), record=entry.record, details={"title": "PASSO", "website": "https://a.example.org/"}
    )
    entries.ask_for_changes(by=person(), entry=entry, message="Il sito è cambiato?")
    entry = make.filled(make.now(entry), website="https://b.example.org/")
    entries.submit_entry(entry=entry)
    record = make.now(entry).record
    assert (record.title, record.website) == ("PASSO", "https://b.example.org/")


def test_start_and_end_are_one_answer_and_never_contradict_a_correction_of_one_of_them():
    entry = make.sent()
    edit_record(
        by=person(),
        record=entry.record,
        details={"started_on": date(2021, 2, 21), "ended_on": date(2021, 11, 15), "title": "PASSO"},
    )
    entries.ask_for_changes(by=person(), entry=entry, message="Che cosa è cambiato?")
    entries.submit_entry(entry=make.filled(make.now(entry), ended_on="2020-11-20"))
    record = make.now(entry).record
    assert (record.started_on, record.ended_on) == (date(2020, 2, 21), date(2020, 11, 20))
    assert record.title == "PASSO"


def test_a_record_that_would_contradict_itself_is_refused_in_words():
    record = make.record(started_on=date(2021, 2, 21))
    with pytest.raises(ValidationError) as refused:
        edit_record(by=person(), record=record, details={"ended_on": date(2020, 2, 21)})
    assert refused.value.messages == ["La fine viene prima dell’inizio: controlla le due date."]
    with pytest.raises(ValidationError) as refused:
        edit_record(by=person(), record=make.record(), details={"participants_actual": 10**25})
    assert list(refused.value.error_dict) == ["participants_actual"]


def test_without_an_address_nothing_can_be_asked():
    own = make.census()
    entry = make.filled(entries.enter_by_hand(by=person(), census=own.activity, sheet="other"))
    entries.submit_entry(entry=entry)
    with pytest.raises(ValidationError):
        entries.ask_for_changes(by=person(), entry=make.now(entry), message="?")


def test_publishing_lets_everyone_see_it_and_tells_who_answered():
    entry = make.sent(email="chi@example.org")
    entries.publish_entry(by=person(), entry=entry)
    entry = make.now(entry)
    assert entry.record.is_public
    assert entry.record.verified_on == timezone.localdate()
    assert entry.record.get_absolute_url() in letters("chi@example.org")[-1].text


def test_publishing_twice_is_refused_and_writes_once():
    entry = make.sent(email="chi@example.org")
    entries.publish_entry(by=person(), entry=entry)
    with pytest.raises(ValidationError):
        entries.publish_entry(by=person(), entry=entry)
    assert len(letters("chi@example.org")) == 3  # the link, the receipt, the address


def test_a_record_whose_answer_waits_is_published_by_deciding_about_the_answer():
    who = person()
    sent, asked, declined = make.sent(), make.sent(), make.sent()
    entries.ask_for_changes(by=who, entry=asked, message="?")
    Record.objects.filter(pk=declined.record_id).update(published_at=timezone.now())
    entries.decline_entry(by=who, entry=make.now(declined), reason="Doppione.")
    for entry in (sent, asked, declined):
        with pytest.raises(ValidationError):
            publish_record(by=who, record=make.now(entry).record)
    assert not Record.objects.public().exists()
    entries.publish_entry(by=who, entry=make.now(sent))
    take_back_record(by=who, record=make.now(sent).record)
    publish_record(by=who, record=make.now(sent).record)
    assert make.now(sent).record.is_public


def test_declining_hides_what_was_public():
    entry = make.sent(email="chi@example.org")
    Record.objects.filter(pk=entry.record_id).update(published_at=timezone.now())
    entries.decline_entry(by=person(), entry=make.now(entry), reason="Doppione.")
    entry = make.now(entry)
    assert (entry.state, entry.record.is_public) == (State.DECLINED, False)


def test_declining_says_why_and_leaves_no_draft_behind():
    entry = make.sent(email="chi@example.org")
    entries.decline_entry(by=person(), entry=entry, reason="Non è un processo partecipativo.")
    entry = make.now(entry)
    assert (entry.state, entry.record, Record.objects.count()) == (State.DECLINED, None, 0)
    assert "Non è un processo" in letters("chi@example.org")[-1].text


def test_looking_at_it_again_makes_the_record_anew():
    entry = make.sent()
    entries.decline_entry(by=person(), entry=entry, reason="Doppione.")
    entries.take_up_again(by=person(), entry=make.now(entry))
    entry = make.now(entry)
    assert (entry.state, entry.record.title) == (State.SUBMITTED, "Patto di sviluppo")


def test_a_late_answer_is_entered_by_hand():
    own = make.census(days=-30)
    assert not reading.may_begin(own.activity)
    who = person()
    entry = make.filled(
        entries.enter_by_hand(by=who, census=own.activity, sheet="other", email="carta@example.org")
    )
    entries.submit_entry(entry=entry, by=who)
    entry = make.now(entry)
    assert (entry.state, entry.entered_by) == (State.SUBMITTED, who)
    assert letters("carta@example.org") == []
    entries.publish_entry(by=who, entry=entry)
    assert len(letters("carta@example.org")) == 1


def test_what_nobody_had_time_to_send_is_finished_by_a_curator():
    own, who = make.census(), person()
    entry = make.filled(make.begun(own, email="chi@example.org"))
    with pytest.raises(ValidationError):
        entries.finish_for(by=who, entry=entry)  # they can still send it themselves
    close(own, 49)
    entries.finish_for(by=who, entry=make.now(entry))
    entries.submit_entry(entry=make.now(entry), by=who)
    entry = make.now(entry)
    assert (entry.state, entry.entered_by, entry.record.title) == (State.SUBMITTED, who, "Patto di sviluppo")
    assert len(letters("chi@example.org")) == 1  # the link; who finishes it for them needs no receipt


def test_what_is_taken_up_before_changes_were_sent_is_as_it_was_sent():
    entry = make.sent()
    entries.ask_for_changes(by=person(), entry=entry, message="?")
    half = make.filled(make.now(entry), proponent="", participants_actual="120")
    assert "proponent" not in half.response.answers
    entries.take_up_again(by=person(), entry=half)
    entry = make.now(entry)
    assert (entry.state, entry.response.is_complete) == (State.SUBMITTED, True)
    assert entry.response.answers["proponent"] == "Unione Comuni del Sorbara"
    assert (entry.record.proponent, entry.record.participants_actual) == ("Unione Comuni del Sorbara", 100)


def test_a_new_link_ends_the_old_ones():
    entry = make.begun(email="chi@example.org")
    old = entry.key
    entries.renew_link(by=person(), entry=entry)
    entry = make.now(entry)
    assert entry.key != old
    assert entry.key in letters("chi@example.org")[-1].text


def test_when_the_secret_of_the_installation_changes_the_next_letter_has_a_link_that_works(settings):
    entry = make.sent(email="chi@example.org")
    settings.SECRET_KEY = "another secret, at least fifty signs long, for the tests"
    entries.ask_for_changes(by=person(), entry=entry, message="?")
    from cantiere.foundation.core.keys import digest_of

    fresh = make.now(entry)
    assert fresh.digest == digest_of(fresh.key)
    assert fresh.key in letters("chi@example.org")[-1].text


def test_possible_doubles_are_shown():
    own = make.census()
    twin = make.record(own, "Il patto di sviluppo")
    make.record(own, "Tutt'altra cosa")
    found = review(make.sent(own)).alike
    assert [each.record for each in found] == [twin]


def test_what_is_missing_is_told():
    entry = make.sent(started_on="", ended_on="", website="", public_contacts="")
    words = " ".join(warnings(convert(entry)))
    for part in ("territorio", "giorno", "contatto", "Una cosa mai vista"):
        assert part in words


def test_lines_are_taken_apart_and_each_counts_once():
    assert lines(" - CNA\n\n• Confcommercio; cna \n") == ["CNA", "Confcommercio"]


def test_a_revision_of_the_file_makes_a_new_version_and_leaves_begun_answers(monkeypatch):
    from cantiere.activities.observatory.actions import census as actions
    from cantiere.activities.observatory.queries.questionnaires import definition

    entry = make.begun()
    changed = dict(definition("other")) | {"title": {"it": "Altro titolo", "en": "Another title"}}
    monkeypatch.setattr(actions, "definition", lambda _sheet: changed)
    assert make.begun().response.version.number == 2
    make.filled(entry)
    entries.submit_entry(entry=make.now(entry))
    assert make.now(entry).response.version.number == 1


def test_complete_answers_cannot_be_written_in():
    entry = make.sent()
    with pytest.raises(ValidationError):
        questionnaires.save_page(response=entry.response, page="process", raw={"title": "Altro"})
