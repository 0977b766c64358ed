"""What visitors, innovators and the team see, and what bad input does."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from cantiere.activities.innovators import actions
from cantiere.activities.innovators.models import Innovator, Letter
from cantiere.foundation.core.models import Mail
from cantiere.programmes.models import TeamMember
from tests.factories import innovators as make
from tests.factories import programmes
from tests.factories.accounts import curator, form_key, person, signed_in
from tests.factories.places import place

pytestmark = pytest.mark.django_db
State = Innovator.State
SECRETS = ("ada@example.org", "Il vicolo dietro casa")


def page(own, name="innovator_map_detail", **query):
    return Client().get(reverse(f"innovators:{name}", args=[own.activity.slug]), query)


def editor_of(own):
    return signed_in(programmes.member(own.activity.programme, TeamMember.Role.EDITOR).person)


def told(**changes):
    """What a form sends of an innovator."""
    here = place("Quarrata")
    return {
        "kind": "person", "name": "Ada Filanti", "place": here.code, "what": "Suono i telai.",
        "email": "ada@example.org",
    } | form_key() | changes  # fmt: skip


# The list and the map --------------------------------------------------------------------------


def test_the_map_says_how_many_and_where():
    own = make.innovator_map()
    make.published(own, place=place("Pescia"))
    make.published(own, "bice@example.org", name="Bice Terra", place=place("Larciano"))
    make.agreed(own, "cleo@example.org", name="Cleo Fermi")
    html = page(own).content.decode()
    assert "2 innovatori in 2 comuni" in html
    assert "Ada Filanti" in html
    assert "Cleo Fermi" not in html


def test_an_empty_map_invites():
    html = page(make.innovator_map()).content.decode()
    assert "Qui ci saranno gli innovatori" in html
    assert "/racconta/" in html


def test_a_closed_call_keeps_the_map():
    own = make.innovator_map(is_open=False)
    assert "/racconta/" not in page(own).content.decode()
    html = page(own, "oneself").content.decode()
    assert "La chiamata ora non è aperta" in html
    assert "<input" not in re.sub(r"(?s)<header.*?</header>", "", html).split("<main")[1].split("</main")[0]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "ceramica"}, {"Bice"}),
        ({"q": "CERÀMICHE"}, {"Bice"}),
        ({"q": "forno pane"}, {"Ada"}),
        ({"q": "inesistente"}, set()),
        ({"settore": "crafts"}, {"Bice"}),
        ({"settore": ["crafts", "farming"]}, {"Ada", "Bice"}),
        ({"chi": "firm"}, {"Bice"}),
        ({"offre": "1"}, {"Ada"}),
        ({"cerca": "1"}, {"Bice"}),
        ({"offre": "1", "chi": "firm"}, set()),
        ({"settore": "'; DROP TABLE--"}, {"Ada", "Bice"}),
        ({"q": "%' OR 1=1"}, set()),
        ({"pagina": "99999999999999999999"}, {"Ada", "Bice"}),
        ({"luogo": "municipality-nessuno"}, {"Ada", "Bice"}),
    ],
)
def test_filters(query, found):
    own = make.innovator_map()
    make.published(own, name="Ada", sectors=["farming"], offers="Un forno per il pane")
    make.published(
        own,
        "b@example.org",
        name="Bice",
        kind="firm",
        sectors=["crafts"],
        needs="Terra",
        what="Faccio ceramiche.",
    )
    answer = page(own, **query)
    assert answer.status_code == 200
    names = re.findall(r'<a class="stretched-link"[^>]*>(\w+)</a>', answer.content.decode())
    assert set(names) == found


def test_by_place_and_on_the_map():
    own, here, there = (
        make.innovator_map(),
        place("Pescia", lat=43.9, lng=10.7),
        place("Larciano", lat=43.8, lng=10.9),
    )
    make.published(own, place=here)
    make.published(own, "b@example.org", name="Bice", place=here)
    single = make.published(own, "c@example.org", name="Cleo", place=there)
    points = page(own, "points").json()["points"]
    assert [(one[:3], one[3]) for one in points] == [
        ([10.7, 43.9, 2], here.label),
        ([10.9, 43.8, 1], f"Cleo, {there.label}"),
    ]
    assert points[1][4] == single.get_absolute_url()
    list_there = Client().get(points[0][4]).content.decode()
    assert "Bice" in list_there
    assert "Cleo" not in list_there
    assert page(own, "points", chi="firm").json() == {"points": []}


def test_the_list_costs_the_same_with_one_and_three(django_assert_num_queries, django_assert_max_num_queries):
    one, three = make.innovator_map(), make.innovator_map()
    make.published(one)
    for number in range(3):
        make.published(three, f"p{number}@example.org", name=f"Persona {number}", place=place())
    page(one)
    with django_assert_max_num_queries(12) as seen:
        page(one)
    with django_assert_num_queries(len(seen.captured_queries)):
        page(three)


def test_other_sites_may_show_the_map_and_only_it():
    own = make.innovator_map()
    answer = page(own, "embedded")
    assert "X-Frame-Options" not in answer
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert page(own)["X-Frame-Options"] == "SAMEORIGIN"
    assert page(make.innovator_map(public=False), "embedded").status_code == 404


# The profile -----------------------------------------------------------------------------------


def test_a_profile_tells_and_hides_the_address():
    innovator = make.published(
        story="È cominciata **così**.",
        offers="Un forno\nDue ore",
        needs="Legno",
        reach="Il vicolo dietro casa",
    )
    html = Client().get(innovator.get_absolute_url()).content.decode()
    assert "<strong>così</strong>" in html
    assert "<li>Due ore</li>" in html
    assert not any(word in html for word in SECRETS)
    assert "/scrivi/" not in html


def test_search_engines_are_told_only_of_who_agreed():
    shy, open_one = make.published(), make.published(make.innovator_map(), searchable=True)
    html = Client().get(shy.get_absolute_url()).content.decode()
    assert '<meta name="robots" content="noindex">' in html
    assert "application/ld+json" not in html
    html = Client().get(open_one.get_absolute_url()).content.decode()
    assert '"@type": "Person"' in html
    assert "ada@example.org" not in html


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", "[x](javascript:alert(1))", '" onmouseover="x']
)
def test_nothing_that_is_written_runs(words):
    innovator = make.published(story=words, what=words, offers=words, name=f"Ada {words}", interests=words)
    for address in (innovator.get_absolute_url(), innovator.map.activity.get_absolute_url()):
        html = Client().get(address).content.decode()
        assert "<script>alert" not in html
        assert 'href="javascript' not in html
        assert not re.search(r"""<[^>]*"\sonmouseover""", html)


def test_an_innovator_not_on_the_map_is_not_there():
    innovator = make.agreed()
    for name in ("profile", "picture", "write"):
        assert Client().get(reverse(f"innovators:{name}", args=[innovator.slug])).status_code == 404


def test_like_and_near_show_nobody_twice():
    own, here, there = make.innovator_map(), place("Pescia"), place("Larciano")
    first = make.published(own, name="Prima", place=here, sectors=["farming"])
    make.published(own, "b@example.org", name="Tema", place=there, sectors=["farming"])
    make.published(own, "c@example.org", name="Vicina", place=here)
    html = Client().get(first.get_absolute_url()).content.decode()
    assert re.findall(r'<a class="stretched-link"[^>]*>(\w+)</a>', html) == ["Tema", "Vicina"]


# Nominating ------------------------------------------------------------------------------------


def test_oneself_by_the_form():
    own = make.innovator_map()
    answer = Client().post(reverse("innovators:oneself", args=[own.activity.slug]), told())
    assert answer.status_code == 302
    assert "apri la posta" in Client().get(answer.url).content.decode()
    assert own.innovators.get().state == State.UNCONFIRMED


def test_another_by_the_form():
    own = make.innovator_map()
    sent = told(why="La conosco.", by_name="Nino", by_email="nino@example.org")
    Client().post(reverse("innovators:other", args=[own.activity.slug]), sent)
    link = f"/segnalazioni/{make.key_in('nino@example.org', 'segnalazioni')}/"
    assert "Ada Filanti" in Client().get(link).content.decode()
    assert Mail.objects.filter(to="ada@example.org").count() == 0
    Client().post(link, {"yes": "1"} | form_key())
    assert Mail.objects.filter(to="ada@example.org").count() == 1
    assert own.innovators.get().state == State.INVITED


def test_it_was_not_me():
    own = make.innovator_map()
    make.nominated(own, confirmed=False)
    link = f"/segnalazioni/{make.key_in('nino@example.org', 'segnalazioni')}/"
    Client().post(link, {"no": "1"} | form_key())
    assert own.innovators.count() == 0
    assert Client().get(link).status_code == 404


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "campo"),
        ({"place": "Atlantide"}, "Atlantide"),
        ({"email": "non-una-mail"}, "name@example.org"),
        ({"what": "x" * 161}, "160"),
        ({"kind": "alieno"}, "scelta"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(changes, words):
    own = make.innovator_map()
    answer = Client().post(reverse("innovators:oneself", args=[own.activity.slug]), told(**changes))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "error-summary" in html
    assert "form-feedback" in html
    kept = {"name": "Ada Filanti", "email": "ada@example.org"} | {
        k: v for k, v in changes.items() if k != "kind"
    }
    assert all(value in html for value in kept.values())
    assert own.innovators.count() == 0


def test_a_way_to_reach_them_is_needed():
    own = make.innovator_map()
    sent = told(email="", why="La conosco.", by_name="Nino", by_email="nino@example.org")
    answer = Client().post(reverse("innovators:other", args=[own.activity.slug]), sent)
    assert "un altro modo per raggiungere" in answer.content.decode()
    assert own.innovators.count() == 0


@pytest.mark.parametrize("page_name", ["oneself", "other"])
def test_a_program_that_fills_everything_in_is_thanked_and_ignored(page_name):
    own = make.innovator_map()
    sent = told(homepage="https://spam.example.org", why="x", by_name="x", by_email="x@example.org")
    answer = Client().post(reverse(f"innovators:{page_name}", args=[own.activity.slug]), sent)
    assert answer.status_code == 302
    assert own.innovators.count() == Mail.objects.count() == 0


def test_the_same_form_sent_twice_counts_once():
    own, sent = make.innovator_map(), told()
    for _time in range(2):
        assert Client().post(reverse("innovators:oneself", args=[own.activity.slug]), sent).status_code == 302
    assert own.innovators.count() == 1


def test_nobody_learns_who_refused():
    own = make.innovator_map()
    actions.leave(innovator=make.nominated(own))
    answers = [
        Client().post(reverse("innovators:oneself", args=[own.activity.slug]), told(email=email))
        for email in ("ada@example.org", "nuova@example.org")
    ]
    assert {answer.url for answer in answers} == {answers[0].url}


# One's own page --------------------------------------------------------------------------------


def sent_profile(innovator, **changes):
    return {
        "kind": "person", "name": innovator.name, "place": innovator.place.code, "what": innovator.what,
    } | form_key() | changes  # fmt: skip


def test_the_secret_page_takes_story_and_consent():
    innovator = make.begun()
    address = reverse("innovators:mine", args=[innovator.key])
    html = Client().get(address).content.decode()
    assert "Acconsento a pubblicare" in html
    answer = Client().post(address, sent_profile(innovator, story="Così.", agrees="on", takes_letters="on"))
    assert answer.status_code == 302
    innovator = make.fresh(innovator)
    assert (innovator.state, innovator.story, innovator.takes_letters) == (State.CURATION, "Così.", True)
    assert "Acconsento" not in Client().get(address).content.decode()


def test_without_the_box_nothing_is_handed_in():
    innovator = make.begun()
    address = reverse("innovators:mine", args=[innovator.key])
    answer = Client().post(address, sent_profile(innovator, story="Così."))
    assert "spunta la casella" in answer.content.decode()
    assert "Così." in answer.content.decode()
    assert make.fresh(innovator).state == State.UNCONFIRMED
    Client().post(address, sent_profile(innovator, story="Così.", later="1"))
    assert make.fresh(innovator).state == State.INVITED


def test_a_picture_is_made_anew_and_described():
    innovator = make.begun()
    address = reverse("innovators:mine", args=[innovator.key])
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(file, "PNG")
    picture = SimpleUploadedFile("ada.png", file.getvalue(), "image/png")
    answer = Client().post(address, sent_profile(innovator, picture=picture, later="1"))
    assert "Di’ in poche parole" in answer.content.decode() or "error-summary" in answer.content.decode()
    picture.seek(0)
    Client().post(address, sent_profile(innovator, picture=picture, picture_alt="Ada", later="1"))
    assert make.fresh(innovator).picture.name.endswith(".webp")
    bad = SimpleUploadedFile("ada.png", b"<svg onload=alert(1)>", "image/png")
    answer = Client().post(address, sent_profile(innovator, picture=bad, picture_alt="Ada", later="1"))
    assert answer.status_code == 200
    assert make.fresh(innovator).picture.name.endswith(".webp")


def test_the_secret_page_is_kept_nowhere():
    answer = Client().get(reverse("innovators:mine", args=[make.begun().key]))
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer.content.decode()


def test_another_key_opens_nothing():
    make.begun()
    assert Client().get(reverse("innovators:mine", args=["A" * 43])).status_code == 404


def test_leaving_asks_once_and_erases():
    innovator = make.published()
    address = reverse("innovators:leave", args=[innovator.key])
    assert Client().get(address).status_code == 200
    assert Innovator.objects.count() == 1
    answer = Client().post(address, form_key())
    assert answer.url == innovator.map.activity.get_absolute_url()
    assert Innovator.objects.count() == 0
    assert Client().get(innovator.get_absolute_url()).status_code == 404


def test_one_press_says_it_is_right():
    innovator = make.published()
    Innovator.objects.filter(pk=innovator.pk).update(state=State.STALE, asked=3)
    html = Client().get(reverse("innovators:mine", args=[innovator.key])).content.decode()
    assert "Sì, va bene" in html
    Client().post(reverse("innovators:still_right", args=[innovator.key]), form_key())
    assert make.fresh(innovator).is_public


def test_who_lost_the_link_finds_it_by_signing_in():
    innovator = make.published()
    address = reverse("innovators:entries")
    assert Client().get(address).status_code == 302
    mine = signed_in(person(email="ada@example.org")).get(address).content.decode()
    assert innovator.key in mine
    assert innovator.key not in signed_in(person()).get(address).content.decode()


# Letters ---------------------------------------------------------------------------------------


def test_a_letter_by_the_form():
    innovator = make.published(takes_letters=True)
    address = reverse("innovators:write", args=[innovator.slug])
    assert "ada@example.org" not in Client().get(address).content.decode()
    Client().post(
        address, {"name": "Lea\nBcc: x", "email": "lea@example.org", "text": "Vengo domani"} | form_key()
    )
    link = f"/messaggi/{make.key_in('lea@example.org', 'messaggi')}/"
    assert Mail.objects.filter(to="ada@example.org", text__contains="Vengo domani").count() == 0
    Client().post(link, form_key())
    assert Mail.objects.filter(to="ada@example.org", text__contains="Vengo domani").count() == 1
    assert not Letter.objects.exists()


# The team --------------------------------------------------------------------------------------


def test_the_queue_shows_who_waits_and_who_may_be_twice():
    own, here = make.innovator_map(), place("Agliana")
    make.published(own, name="Il Rammendo", place=here)
    make.nominated(own, email="", reach="In piazza", name="il rammendo", place=here)
    make.agreed(own, "c@example.org", name="Cleo Fermi")
    html = editor_of(own).get(reverse("innovators:queue", args=[own.activity.slug])).content.decode()
    assert "Cleo Fermi" in html
    assert "Forse è doppia" in html
    assert "Schede (2)" in html


def test_the_queue_costs_the_same_with_one_and_three(django_assert_num_queries):
    counts = []
    for many in (1, 3):
        own = make.innovator_map()
        for number in range(many):
            make.agreed(own, f"p{many}{number}@example.org", name=f"Persona {number}", place=place())
            make.nominated(own, f"q{many}{number}@example.org", name=f"Altra {number}", place=place())
        window, address = editor_of(own), reverse("innovators:queue", args=[own.activity.slug])
        window.get(address)
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as seen:
            window.get(address)
        counts.append(len(seen))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("decision", "message", "state"),
    [
        ("publish", "", State.PUBLISHED),
        ("changes", "Racconta di più.", State.CHANGES),
        ("changes", "", State.CURATION),
        ("decline", "Fuori provincia.", State.DECLINED),
        ("decline", "", State.CURATION),
        ("vola", "", State.CURATION),
    ],
)
def test_the_team_decides(decision, message, state):
    innovator = make.agreed()
    address = reverse("innovators:review", args=[innovator.slug])
    editor_of(innovator.map).post(address, {"decision": decision, "message": message} | form_key())
    assert make.fresh(innovator).state == state


def test_the_page_of_what_was_not_published_offers_one_button_that_works():
    innovator = make.agreed()
    actions.decline(by=person(), innovator=innovator, message="Fuori provincia.")
    address, editor = reverse("innovators:review", args=[innovator.slug]), editor_of(innovator.map)
    html = editor.get(address).content.decode()
    assert re.findall(r'name="decision" value="(\w+)"', html) == ["again"]
    assert 'name="message"' not in html
    editor.post(address, {"decision": "again"} | form_key())
    assert make.fresh(innovator).state == State.CURATION


def test_a_curator_of_the_site_reads_the_queue_too():
    own = make.innovator_map()
    make.agreed(own)
    assert signed_in(curator()).get(reverse("innovators:queue", args=[own.activity.slug])).status_code == 200


def test_an_entry_from_a_sheet():
    own = make.innovator_map()
    here = place("Larciano")
    sent = {
        "kind": "group", "name": "Le Ceste", "place": here.code, "what": "Intrecciano.", "email": "",
        "given_on": "2026-01-10", "note": "Cartella 3",
    } | form_key()  # fmt: skip
    answer = editor_of(own).post(reverse("innovators:by_hand", args=[own.activity.slug]), sent)
    assert answer.status_code == 302
    assert own.innovators.get().consents.get().note == "Cartella 3"


def test_editing_tells_and_shows():
    innovator = make.published()
    address = reverse("innovators:review_edit", args=[innovator.slug])
    sent = sent_profile(innovator, what="Riparo strumenti.")
    answer = editor_of(innovator.map).post(address, sent)
    assert answer.status_code == 302
    assert make.fresh(innovator).what == "Riparo strumenti."


def test_the_map_is_prepared_in_one_page():
    own = make.innovator_map()
    window, address = editor_of(own), own.activity.edit_url
    assert window.get(address).status_code == 200
    sent = {
        "title": own.activity.title, "intro": "Chi cambia.", "months": "6", "sectors": ["farming", "crafts"],
        "phase": own.activity.phase_id,
    } | form_key()  # fmt: skip
    assert window.post(address, sent).status_code == 302
    own = make.fresh_map(own.pk)
    assert (own.months, own.sectors, own.takes_others) == (6, ["farming", "crafts"], False)
    assert [code for code, _label in own.offered] == ["farming", "crafts"]
    assert window.post(address, sent | {"months": "0"} | form_key()).status_code == 200


# Sheets ----------------------------------------------------------------------------------------


def test_open_data_hold_only_who_agreed_and_no_address():
    own = make.innovator_map()
    make.published(own, open_data=True, name="=Ada")
    make.published(own, "b@example.org", name="Bice")
    text = b"".join(page(own, "open_csv").streaming_content).decode()
    assert "Ada" in text
    assert '"=Ada"' not in text
    assert "Bice" not in text
    assert "example.org" not in text


@pytest.mark.parametrize("name", ["team_csv", "team_xlsx"])
def test_sheets_for_the_team(name):
    own = make.innovator_map()
    make.agreed(own)
    address = reverse(f"innovators:{name}", args=[own.activity.slug])
    answer = editor_of(own).get(address)
    assert len(b"".join(answer.streaming_content)) > 100
    assert "no-store" in answer["Cache-Control"]
    assert Client().get(address).status_code == 404
