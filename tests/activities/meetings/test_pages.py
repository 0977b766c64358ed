"""What visitors, participants and the team see, without script."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from cantiere.activities.meetings import actions
from cantiere.activities.meetings.models import Meeting, Page
from cantiere.foundation.core.models import Submission
from cantiere.programmes.models import Enrolment, TeamMember
from tests.factories import meetings
from tests.factories import programmes as make
from tests.factories.accounts import form_key, person, signed_in
from tests.factories.organisations import organisation

pytestmark = pytest.mark.django_db
LINK = "https://video.example.org/stanza-segreta"
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'</script>"


def words(response):
    """The words of the page, as they are read."""
    body = re.sub(r"<(script|style)\b.*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    main = re.search(r"<main.*</main>", body, re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main[0] if main else body)).split())


def html(response):
    return response.content.decode()


def data(response):
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html(response), re.DOTALL)
    assert found
    return json.loads(found[1])


def editor_of(own):
    return signed_in(make.member(own.activity.programme, TeamMember.Role.EDITOR).person)


def address(own):
    return own.activity.get_absolute_url()


# The public page of a meeting --------------------------------------------------------------------


def test_when_and_where_come_first_with_the_weekday():
    own = meetings.meeting()
    said = words(Client().get(address(own)))
    day = timezone.localdate() + timedelta(days=10)
    weekday = ["lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"][day.weekday()]
    assert f"{weekday} {day.day} " in said
    assert f"{day.year} dalle 18 alle 20" in said
    assert said.index("Sala civica") < said.index("Fa parte di")


def test_seats_left_are_said_in_words():
    own = meetings.meeting(rules={"capacity": 30})
    make.enrolment(own.activity)
    assert "29" in words(Client().get(address(own)))


def test_a_stranger_finds_no_draft():
    own = meetings.meeting(public=False)
    nothing = Client().get("/incontri/non-esiste/")
    for client in (Client(), signed_in(person())):
        answer = client.get(address(own))
        assert (answer.status_code, answer.content[:200]) == (404, nothing.content[:200])


def test_the_team_sees_the_draft_as_a_preview():
    own = meetings.meeting(public=False)
    said = words(editor_of(own).get(address(own)))
    assert "Anteprima: " in said


def test_a_page_is_not_found_under_meetings():
    own = meetings.page()
    assert Client().get(f"/incontri/{own.activity.slug}/").status_code == 404
    assert Client().get(f"/pagine/{meetings.meeting().activity.slug}/").status_code == 404


@pytest.mark.parametrize("state", [s for s in Enrolment.State if s != Enrolment.State.CONFIRMED])
def test_the_link_is_hidden_from_whoever_has_no_confirmed_seat(state):
    own = meetings.meeting(mode="hybrid", video_link=LINK)
    who = make.enrolment(own.activity, state=state).person
    for client in (Client(), signed_in(person()), signed_in(who)):
        for page in (address(own), f"{address(own)}incontro.ics", own.activity.programme.get_absolute_url()):
            assert LINK not in html(client.get(page)).replace("\r\n ", "")


def test_the_link_is_in_no_public_feed():
    own = meetings.meeting(mode="online", video_link=LINK)
    feeds = ("/calendario.ics", "/calendario/", f"{own.activity.programme.get_absolute_url()}calendario.ics")
    for feed in feeds:
        answer = Client().get(feed)
        assert answer.status_code == 200
        assert LINK not in b"".join(answer).decode().replace("\r\n ", "")


def test_the_link_is_shown_to_confirmed_people_and_the_team():
    own = meetings.meeting(mode="online", video_link=LINK)
    who = make.enrolment(own.activity).person
    for client in (signed_in(who), editor_of(own)):
        assert LINK in html(client.get(address(own)))
    assert LINK in html(signed_in(who).get(f"{address(own)}incontro.ics")).replace("\r\n ", "")


def test_the_link_is_shown_to_all_when_the_team_says_so():
    own = meetings.meeting(mode="online", video_link=LINK, video_is_public=True)
    answer = Client().get(address(own))
    assert LINK in html(answer)
    assert data(answer)["location"] == [{"@type": "VirtualLocation", "url": LINK}]


def test_a_meeting_in_person_shows_no_link_it_once_had():
    own = meetings.meeting(mode="in_person", video_link=LINK, video_is_public=True)
    assert LINK not in html(Client().get(address(own)))


def test_free_entry_says_so_and_offers_no_form():
    own = meetings.meeting(takes_enrolments=False)
    answer = Client().get(address(own))
    assert "Ingresso libero" in words(answer)
    assert "/iscrizione/" not in html(answer)


def test_machines_read_an_event():
    own = meetings.meeting(event_type="1.2.4", mode="hybrid", video_link=LINK)
    who = organisation("Comune di Prova")
    own.activity.programme.partnerships.create(organisation=who, role="promoter")
    event = data(Client().get(address(own)))
    assert (event["@type"], event["eventAttendanceMode"]) == (
        "Event", "https://schema.org/MixedEventAttendanceMode",
    )  # fmt: skip
    assert [each["@type"] for each in event["location"]] == ["Place", "VirtualLocation"]
    assert event["organizer"][0]["name"] == "Comune di Prova"
    assert event["additionalType"][1].endswith("public-event-types/1.2.4")
    assert event["startDate"] == own.activity.appointments.get().starts.isoformat()


def test_a_moved_meeting_says_from_when_and_why():
    own = meetings.meeting()
    old = own.activity.appointments.get()
    later = actions.Session(old.starts + timedelta(days=1), old.ends + timedelta(days=1), "", old.pk)
    actions.edit_meeting(
        by=None, meeting=own, row={}, own={}, rules=meetings.RULES, sessions=[later], why="Neve sulla strada."
    )
    answer = Client().get(address(own))
    assert "Neve sulla strada." in words(answer)
    assert data(answer)["eventStatus"] == "https://schema.org/EventRescheduled"


def test_a_cancelled_meeting_says_why_and_takes_nobody():
    own = meetings.meeting()
    own.activity.cancelled_on, own.activity.cancelled_why = timezone.localdate(), "Manca la sala."
    own.activity.save()
    answer = Client().get(address(own))
    assert words(answer).count("Manca la sala.") >= 1
    assert "/iscrizione/" not in html(answer)
    assert data(answer)["eventStatus"] == "https://schema.org/EventCancelled"


def test_afterwards_minutes_numbers_and_what_came_out():
    own = meetings.meeting(sessions=[meetings.session(-3)])
    for _each in range(2):
        make.enrolment(own.activity, attended_on=timezone.localdate())
    details = {
        "minutes": "Detto **così**.",
        "points": "- Una piazza\n- Un orto",
        "in_person_count": 34,
        "short": "Si parte.",
    }
    actions.save_minutes(by=None, meeting=own, details=details)
    client, before = Client(), words(Client().get(address(own)))
    assert "Una piazza" not in before
    assert "34 persone hanno partecipato" in before
    actions.publish_minutes(by=None, meeting=meetings.fresh(own))
    after = words(client.get(address(own)))
    for text in ("Si parte.", "Una piazza", "Un orto", "Detto così"):
        assert text in after


def test_the_team_sees_draft_minutes_marked_as_such():
    own = meetings.meeting(sessions=[meetings.session(-3)])
    actions.save_minutes(by=None, meeting=own, details={"minutes": "Appunti"})
    said = words(editor_of(own).get(address(own)))
    assert "Appunti" in said
    assert "Ancora una bozza" in said


def test_calendar_file_holds_each_session():
    own = meetings.meeting(
        title="Assemblea", sessions=[meetings.session(5, title="Prima"), meetings.session(9)]
    )
    answer = Client().get(f"{address(own)}incontro.ics")
    text = html(answer)
    assert answer["Content-Type"].startswith("text/calendar")
    assert (text.count("BEGIN:VEVENT"), text.count("SUMMARY:Assemblea: Prima")) == (2, 1)


@pytest.mark.parametrize("who", ["visitor", "team"])
def test_queries_do_not_grow_with_sessions(who, django_assert_max_num_queries):
    one = meetings.meeting()
    many = meetings.meeting(one.activity.programme, sessions=[meetings.session(d) for d in (4, 5, 6)])
    client = Client() if who == "visitor" else editor_of(one)
    counts = []
    for own in (one, many):
        with django_assert_max_num_queries(20) as seen:
            client.get(address(own))
        counts.append(len(seen.captured_queries))
    assert counts[0] == counts[1]


def test_texts_cannot_carry_script():
    own = meetings.meeting(
        row={"title": EVIL, "summary": EVIL, "place_note": EVIL}, agenda=EVIL, directions=EVIL, languages=EVIL,
        sessions=[meetings.session(2, title=EVIL)],
    )  # fmt: skip
    actions.save_minutes(by=None, meeting=own, details={"minutes": EVIL, "points": EVIL, "short": EVIL})
    actions.publish_minutes(by=None, meeting=own)
    Meeting.objects.filter(pk=own.pk).update(moved_on=timezone.localdate(), moved_why=EVIL)
    page = meetings.page(own.activity.programme, story=EVIL)
    client = editor_of(own)
    base = f"/gestione/incontri/{own.activity.slug}/"
    for each in (
        address(own),
        address(page),
        base,
        f"{base}verbale/",
        f"/gestione/pagine/{page.activity.slug}/",
    ):
        body = html(client.get(each))
        assert "<script>alert" not in body
        assert "<img src=x" not in body
        assert body.count("alert(1)") >= 1 or each == address(page)


def test_event_data_cannot_end_its_block():
    own = meetings.meeting(row={"summary": EVIL})
    assert data(Client().get(address(own)))["description"] == EVIL


# The public page of a story ----------------------------------------------------------------------


def test_a_story_reads_and_leads_on():
    own = meetings.page(story="Prima **riga**.", link="https://www.example.org/racconto")
    own.activity.starts_on = timezone.localdate()
    own.activity.outcome = "È nata una rete."
    own.activity.save()
    answer = Client().get(address(own))
    for text in ("Prima riga", "example.org", "È nata una rete."):
        assert text in words(answer)
    assert "btn-primary" not in html(answer).split("<main")[1].split("</main>")[0]


def test_a_story_with_a_window_has_its_one_button():
    own = meetings.page(link="https://example.org/modulo")
    own.activity.opens = timezone.now() - timedelta(days=1)
    own.activity.save()
    main = html(Client().get(address(own))).split("<main")[1].split("</main>")[0]
    assert main.count("btn-primary") == 1


def test_documents_are_given_to_whoever_sees_the_page():
    from django.core.files.base import ContentFile

    from cantiere.foundation.core.uploads import clean_document

    own = meetings.page(public=False)
    file = clean_document(ContentFile(b"%PDF-1.4 x %%EOF", name="Piano.pdf"))
    document = actions.add_document(by=None, page=own, title="Il piano", file=file)
    place = f"/pagine/documenti/{document.pk}/"
    assert Client().get(place).status_code == 404
    answer = editor_of(own).get(place)
    assert (answer.status_code, answer["Content-Disposition"]) == (200, 'attachment; filename="Piano.pdf"')


# Where the team prepares -------------------------------------------------------------------------


def test_one_form_keeps_row_words_days_and_rules():
    own = meetings.meeting(public=False)
    sent = meetings.as_posted(own, title="Nuovo titolo", agenda="- Saluti", capacity="25")
    answer = editor_of(own).post(own.activity.kind.edit_url(own.activity), sent | form_key())
    assert answer.status_code == 302
    own = meetings.fresh(own)
    assert (own.activity.title, own.agenda, own.activity.enrolment_rules.capacity) == (
        "Nuovo titolo",
        "- Saluti",
        25,
    )
    assert own.activity.appointments.count() == 1


def test_sending_twice_counts_once():
    own = meetings.meeting(public=False)
    day = {"days-1-day": "2027-03-01", "days-1-start": "18:00", "days-1-end": "20:00"}
    sent, client = meetings.as_posted(own) | day | form_key(), editor_of(own)
    for _time in range(2):
        assert client.post(own.activity.kind.edit_url(own.activity), sent).status_code == 302
    assert (own.activity.appointments.count(), Submission.objects.count()) == (2, 1)


def test_a_day_can_be_removed():
    own = meetings.meeting(public=False, sessions=[meetings.session(4), meetings.session(6)])
    sent = meetings.as_posted(own, **{"days-0-DELETE": "on"})
    editor_of(own).post(own.activity.kind.edit_url(own.activity), sent | form_key())
    assert own.activity.appointments.get().starts.date() == timezone.localdate() + timedelta(days=6)


def test_a_day_somebody_else_added_meanwhile_stays():
    own = meetings.meeting(public=False)
    sent = meetings.as_posted(own, title="Nuovo")
    make.appointment(own.activity)
    answer = editor_of(own).post(own.activity.kind.edit_url(own.activity), sent | form_key())
    assert answer.status_code == 302
    assert own.activity.appointments.count() == 2


def test_an_empty_row_waits_only_where_no_day_is_set():
    own = meetings.meeting(public=False)
    empty = meetings.meeting(own.activity.programme, public=False, sessions=[])
    client = editor_of(own)
    rows = [html(client.get(each.activity.edit_url)).count('type="date"') for each in (own, empty)]
    assert rows == [1, 1]


def test_another_day_keeps_what_was_written_and_saves_nothing():
    own = meetings.meeting(public=False)
    sent = meetings.as_posted(own, title="Ancora da salvare", more="1")
    answer = editor_of(own).post(own.activity.kind.edit_url(own.activity), sent | form_key())
    body = html(answer)
    assert (answer.status_code, body.count('type="date"')) == (200, 3)
    assert "Ancora da salvare" in body
    assert 'id="error-summary"' not in body
    assert meetings.fresh(own).activity.title != "Ancora da salvare"


def test_errors_say_where_and_keep_what_was_written():
    own = meetings.meeting(public=False)
    wrong = {
        "days-0-end": "17:00",
        "title": "",
        "video_link": "http://insicuro.example.org",
        "agenda": "Resta",
    }
    answer = editor_of(own).post(
        own.activity.kind.edit_url(own.activity), meetings.as_posted(own, **wrong) | form_key()
    )
    body = html(answer)
    assert answer.status_code == 200
    for field in ("id_title", "id_days-0-end", "id_video_link"):
        assert f'href="#{field}"' in body
    assert "Resta" in body


def test_a_day_of_another_meeting_is_refused():
    own, other = meetings.meeting(public=False), meetings.meeting()
    theirs = other.activity.appointments.get()
    sent = meetings.as_posted(own, **{"days-0-pk": str(theirs.pk)})
    answer = editor_of(own).post(own.activity.kind.edit_url(own.activity), sent | form_key())
    assert answer.status_code == 200
    assert meetings.fresh(other).activity.appointments.get().starts == theirs.starts


def test_minutes_are_saved_looked_at_and_published():
    own = meetings.meeting(sessions=[meetings.session(-1)])
    client, place = editor_of(own), f"/gestione/incontri/{own.activity.slug}/verbale/"
    sent = {"minutes": "Detto", "short": "In breve", "points": "Uno\nDue", "in_person_count": "12"}
    assert client.get(place).status_code == 200
    assert client.post(place, sent | form_key()).url == place
    assert client.post(place, sent | {"look": "1"} | form_key()).url == f"{address(own)}#esito"
    assert meetings.fresh(own).minutes_on is None
    assert client.post(place, sent | {"publish": "1"} | form_key()).url == address(own)
    assert meetings.fresh(own).minutes_on == timezone.localdate()
    assert client.get(place).status_code == 200
    assert client.get(f"{place}ritira/").status_code == 200
    client.post(f"{place}ritira/", form_key())
    assert meetings.fresh(own).minutes_on is None


def test_empty_minutes_are_not_published():
    own = meetings.meeting()
    place = f"/gestione/incontri/{own.activity.slug}/verbale/"
    answer = editor_of(own).post(place, {"publish": "1"} | form_key())
    assert answer.status_code == 200
    assert 'href="#id_minutes"' in html(answer)


def test_a_facilitator_writes_minutes_but_does_not_publish_them():
    own = meetings.meeting()
    who = make.member(own.activity.programme, TeamMember.Role.FACILITATOR, activity=own.activity).person
    client, place = signed_in(who), f"/gestione/incontri/{own.activity.slug}/verbale/"
    client.post(place, {"minutes": "Detto", "publish": "1"} | form_key())
    assert (meetings.fresh(own).minutes, meetings.fresh(own).minutes_on) == ("Detto", None)
    assert client.get(f"{place}ritira/").status_code == 404
    assert client.get(own.activity.kind.edit_url(own.activity)).status_code == 404


def test_page_form_keeps_story_outcome_and_documents():
    from django.core.files.uploadedfile import SimpleUploadedFile

    own = meetings.page(public=False)
    client, place = editor_of(own), own.activity.kind.edit_url(own.activity)
    sent = {"title": "Le camminate", "phase": own.activity.phase_id, "story": "Si è camminato.",
            "outcome": "Cinque mappe.", "link": "https://example.org/", "file_title": "Le mappe"}  # fmt: skip
    file = SimpleUploadedFile("mappe.pdf", b"%PDF-1.4 x %%EOF")
    assert client.get(place).status_code == 200
    assert client.post(place, sent | {"file": file} | form_key()).status_code == 302
    own = Page.objects.select_related("activity").get(pk=own.pk)
    assert (own.activity.title, own.story, own.activity.outcome) == (
        "Le camminate",
        "Si è camminato.",
        "Cinque mappe.",
    )
    document = own.documents.get()
    assert document.title == "Le mappe"
    client.post(place, sent | {"drop": [document.pk]} | form_key())
    assert own.documents.count() == 0


def test_a_program_is_no_document():
    from django.core.files.uploadedfile import SimpleUploadedFile

    own = meetings.page(public=False)
    sent = {"title": "T", "phase": own.activity.phase_id, "story": "s"}
    file = SimpleUploadedFile("conti.pdf", b"MZ\x90\x00")
    answer = editor_of(own).post(own.activity.kind.edit_url(own.activity), sent | {"file": file} | form_key())
    assert (answer.status_code, own.documents.count()) == (200, 0)
    assert 'href="#id_file"' in html(answer)
