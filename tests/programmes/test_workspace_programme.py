"""The workspace: describing, publishing, changing, copying; partners and team."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from cantiere.foundation.accounts.models import Invitation
from tests.factories import programmes as make
from tests.factories.accounts import form_key, person, signed_in
from tests.factories.organisations import organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("toy")]


def at(name, *args):
    return reverse(f"programmes:{name}", args=args)


# --- Describing, publishing, changing, copying ------------------------------------------------
def described(programme, **words):
    known = {
        "title": programme.title,
        "summary": programme.summary,
        "approach": "",
        "places": "",
        "contact": "",
    }
    return known | {"starts_on": "", "ends_on": "", "cover_alt": ""} | words | form_key()


def picture():
    file = io.BytesIO()
    Image.new("RGB", (1200, 700), "green").save(file, "PNG")
    return SimpleUploadedFile("fiume.png", file.getvalue(), "image/png")


def test_picture_needs_its_words_then_everyone_sees_it(desk, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    programme, browser = desk
    address = at("settings", programme.slug)
    assert (
        'id="id_cover_alt_error"'
        in browser.post(address, described(programme, cover=picture())).content.decode()
    )
    assert (
        browser.post(address, described(programme, cover=picture(), cover_alt="Il fiume.")).status_code == 302
    )
    programme.refresh_from_db()
    assert Client().get(programme.cover_url)["Content-Type"].startswith("image/")
    assert browser.get(address).status_code == 200
    browser.post(address, described(programme) | {"cover-clear": "on"})
    programme.refresh_from_db()
    assert (bool(programme.cover), programme.cover_url) == (False, "")


def test_publish_page_publishes_the_programme_and_what_is_ready():
    programme = make.ready()
    make.activity(programme, public=False)
    browser = signed_in(make.member(programme).person)
    browser.post(at("publish", programme.slug), form_key())
    browser.post(at("publish", programme.slug), {"activities": "ready"} | form_key())
    programme.refresh_from_db()
    assert (programme.is_public, programme.activities.public().count()) == (True, 1)


def test_publish_page_tells_why_not(desk):
    programme = make.programme(public=False)
    browser = signed_in(make.member(programme).person)
    page = browser.post(at("publish", programme.slug), form_key(), follow=True).content.decode()
    programme.refresh_from_db()
    assert ("message-error" in page, programme.is_public) == (True, False)


def test_pause_is_told_and_corrected(desk):
    programme, browser = desk
    words = {"kind": "paused", "on": "2026-03-09", "reason": "Neve.", "what": ""}
    browser.post(at("changes", programme.slug), words | form_key())
    change = programme.changes.get()
    browser.post(at("correct", change.pk), {"reason": "Era pioggia."} | form_key())
    assert [each.reason for each in programme.changes.order_by("pk")] == ["Neve.", "Era pioggia."]
    assert browser.get(at("changes", programme.slug)).content.decode().count("/correggi/") == 1


def test_extension_without_a_length_is_asked_for_one(desk):
    programme, browser = desk
    words = {"kind": "extended", "on": "2026-03-09", "reason": "Serve tempo."} | form_key()
    page = browser.post(at("changes", programme.slug), words).content.decode()
    assert ("Serve tempo." in page, programme.changes.count()) == (True, 0)


def test_copy_opens_the_workspace_of_the_copy(desk):
    programme, browser = desk
    answer = browser.post(at("copy", programme.slug), {"title": "Un altro fiume"} | form_key())
    assert answer.url == "/gestione/programmi/un-altro-fiume/"
    assert browser.get(answer.url).status_code == 200


def test_history_tells_who_did_what(desk):
    programme, browser = desk
    browser.post(at("goal_add", programme.slug), {"title": "Dare voce"} | form_key())
    page = browser.get(at("history", programme.slug)).content.decode()
    assert ("Dare voce" in page, str(programme.team.get().person) in page) == (True, True)


# --- Partners and team ------------------------------------------------------------------------
def test_partner_has_a_role_once(desk):
    programme, browser = desk
    organisation("Centro Giovani")
    words = {"organisation": "Centro Giovani", "role": "partner", "note": ""}
    for _ in "ab":
        browser.post(at("partners", programme.slug), words | form_key())
    assert programme.partnerships.count() == 1
    partner = programme.partnerships.get()
    browser.post(at("partner", partner.pk), words | {"role": "funder", "note": "Paga."} | form_key())
    partner.refresh_from_db()
    assert (partner.role, partner.note) == ("funder", "Paga.")
    browser.post(at("partner_remove", partner.pk), form_key())
    assert programme.partnerships.count() == 0


def test_member_is_added_changed_and_removed(desk):
    programme, browser = desk
    somebody = person()
    browser.post(at("member_add", programme.slug), {"email": somebody.email, "role": "editor"} | form_key())
    member = programme.team.get(person=somebody)
    browser.post(at("member", member.pk), {"role": "observer"} | form_key())
    member.refresh_from_db()
    assert member.role == "observer"
    assert browser.get(at("member_remove", member.pk)).status_code == 200
    browser.post(at("member_remove", member.pk), form_key())
    assert programme.team.count() == 1


def test_invitation_is_shown_and_withdrawn(desk):
    programme, browser = desk
    words = {"email": "nuova@example.org", "role": "editor"} | form_key()
    browser.post(at("member_add", programme.slug), words)
    assert "nuova@example.org" in browser.get(at("team", programme.slug)).content.decode()
    browser.post(at("invitation_withdraw", Invitation.objects.get().pk), form_key())
    assert Invitation.objects.open().count() == 0


def test_last_coordinator_is_told_why_they_stay(desk):
    programme, browser = desk
    page = browser.post(
        at("member_remove", programme.team.get().pk), form_key(), follow=True
    ).content.decode()
    assert ("message-error" in page, programme.team.count()) == (True, 1)
