"""From a nomination to the map and away from it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from cantiere.activities.innovators import actions, consent
from cantiere.activities.innovators.models import (
    Departure,
    Innovator,
    Letter,
    Nomination,
    PublicationConsent,
    Refusal,
)
from cantiere.engine.terms import after_months
from cantiere.foundation.core import personal_data
from cantiere.foundation.core.jobs.worker import run_all
from cantiere.foundation.core.keys import digest_of
from cantiere.foundation.core.models import AuditEntry, Erasure, Mail
from cantiere.foundation.notices.models import Notice
from cantiere.foundation.search.models import Entry
from cantiere.programmes import actions as programme_actions
from cantiere.programmes.models import TeamMember
from tests.factories import innovators as make
from tests.factories import programmes
from tests.factories.accounts import person
from tests.factories.places import place

pytestmark = [pytest.mark.django_db, pytest.mark.database]
State = Innovator.State


def letters(email):
    return list(Mail.objects.filter(to=email).order_by("pk").values_list("subject", flat=True))


# Oneself ---------------------------------------------------------------------------------------


def test_who_nominates_themselves_gets_a_link_and_is_not_public():
    innovator = make.begun(email="Ada@Example.org")
    assert innovator.state == State.UNCONFIRMED
    assert make.key_in("ada@example.org", "la-mia-scheda") == innovator.key
    assert innovator.digest == digest_of(innovator.key) != innovator.key
    assert innovator.key not in str(Innovator.objects.values().get())


def test_twice_is_once():
    own = make.innovator_map()
    make.begun(own)
    make.begun(own)
    assert own.innovators.count() == 1
    assert len(letters("ada@example.org")) == 1


def test_who_has_signed_in_with_the_address_goes_on_at_once():
    own, ada = make.innovator_map(), person(email="ada@example.org")
    got = actions.nominate_oneself(own=own, details=make.details(), email="ada@example.org", person=ada)
    assert got is not None
    assert got.state == State.INVITED
    assert letters("ada@example.org") == []


def test_somebody_else_signed_in_proves_nothing():
    own = make.innovator_map()
    assert (
        actions.nominate_oneself(own=own, details=make.details(), email="ada@example.org", person=person())
        is None
    )
    assert own.innovators.get().state == State.UNCONFIRMED


def test_a_closed_call_takes_nobody():
    own = make.innovator_map(is_open=False)
    with pytest.raises(ValidationError):
        actions.nominate_oneself(own=own, details=make.details(), email="ada@example.org")
    draft = make.innovator_map(public=False)
    with pytest.raises(ValidationError):
        actions.nominate_oneself(own=draft, details=make.details(), email="ada@example.org")


def test_a_mailbox_is_not_filled_with_letters():
    own, here = make.innovator_map(), place()
    for number in range(10):
        actions.nominate_oneself(
            own=own, details=make.details(f"Ada {number}", here), email="ada@example.org"
        )
    with pytest.raises(ValidationError):
        actions.nominate_oneself(own=own, details=make.details("Ada ancora", here), email="ada@example.org")


# Others ----------------------------------------------------------------------------------------


def test_nobody_is_written_to_before_the_nomination_is_confirmed():
    innovator = make.nominated(confirmed=False)
    assert innovator.state == State.UNCONFIRMED
    assert letters("ada@example.org") == []
    assert len(letters("nino@example.org")) == 1
    make.confirm(innovator.nominations.get())
    assert make.fresh(innovator).state == State.INVITED
    assert len(letters("ada@example.org")) == 1


def test_the_letter_names_who_nominated_only_if_they_agreed():
    own = make.innovator_map()
    make.nominated(own)
    assert "Nino" not in Mail.objects.get(to="ada@example.org").text
    make.nominated(own, "bice@example.org", name="Bice Terra", may_name=True)
    assert "Nino Pratesi" in Mail.objects.get(to="bice@example.org").text


def test_one_letter_however_many_nominate():
    own = make.innovator_map()
    first = make.nominated(own)
    row = actions.nominate_other(
        own=own,
        details=make.details("A. Filanti", email="ada@example.org"),
        nomination={"why": "Brava.", "by_name": "Lea", "by_email": "lea@example.org"},
    )
    make.confirm(row)
    assert len(letters("ada@example.org")) == 1
    assert own.innovators.get() == first
    assert first.nominations.count() == 2


def test_confirming_twice_changes_nothing():
    innovator = make.nominated()
    make.confirm(innovator.nominations.get())
    assert len(letters("ada@example.org")) == 1


def test_who_refused_is_erased_and_never_written_to_again():
    own = make.innovator_map()
    innovator = make.nominated(own)
    actions.leave(innovator=innovator)
    assert own.innovators.count() == 0
    assert list(own.departures.values_list("why", flat=True)) == ["refused"]
    assert "ada@example.org" not in str(Refusal.objects.values().get())
    make_again = actions.nominate_other(
        own=own,
        details=make.details("Ada", email="ADA@example.org"),
        nomination={"why": "Insisto.", "by_name": "Lea", "by_email": "lea@example.org"},
    )
    make.confirm(make_again)
    actions.nominate_oneself(own=own, details=make.details(), email="ada@example.org")
    assert len(letters("ada@example.org")) == 1
    assert own.innovators.count() == 0


def test_a_refusal_holds_for_one_map_alone():
    actions.leave(innovator=make.nominated())
    make.nominated()
    assert len(letters("ada@example.org")) == 2


def test_without_an_address_the_team_reaches_them():
    own = make.innovator_map()
    programmes.member(own.activity.programme, TeamMember.Role.EDITOR)
    innovator = make.nominated(own, email="", reach="Il banco del mercato")
    assert innovator.state == State.TO_REACH
    assert Notice.objects.count() == 1
    actions.invite(by=person(), innovator=innovator, email="ada@example.org")
    assert make.fresh(innovator).state == State.INVITED
    assert len(letters("ada@example.org")) == 1
    with pytest.raises(ValidationError):
        actions.invite(by=person(), innovator=innovator, email="altra@example.org")


def test_taking_a_nomination_back_leaves_nothing():
    innovator = make.nominated(confirmed=False)
    actions.take_back_nomination(nomination=innovator.nominations.get())
    assert Innovator.objects.count() == Nomination.objects.count() == Departure.objects.count() == 0


def test_a_confirmed_nomination_is_not_taken_back():
    innovator = make.nominated()
    with pytest.raises(ValidationError):
        actions.take_back_nomination(nomination=innovator.nominations.get())


def again(row):
    """The nomination as its link finds it."""
    return Nomination.objects.select_related(*Nomination.address_related).get(pk=row.pk)


def test_ones_own_entry_does_not_hang_on_what_another_nominated_and_never_confirmed():
    own = make.innovator_map()
    row = make.nominated(own, confirmed=False).nominations.get()
    mine = make.agreed(own)
    assert mine != row.innovator
    assert mine.nominations.get().own
    make.confirm(row)
    assert own.innovators.get() == mine
    assert make.fresh(mine).state == State.CURATION
    assert mine.nominations.count() == 2
    assert len(letters("ada@example.org")) == 1


def test_it_was_not_me_takes_no_entry_of_another():
    own = make.innovator_map()
    row = make.nominated(own, confirmed=False).nominations.get()
    mine = make.agreed(own)
    actions.take_back_nomination(nomination=again(row))
    assert own.innovators.get() == mine
    assert mine.nominations.get().own


def test_an_entry_that_went_on_is_not_moved_by_a_late_answer():
    row = make.nominated(confirmed=False).nominations.get()
    actions.record_consent(by=person(), innovator=row.innovator, given_on=timezone.localdate(), note="c")
    make.confirm(row)
    assert make.fresh(row.innovator).state == State.CURATION
    assert letters("ada@example.org") == []
    late = make.nominated(make.innovator_map(), "bice@example.org", confirmed=False).nominations.get()
    actions.record_consent(by=person(), innovator=late.innovator, given_on=timezone.localdate(), note="c")
    actions.take_back_nomination(nomination=again(late))
    assert make.fresh(late.innovator).state == State.CURATION
    assert not late.innovator.nominations.exists()


def test_who_takes_back_leaves_what_another_confirmed():
    own = make.innovator_map()
    row = make.nominated(own, confirmed=False).nominations.get()
    invited = make.nominated(own, by_email="lea@example.org")
    actions.take_back_nomination(nomination=again(row))
    assert own.innovators.get() == invited
    assert invited.state == State.INVITED


def test_a_confirmed_nomination_goes_to_the_entry_on_the_map_not_to_one_just_begun():
    own = make.innovator_map()
    begun, shown = make.begun(own, name="Ada e Bice"), make.published(own)
    before = len(letters("ada@example.org"))
    make.confirm(make.nominated(own, confirmed=False).nominations.get())
    assert shown.nominations.count() == 2
    assert make.fresh(begun).state == State.UNCONFIRMED
    assert len(letters("ada@example.org")) == before


def test_nominations_of_others_do_not_keep_one_from_nominating_oneself():
    own, here = make.innovator_map(), place()
    for number in range(10):
        make.nominated(
            own, place=here, name=f"Ada {number}", by_email=f"n{number}@example.org", confirmed=False
        )
    assert make.begun(own, place=here).nominations.get().own


def test_a_map_may_take_only_ones_own_nomination():
    with pytest.raises(ValidationError):
        make.nominated(make.innovator_map(takes_others=False))


# Consent ---------------------------------------------------------------------------------------


def test_the_consent_keeps_the_words_that_were_read():
    innovator = make.begun()
    words = consent.words(innovator.map)
    actions.save_profile(innovator=innovator, details={}, agrees=True, words=words)
    row = PublicationConsent.objects.get()
    assert (row.version, row.text_hash, row.channel) == (consent.VERSION, consent.digest(words), "web")
    assert innovator.map.activity.title in words
    assert make.fresh(innovator).state == State.CURATION


def test_saving_for_later_proves_the_address_and_hands_nothing_in():
    innovator = make.begun()
    actions.save_profile(innovator=innovator, details={"story": "Comincia così."}, agrees=False)
    innovator = make.fresh(innovator)
    assert (innovator.state, innovator.story) == (State.INVITED, "Comincia così.")


def test_nobody_is_published_without_a_consent():
    innovator = make.begun()
    actions.save_profile(innovator=innovator, details={}, agrees=False)
    with pytest.raises(ValidationError):
        actions.publish(by=person(), innovator=innovator)
    assert make.fresh(innovator).state == State.INVITED


@pytest.mark.parametrize("state", [State.PUBLISHED, State.STALE])
def test_the_database_itself_refuses_who_has_not_agreed(state):
    innovator = make.begun()
    with pytest.raises(IntegrityError), transaction.atomic():
        Innovator.objects.filter(pk=innovator.pk).update(state=state)


def test_withdrawing_hides_and_erases_at_once():
    innovator = make.published(searchable=True)
    assert Entry.objects.filter(key=f"innovator:{innovator.pk}").exists()
    actions.leave(innovator=innovator)
    assert Innovator.objects.count() == PublicationConsent.objects.count() == Entry.objects.count() == 0
    assert Departure.objects.get().why == "withdrawn"
    assert "Ada" not in str(list(AuditEntry.objects.values()))


def test_the_picture_leaves_with_the_entry(django_capture_on_commit_callbacks):
    from tests.architecture.world import _picture

    innovator = make.published(picture=_picture(), picture_alt="Ada")
    storage, name = innovator.picture.storage, innovator.picture.name
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        actions.leave(innovator=innovator)
    assert not storage.exists(name)


# Curation --------------------------------------------------------------------------------------


def test_publishing_tells_the_innovator_thanks_and_forgets_who_nominated():
    own = make.innovator_map()
    innovator = make.nominated(own)
    actions.save_profile(innovator=innovator, details={"searchable": True}, agrees=True)
    actions.publish(by=person(), innovator=innovator)
    innovator = make.fresh(innovator)
    assert (innovator.state, innovator.published_on) == (State.PUBLISHED, timezone.localdate())
    assert len(letters("ada@example.org")) == 2
    assert len(letters("nino@example.org")) == 2
    row = innovator.nominations.get()
    assert (row.by_name, row.by_email, row.why, row.digest) == ("", "", "", None)
    assert Entry.objects.get(key=f"innovator:{innovator.pk}").title == "Ada Filanti"


def test_publishing_twice_tells_once():
    innovator = make.published()
    actions.publish(by=person(), innovator=innovator)
    assert len(letters("ada@example.org")) == 2


def test_who_does_not_want_to_be_found_is_not_in_the_search():
    make.published(searchable=False)
    assert not Entry.objects.filter(key__startswith="innovator:").exists()


def test_followers_hear_of_new_innovators():
    own, follower = make.innovator_map(), person()
    actions.follow(by=follower, own=own, wanted=True)
    make.published(own)
    notice = Notice.objects.get(person=follower)
    assert "Ada Filanti" in notice.title
    actions.follow(by=follower, own=own, wanted=False)
    make.published(own, "bice@example.org", name="Bice Terra")
    assert Notice.objects.filter(person=follower).count() == 1


def test_followers_hear_no_more_of_who_left_or_is_hidden():
    own, follower, ada = make.innovator_map(), person(), person(email="ada@example.org")
    actions.follow(by=follower, own=own, wanted=True)
    innovator = make.published(own)
    actions.ask_for_changes(by=person(), innovator=innovator, message="Racconta di più.")
    assert not Notice.objects.exists()
    actions.save_profile(innovator=innovator, details={"story": "Ecco."}, agrees=False)
    actions.publish(by=person(), innovator=innovator)
    assert Notice.objects.get().person == follower
    make.published(own, "bice@example.org", name="Bice Terra")
    actions.leave(innovator=innovator)
    assert "Bice Terra" in Notice.objects.get().title
    make.published(own)
    personal_data.erase_all(ada)
    assert "Bice Terra" in Notice.objects.get().title


def test_a_draft_map_publishes_nobody():
    own = make.innovator_map(public=False)
    innovator = actions.add_by_hand(
        by=person(), own=own, details=make.details(), email="", given_on=timezone.localdate(), note="c"
    )
    with pytest.raises(ValidationError):
        actions.publish(by=person(), innovator=innovator)


def test_changes_asked_hide_until_they_are_made():
    innovator = make.published()
    with pytest.raises(ValidationError):
        actions.ask_for_changes(by=person(), innovator=innovator, message=" ")
    actions.ask_for_changes(by=person(), innovator=innovator, message="Racconta come è nata.")
    assert not make.fresh(innovator).is_public
    assert "Racconta come è nata." in Mail.objects.filter(to="ada@example.org").last().text
    actions.save_profile(innovator=innovator, details={"story": "È nata in soffitta."}, agrees=False)
    assert make.fresh(innovator).state == State.CURATION


def test_declining_gives_the_reason_and_ends_the_entry():
    innovator = make.agreed()
    with pytest.raises(ValidationError):
        actions.decline(by=person(), innovator=innovator, message="")
    actions.decline(by=person(), innovator=innovator, message="È fuori provincia.")
    assert make.fresh(innovator).state == State.DECLINED
    assert "È fuori provincia." in Mail.objects.filter(to="ada@example.org").last().text
    with pytest.raises(ValidationError):
        actions.save_profile(innovator=innovator, details={}, agrees=True)


def test_what_was_not_published_can_be_taken_up_again():
    innovator, clerk = make.agreed(), person()
    with pytest.raises(ValidationError):
        actions.take_up_again(by=clerk, innovator=innovator)
    actions.decline(by=clerk, innovator=innovator, message="È fuori provincia.")
    actions.take_up_again(by=clerk, innovator=innovator)
    innovator = make.fresh(innovator)
    assert (innovator.state, innovator.message) == (State.CURATION, "")
    actions.publish(by=clerk, innovator=innovator)
    assert make.fresh(innovator).is_public


def test_declining_who_has_not_agreed_erases_in_silence():
    innovator = make.nominated()
    actions.decline(by=person(), innovator=innovator, message="")
    assert not Innovator.objects.exists()
    assert len(letters("ada@example.org")) == 1


def test_the_innovator_hears_what_the_team_changed():
    innovator = make.published()
    actions.edit_profile(by=person(), innovator=innovator, details={"what": "Suono i telai."})
    assert "che cosa fai, in una riga" in Mail.objects.filter(to="ada@example.org").last().text.lower()
    before = Mail.objects.count()
    actions.edit_profile(by=person(), innovator=innovator, details={"what": "Suono i telai."})
    assert Mail.objects.count() == before


def test_a_change_on_the_map_shows_at_once_and_is_read_again():
    innovator = make.published(searchable=True)
    actions.save_profile(innovator=innovator, details={"name": "Ada dei telai"}, agrees=False)
    innovator = make.fresh(innovator)
    assert innovator.is_public
    assert innovator.to_reread
    assert innovator.slug == "ada-dei-telai"
    assert Entry.objects.get(key=f"innovator:{innovator.pk}").address == innovator.get_absolute_url()
    actions.read_again(by=person(), innovator=innovator)
    assert not make.fresh(innovator).to_reread


def test_an_entry_from_a_sheet_records_where_the_sheet_is():
    own = make.innovator_map()
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError):
        actions.add_by_hand(
            by=person(), own=own, details=make.details(), email="", given_on=tomorrow, note="c"
        )
    clerk = person()
    innovator = actions.add_by_hand(
        by=clerk,
        own=own,
        details=make.details(),
        email="ada@example.org",
        given_on=timezone.localdate(),
        note="Cartella 3",
    )
    row = innovator.consents.get()
    assert (row.channel, row.note, row.by) == ("paper", "Cartella 3", clerk)
    actions.publish(by=clerk, innovator=innovator)
    assert make.fresh(innovator).is_public
    assert make.key_in("ada@example.org", "la-mia-scheda") == innovator.key


def test_joining_two_entries_keeps_the_nominations():
    own = make.innovator_map()
    kept = make.published(own)
    double = make.nominated(own, email="", reach="Il mercato")
    actions.merge(by=person(), kept=kept, double=double)
    assert list(own.innovators.all()) == [kept]
    assert kept.nominations.count() == 2
    elsewhere = make.nominated(email="", reach="Altrove")
    with pytest.raises(ValidationError):
        actions.merge(by=person(), kept=kept, double=elsewhere)
    with pytest.raises(ValidationError):
        actions.merge(by=person(), kept=kept, double=kept)


@pytest.mark.parametrize("late", [make.confirm, lambda row: actions.take_back_nomination(nomination=row)])
def test_joining_ends_the_links_of_nominations_that_nobody_confirmed(late):
    own = make.innovator_map()
    kept = make.published(own)
    row = again(make.nominated(own, confirmed=False).nominations.get())
    actions.merge(by=person(), kept=kept, double=row.innovator)
    assert kept.nominations.get().own
    with pytest.raises((ValidationError, Nomination.DoesNotExist)):
        late(row)
    assert make.fresh(kept).is_public


def test_who_agreed_from_another_address_is_not_erased_by_joining():
    own = make.innovator_map()
    kept, double = make.published(own), make.agreed(own, "altra@example.org")
    with pytest.raises(ValidationError):
        actions.merge(by=person(), kept=kept, double=double)


# The clock -------------------------------------------------------------------------------------


def test_once_a_year_everyone_is_asked_and_who_never_answers_is_hidden():
    innovator = make.published(searchable=True)
    programmes.member(innovator.map.activity.programme, TeamMember.Role.COORDINATOR)
    day = after_months(timezone.localdate(), 12)
    assert actions.ask_whether_right(today=day - timedelta(days=1)) == 0
    sent = len(letters("ada@example.org"))
    for number in range(3):
        assert actions.ask_whether_right(today=day + timedelta(days=14 * number)) == 1
        assert actions.ask_whether_right(today=day + timedelta(days=14 * number)) == 0
        assert len(letters("ada@example.org")) == sent + number + 1
        assert make.fresh(innovator).is_public
    actions.ask_whether_right(today=day + timedelta(days=42))
    assert make.fresh(innovator).state == State.STALE
    assert not Entry.objects.filter(key=f"innovator:{innovator.pk}").exists()
    assert Notice.objects.count() == 1
    actions.still_right(innovator=innovator)
    assert make.fresh(innovator).is_public
    assert Entry.objects.filter(key=f"innovator:{innovator.pk}").exists()


def test_who_answers_is_left_alone_for_another_year():
    innovator = make.published()
    day = after_months(timezone.localdate(), 12)
    actions.ask_whether_right(today=day)
    actions.still_right(innovator=innovator)
    assert actions.ask_whether_right(today=day - timedelta(days=1)) == 0
    assert make.fresh(innovator).asked == 0


def test_the_months_are_those_of_the_map():
    make.published(make.innovator_map(months=6))
    day = after_months(timezone.localdate(), 6)
    assert actions.ask_whether_right(today=day - timedelta(days=1)) == 0
    assert actions.ask_whether_right(today=day) == 1


def test_who_has_no_address_is_asked_in_person():
    own = make.innovator_map()
    programmes.member(own.activity.programme, TeamMember.Role.EDITOR)
    innovator = actions.add_by_hand(
        by=person(), own=own, details=make.details(), email="", given_on=timezone.localdate(), note="c"
    )
    actions.publish(by=person(), innovator=innovator)
    actions.ask_whether_right(today=after_months(timezone.localdate(), 12))
    assert Notice.objects.count() == 1
    actions.note_still_right(by=person(), innovator=innovator)
    assert make.fresh(innovator).asked == 0


@pytest.mark.parametrize(
    ("born", "days", "why"),
    [
        (make.begun, 7, "unconfirmed"),
        (make.nominated, 60, "unanswered"),
        (lambda: make.nominated(email="", reach="x"), 60, "unanswered"),
    ],
)
def test_what_nobody_answers_is_erased(born, days, why):
    born()
    today = timezone.localdate()
    assert actions.forget_unanswered(today=today + timedelta(days=days - 1)) == 0
    assert actions.forget_unanswered(today=today + timedelta(days=days)) == 1
    assert not Innovator.objects.exists()
    assert Departure.objects.get().why == why


def test_who_is_on_the_map_is_not_forgotten():
    make.published()
    make.agreed(make.innovator_map(), "bice@example.org")
    assert actions.forget_unanswered(today=timezone.localdate() + timedelta(days=5000)) == 0


def test_who_was_declined_or_hidden_for_long_is_erased():
    declined = make.agreed()
    actions.decline(by=person(), innovator=declined, message="No.")
    hidden = make.published(make.innovator_map(), "bice@example.org")
    Innovator.objects.filter(pk=hidden.pk).update(state=State.STALE)
    today = timezone.localdate()
    assert actions.forget_unanswered(today=today + timedelta(days=30)) == 1
    assert actions.forget_unanswered(today=today + timedelta(days=365)) == 1


# Letters ---------------------------------------------------------------------------------------


def test_a_letter_goes_out_after_its_writer_confirms_and_is_forgotten():
    innovator = make.published(takes_letters=True)
    letter = actions.write_letter(
        innovator=innovator, name="Lea", email="Lea@example.org", text="Ci vediamo?"
    )
    assert len(letters("ada@example.org")) == 2
    actions.send_letter(letter=Letter.objects.select_related(*Letter.address_related).get(pk=letter.pk))
    mail = Mail.objects.filter(to="ada@example.org").last()
    assert "Ci vediamo?" in mail.text
    assert mail.headers["Reply-To"] == "lea@example.org"
    assert not Letter.objects.exists()
    assert "ada@example.org" not in "".join(
        Mail.objects.filter(to="lea@example.org").values_list("text", flat=True)
    )


def test_who_takes_no_letters_gets_none():
    with pytest.raises(ValidationError):
        actions.write_letter(innovator=make.published(), name="Lea", email="lea@example.org", text="Ehi")


def test_a_letter_nobody_confirms_is_erased():
    innovator = make.published(takes_letters=True)
    actions.write_letter(innovator=innovator, name="Lea", email="lea@example.org", text="Ehi")
    assert actions.forget_unanswered(today=timezone.localdate() + timedelta(days=2)) == 0
    assert actions.forget_unanswered(today=timezone.localdate() + timedelta(days=3)) == 1


# Personal data ---------------------------------------------------------------------------------


def test_export_and_erasure_follow_the_address():
    ada = person(email="ada@example.org", name="Ada")
    own = make.innovator_map()
    innovator = make.published(own, takes_letters=True)
    other = make.nominated(own, "bice@example.org", name="Bice Terra", by_email="ada@example.org")
    actions.write_letter(innovator=innovator, name="Ada", email="ada@example.org", text="Prova")
    told = personal_data.export_all(ada)
    assert told["innovator_entries"][0]["name"] == "Ada Filanti"
    assert told["nominations_of_others"][0]["innovator__name"] == "Bice Terra"
    assert told["letters_to_innovators"][0]["text"] == "Prova"
    personal_data.erase_all(ada)
    assert list(own.innovators.all()) == [other]
    assert other.nominations.get().by_email == ""
    assert not Letter.objects.exists()


# After a restore -------------------------------------------------------------------------------


def test_who_left_does_not_come_back_with_an_older_backup(
    settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.DATA = tmp_path
    before = make.published()
    with django_capture_on_commit_callbacks(execute=True):
        actions.leave(innovator=make.fresh(before))
    Erasure.objects.all().delete()
    before.save(force_insert=True)  # the backup was made before
    assert personal_data.replay() == 1
    assert not Innovator.objects.exists()


def test_a_letter_sent_after_the_secret_changed_carries_a_link_that_works(settings):
    innovator = make.published()
    before = innovator.key
    settings.SECRET_KEY = "un altro segreto, lungo abbastanza per essere preso sul serio"
    key = innovator.key_to_send()
    assert key != before
    assert Innovator.objects.get(digest=digest_of(key)) == innovator


def test_who_is_on_a_map_follows_it_into_the_search_and_out_of_it():
    own = make.innovator_map()
    made = make.published(own, searchable=True)
    make.published(own, "bice@example.org", name="Bice Terra", searchable=False)
    keys = Entry.objects.filter(key__startswith="innovator:").values_list("key", flat=True)
    assert list(keys.all()) == [f"innovator:{made.pk}"]
    activity, who = own.activity, person()
    programme_actions.withdraw_activity(by=who, activity=activity)
    assert not keys.all().exists(), "at once"
    programme_actions.publish_activity(by=who, activity=activity)
    run_all("maintenance")
    assert list(keys.all()) == [f"innovator:{made.pk}"]
