"""Preparing, moving and concluding a meeting; preparing a page."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone

from cantiere.activities.meetings import actions
from cantiere.activities.meetings.models import Meeting, Page
from cantiere.foundation.core.models import AuditEntry
from cantiere.foundation.core.uploads import clean_document
from cantiere.foundation.notices import actions as notices
from cantiere.foundation.notices.models import Notice
from cantiere.programmes import actions as programmes
from cantiere.programmes.models import Enrolment, EnrolmentRules
from tests.factories import meetings
from tests.factories import programmes as make
from tests.factories.accounts import person

pytestmark = pytest.mark.django_db


def edit(meeting, **changes):
    activity = meeting.activity
    stand = [
        actions.Session(a.starts, a.ends, a.title, a.pk) for a in activity.appointments.order_by("starts")
    ]
    actions.edit_meeting(
        by=None,
        meeting=meeting,
        row=changes.pop("row", {}),
        own=changes.pop("own", {}),
        rules=meetings.RULES | changes.pop("rules", {}),
        sessions=changes.pop("sessions", stand),
        **changes,
    )
    return meetings.fresh(meeting)


def moved(session, days):
    return actions.Session(
        session.starts + timedelta(days=days), session.ends + timedelta(days=days), session.title, session.pk
    )


def stand(own):
    return [
        actions.Session(a.starts, a.ends, a.title, a.pk) for a in own.activity.appointments.order_by("starts")
    ]


def version(own):
    return own.activity.appointments.get().version


def titles(who):
    return list(Notice.objects.filter(person=who).order_by("pk").values_list("title", flat=True))


def test_a_new_meeting_has_its_row_and_room_for_everyone():
    own = meetings.meeting()
    rules = EnrolmentRules.objects.get(pk=own.pk)
    assert (rules.capacity, rules.needs_approval, len(rules.door_code)) == (None, False, 5)


def test_days_of_the_activity_follow_the_sessions():
    own = meetings.meeting(sessions=[meetings.session(12), meetings.session(10)])
    today = timezone.localdate()
    assert (own.activity.starts_on, own.activity.ends_on) == (
        today + timedelta(days=10),
        today + timedelta(days=12),
    )


def test_taking_all_sessions_away_leaves_no_days():
    own = edit(meetings.meeting(), sessions=[])
    assert (own.activity.starts_on, own.activity.ends_on, own.activity.opens) == (None, None, None)


def test_enrolment_is_open_until_the_start_unless_told_otherwise():
    own = meetings.meeting()
    assert own.activity.is_open
    assert own.activity.closes == stand(own)[0].starts


def test_closing_follows_the_start_when_the_meeting_moves():
    own = meetings.meeting()
    own = edit(own, sessions=[moved(stand(own)[0], 3)], row={"closes": own.activity.closes})
    assert own.activity.closes == stand(own)[0].starts


def test_a_closing_of_the_teams_own_stays():
    closes = timezone.now() + timedelta(days=2)
    own = meetings.meeting(row={"closes": closes})
    own = edit(own, sessions=[moved(stand(own)[0], 3)], row={"closes": closes})
    assert own.activity.closes == closes


def test_opening_after_the_start_is_refused():
    own = meetings.meeting()
    with pytest.raises(ValidationError) as refused:
        edit(own, row={"opens": timezone.now() + timedelta(days=30)})
    assert list(refused.value.error_dict) == ["opens"]


def test_a_meeting_of_the_past_can_be_written_down():
    own = meetings.meeting(sessions=[meetings.session(-10)])
    assert (own.activity.opens, own.activity.is_open) == (None, False)


def test_without_enrolment_nothing_opens():
    own = meetings.meeting(takes_enrolments=False)
    assert (own.activity.opens, own.activity.closes) == (None, None)


def test_the_link_reaches_the_appointment_only_when_one_can_connect():
    own = meetings.meeting(mode="hybrid", video_link="https://video.example.org/a")
    assert own.activity.appointments.get().link == "https://video.example.org/a"
    own = edit(own, own={"mode": "in_person"})
    assert own.activity.appointments.get().link == ""


def test_moving_a_public_meeting_tells_those_enrolled_at_once_and_bumps_the_version():
    own = meetings.meeting()
    who, before = make.enrolment(own.activity).person, version(own)
    own = edit(own, sessions=[moved(stand(own)[0], 1)], why="La sala non è libera.")
    assert len(titles(who)) == 1
    assert version(own) == before + 1
    assert (own.moved_on, own.moved_why) == (timezone.localdate(), "La sala non è libera.")


def test_moving_back_tells_again():
    own = meetings.meeting()
    who = make.enrolment(own.activity).person
    own = edit(own, sessions=[moved(stand(own)[0], 1)])
    own = edit(own, sessions=[moved(stand(own)[0], -1)])
    edit(own, sessions=[moved(stand(own)[0], 1)])
    assert len(titles(who)) == 3


def test_a_new_place_is_told_and_noted():
    own = meetings.meeting()
    who, before = make.enrolment(own.activity).person, version(own)
    own = edit(own, row={"place_note": "Biblioteca"})
    assert len(titles(who)) == 1
    assert version(own) == before + 1
    assert own.moved_on == timezone.localdate()


def test_changing_words_tells_nobody():
    own = meetings.meeting()
    who = make.enrolment(own.activity).person
    own = edit(own, own={"agenda": "Altro"})
    assert (titles(who), own.moved_on) == ([], None)


def test_a_draft_moves_in_silence():
    own = meetings.meeting(public=False)
    who = make.enrolment(own.activity).person
    own = edit(own, sessions=[moved(stand(own)[0], 1)])
    assert (titles(who), own.moved_on) == ([], None)


def test_those_who_withdrew_are_not_told():
    own = meetings.meeting()
    who = make.enrolment(own.activity, state=Enrolment.State.WITHDRAWN).person
    edit(own, sessions=[moved(stand(own)[0], 1)])
    assert titles(who) == []


def test_more_seats_go_to_those_who_wait():
    own = meetings.meeting(rules={"capacity": 1})
    make.enrolment(own.activity)
    waiting = make.enrolment(own.activity, state=Enrolment.State.WAITING)
    edit(own, rules={"capacity": 2})
    waiting.refresh_from_db()
    assert waiting.state == Enrolment.State.OFFERED


def test_edit_is_logged():
    own = edit(meetings.meeting(), own={"agenda": "Nuova"})
    entry = AuditEntry.objects.filter(verb="meetings.edit", target_id=str(own.pk)).latest("pk")
    assert entry.data == {"changed": ["agenda"]}


def test_copy_takes_settings_and_leaves_results():
    own = meetings.meeting(
        agenda="Punti", event_type="1.2.4", mode="online", video_link="https://video.example.org/a",
        rules={"capacity": 30},
    )  # fmt: skip
    actions.save_minutes(by=None, meeting=own, details={"minutes": "Detto", "in_person_count": 3})
    make.enrolment(own.activity)
    copy = programmes.copy_activity(
        by=person(), activity=own.activity, programme=own.activity.programme, phase=own.activity.phase
    )
    new = Meeting.objects.get(pk=copy.pk)
    assert (new.agenda, new.event_type, new.mode) == ("Punti", "1.2.4", "online")
    assert (new.video_link, new.minutes, new.in_person_count, new.minutes_on) == ("", "", None, None)
    assert (copy.appointments.count(), copy.enrolments.count()) == (0, 0)
    assert copy.enrolment_rules.capacity == 30


def test_minutes_stay_with_the_team_until_published():
    own = meetings.meeting()
    actions.save_minutes(by=None, meeting=own, details={"minutes": "Detto", "short": "In breve."})
    own = meetings.fresh(own)
    assert (own.minutes, own.minutes_on, own.activity.outcome) == ("Detto", None, "")


def test_publishing_minutes_tells_followers_and_those_with_a_seat_once():
    own = meetings.meeting(title="Assemblea")
    both, came, waits, follows = (person() for _ in range(4))
    for who in (both, follows):
        notices.follow(person=who, topic=own.activity.programme.topic)
    make.enrolment(own.activity, both)
    make.enrolment(own.activity, came)
    make.enrolment(own.activity, waits, state=Enrolment.State.WAITING)
    actions.save_minutes(by=None, meeting=own, details={"minutes": "Detto", "short": "Si fa la piazza."})
    actions.publish_minutes(by=None, meeting=own)
    actions.publish_minutes(by=None, meeting=own)
    assert [len(titles(who)) for who in (both, came, waits, follows)] == [1, 1, 0, 1]
    own = meetings.fresh(own)
    assert (own.minutes_on, own.activity.outcome) == (timezone.localdate(), "Si fa la piazza.")


def test_publishing_twice_is_logged_once_and_keeps_the_first_day():
    own = meetings.meeting()
    actions.save_minutes(by=None, meeting=own, details={"minutes": "Detto"})
    actions.publish_minutes(by=None, meeting=own)
    Meeting.objects.filter(pk=own.pk).update(minutes_on=timezone.localdate() - timedelta(days=9))
    actions.publish_minutes(by=None, meeting=meetings.fresh(own))
    assert meetings.fresh(own).minutes_on == timezone.localdate() - timedelta(days=9)
    assert AuditEntry.objects.filter(verb="meetings.publish_minutes").count() == 1


def test_minutes_without_a_short_word_are_told_too():
    own = meetings.meeting()
    follower = person()
    notices.follow(person=follower, topic=own.activity.programme.topic)
    actions.save_minutes(by=None, meeting=own, details={"minutes": "Detto"})
    actions.publish_minutes(by=None, meeting=own)
    assert len(titles(follower)) == 1


def test_nothing_written_is_not_published():
    own = meetings.meeting()
    with pytest.raises(ValidationError):
        actions.publish_minutes(by=None, meeting=own)


def test_minutes_of_a_draft_meeting_tell_nobody():
    own = meetings.meeting(public=False)
    who = make.enrolment(own.activity).person
    actions.save_minutes(by=None, meeting=own, details={"minutes": "Detto"})
    actions.publish_minutes(by=None, meeting=own)
    assert titles(who) == []


def test_a_change_of_the_short_word_after_publishing_shows_at_once():
    own = meetings.meeting()
    actions.save_minutes(by=None, meeting=own, details={"short": "Prima"})
    actions.publish_minutes(by=None, meeting=own)
    actions.save_minutes(by=None, meeting=own, details={"short": "Dopo"})
    assert meetings.fresh(own).activity.outcome == "Dopo"


def test_minutes_taken_back_are_a_draft_again_and_lose_no_word():
    own = meetings.meeting()
    actions.save_minutes(by=None, meeting=own, details={"minutes": "Detto", "short": "In breve"})
    actions.publish_minutes(by=None, meeting=own)
    actions.take_back_minutes(by=None, meeting=own)
    own = meetings.fresh(own)
    assert (own.minutes_on, own.activity.outcome, own.minutes, own.short) == (None, "", "Detto", "In breve")


def test_page_keeps_row_story_and_outcome_together():
    own = meetings.page()
    actions.edit_page(
        by=None, page=own, row={"title": "Nuovo", "outcome": "È nata una rete."}, own={"story": "Altra"}
    )
    own = Page.objects.select_related("activity").get(pk=own.pk)
    assert (own.story, own.activity.title, own.activity.outcome) == ("Altra", "Nuovo", "È nata una rete.")


def test_copy_of_a_page_takes_its_words_and_no_document():
    own = meetings.page(link="https://example.org/a")
    file = clean_document(ContentFile(b"%PDF-1.4 x %%EOF", name="Piano.pdf"))
    actions.add_document(by=None, page=own, title="", file=file)
    copy = programmes.copy_activity(
        by=person(), activity=own.activity, programme=own.activity.programme, phase=own.activity.phase
    )
    new = Page.objects.get(pk=copy.pk)
    assert (new.story, new.link, new.documents.count()) == ("Una storia breve.", "https://example.org/a", 0)


@pytest.mark.django_db(transaction=True)
def test_a_removed_document_leaves_the_disk():
    own = meetings.page()
    file = clean_document(ContentFile(b"%PDF-1.4 x %%EOF", name="Piano.pdf"))
    document = actions.add_document(by=None, page=own, title="", file=file)
    storage, name = document.file.storage, document.file.name
    assert (document.title, document.shown, storage.exists(name)) == ("Piano", "Piano.pdf", True)
    actions.remove_document(by=None, document=document)
    assert (own.documents.count(), storage.exists(name)) == (0, False)
