"""Programmes as everyone sees them: list, page, following."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cantiere.engine.readability import gulpease
from cantiere.foundation.notices.models import Subscription
from cantiere.programmes import actions
from cantiere.programmes.models import Change, Programme
from tests.factories import places
from tests.factories import programmes as make
from tests.factories.accounts import form_key, person, signed_in

pytestmark = pytest.mark.django_db
LIST = "/programmi/"


def page(address, client=None):
    response = (client or Client()).get(address)
    assert response.status_code == 200
    return response.content.decode()


def words(html):
    inside = re.sub(
        r"<(script|style|svg|option)\b.*?</\1>",
        " ",
        html.split("<main")[1].split("</main>")[0],
        flags=re.DOTALL,
    )
    return " ".join(re.sub(r"<[^>]+>", " ", inside).replace("&#x27;", "'").split())


def titles(html):
    return re.findall(r'<h3 class="it-card-title"><a[^>]*>([^<]+)', html)


def whole(**fields):
    """A programme with one of everything, in its second phase."""
    today = timezone.localdate()
    made = make.programme(
        "Pianura viva", starts_on=today - timedelta(days=90), contact="pianura@example.org", **fields
    )
    made.places.add(places.place("Bomporto"))
    first = make.phase(
        made, "Ascolto", starts_on=today - timedelta(days=90), ends_on=today - timedelta(days=10)
    )
    second = make.phase(
        made, "Progetto", starts_on=today - timedelta(days=9), ends_on=today + timedelta(days=60)
    )
    make.phase(made, "Azione", starts_on=today + timedelta(days=61))
    goal = make.goal(made, "Strade sicure")
    make.promoter(made, "Unione della Pianura")
    make.promoter(made, "Officina Facile", role="facilitator")
    done = make.activity(made, "Prime voci", kind="page", phase=first, starts_on=today - timedelta(days=50))
    done.goals.add(goal)
    make.activity(made, "Bozza segreta", kind="page", phase=second, public=False)
    meeting = make.seats(5, of=made)
    type(meeting).objects.filter(pk=meeting.pk).update(title="Assemblea", phase=second)
    return made


# The list ----------------------------------------------------------------------------------------


def test_the_list_shows_public_programmes_with_promoters_places_and_where_they_are():
    made = whole()
    make.programme("Non ancora", public=False)
    html = page(LIST)
    assert titles(html) == ["Pianura viva"]
    said = words(html)
    for part in ("1 programma", "In corso", "Bomporto", "Promosso da Unione della Pianura", "Siamo qui"):
        assert part in said, part
    assert "Officina Facile" not in said
    assert made.get_absolute_url() in html


def test_the_list_narrows_by_state_as_its_words_say():
    today = timezone.localdate()
    make.programme("Corre", starts_on=today - timedelta(days=1))
    make.programme("Verrà", starts_on=today + timedelta(days=1))
    make.programme("Fermo", starts_on=today - timedelta(days=9), paused_on=today)
    make.programme(
        "Fermo oltre la fine",
        starts_on=today - timedelta(days=9),
        ends_on=today - timedelta(days=2),
        paused_on=today,
    )
    make.programme("Finito", starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1))
    make.programme("Chiuso", starts_on=today - timedelta(days=9), closed_on=today)
    found = {
        state: set(titles(page(f"{LIST}?stato={state}")))
        for state in ("in-corso", "in-arrivo", "in-pausa", "conclusi")
    }
    assert found == {
        "in-corso": {"Corre"},
        "in-arrivo": {"Verrà"},
        "in-pausa": {"Fermo", "Fermo oltre la fine"},
        "conclusi": {"Finito", "Chiuso"},
    }
    assert len(titles(page(f"{LIST}?stato=altro"))) == 6


def test_the_list_narrows_by_territory_and_what_lies_inside_it():
    known = places.loaded()
    for code in ("036002", "052032"):
        make.programme(known[code].name).places.add(known[code])
    province, region = known["036002"].parent, known["036002"].parent.parent
    for place in (known["036002"], province, region):
        assert titles(page(f"{LIST}?luogo={place.pk}")) == ["Bomporto"]
    assert titles(page(f"{LIST}?luogo={known['036001'].pk}")) == []
    assert len(titles(page(f"{LIST}?luogo=non-un-numero"))) == 2


def test_the_list_says_what_to_do_when_nothing_is_found():
    make.programme()
    assert "Guarda tutti i programmi" in words(page(f"{LIST}?stato=conclusi"))


def test_the_list_goes_on_after_twelve():
    for _ in range(13):
        make.programme()
    first, second = page(LIST), page(f"{LIST}?pagina=2")
    assert (len(titles(first)), len(titles(second))) == (12, 1)
    assert "?pagina=2" in first


def test_the_list_costs_the_same_for_one_and_for_three(django_assert_num_queries):
    whole()
    client = Client()
    client.get(LIST)
    with django_assert_num_queries(8):
        client.get(LIST)
    for _ in range(2):
        whole()
    with django_assert_num_queries(8):
        client.get(LIST)


# The page ----------------------------------------------------------------------------------------


def test_the_page_says_where_it_is_what_one_can_do_and_who_is_behind_it():
    said = words(page(whole().get_absolute_url()))
    for part in (
        "Promosso da Unione della Pianura",
        "Territorio Bomporto",
        "Conclusa",
        "Siamo qui",
        "In arrivo",
        "1 attività, 1 conclusa",
        "Che cosa puoi fare ora Assemblea",
        "Prossimi appuntamenti",
        "Strade sicure",
        "Serve a questo: Prime voci",
        "Facilita Officina Facile",
        "pianura@example.org",
    ):
        assert part in said, part
    assert "Bozza segreta" not in said


def test_the_page_has_one_main_action_what_closes_first():
    html = page(whole().get_absolute_url())
    assert re.findall(r'class="btn btn-primary"[^>]*>([^<]+)', html.split("<main")[1]) == ["Leggi"]


def test_the_page_without_anything_open_offers_to_follow():
    html = page(make.programme().get_absolute_url())
    main = re.findall(r'class="btn btn-primary"\s+href="([^"]+)"', html)
    assert main == [f"/entra/?next={Programme.objects.get().get_absolute_url().replace('/', '%2F')}"]


def test_the_page_reads_easily():
    made = whole()
    for address in (LIST, made.get_absolute_url()):
        html = page(address).split("<main")[1].split("</main>")[0]
        text = re.sub(r"</(p|h\d|li|dt|dd|a|span|button|div|label)>", ".\n\n", html)
        assert (
            gulpease(" ".join(re.sub(r"<(svg|select)\b.*?</\1>|<[^>]+>", " ", text, flags=re.DOTALL).split()))
            >= 60
        )


def test_the_page_tells_of_a_pause_with_its_reason_until_it_ends():
    made = whole()
    on = timezone.localdate()
    actions.record_change(
        by=person(), programme=made, kind=Change.Kind.PAUSED, on=on, reason="Le sale sono chiuse."
    )
    said = words(page(made.get_absolute_url()))
    assert "Il programma è in pausa da" in said
    assert said.count("Le sale sono chiuse.") == 2  # above, and among the changes
    assert "Siamo qui, in pausa" in said
    made.refresh_from_db()
    actions.record_change(by=person(), programme=made, kind=Change.Kind.RESUMED, on=on, reason="Si riparte.")
    said = words(page(made.get_absolute_url()))
    assert "Il programma è in pausa da" not in said
    assert said.count("Le sale sono chiuse.") == 1


def test_the_page_bends_the_line_where_it_paused():
    made = whole()
    straight = page(made.get_absolute_url()).count('class="line-bend"')
    actions.record_change(
        by=person(),
        programme=made,
        kind=Change.Kind.REPLANNED,
        on=timezone.localdate(),
        reason="Cambia tutto.",
    )
    assert (straight, page(made.get_absolute_url()).count('class="line-bend"')) == (0, 1)


def test_the_page_of_a_permanent_programme_has_one_stretch():
    made = make.programme(form=Programme.Form.PERMANENT, starts_on=timezone.localdate() - timedelta(days=400))
    make.activity(made, "Piazza", kind="page", phase=None)
    html = page(made.get_absolute_url())
    assert html.count("thread-knot") == 2
    assert "Programma permanente" in words(html)


def test_the_page_says_what_search_engines_read():
    block = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', page(whole().get_absolute_url()), re.DOTALL
    )
    said = json.loads(block[1])
    assert (said["@type"], said["name"], said["areaServed"], len(said["event"])) == (
        "Project", "Pianura viva", ["Bomporto"], 1,
    )  # fmt: skip


def test_what_search_engines_read_cannot_end_its_block():
    made = make.programme("</script><script>alert(1)</script>")
    assert "</script><script>alert" not in page(made.get_absolute_url())


def test_the_page_costs_the_same_for_one_and_for_three(django_assert_num_queries):
    made = whole()
    client = Client()
    client.get(made.get_absolute_url())
    with django_assert_num_queries(10):
        client.get(made.get_absolute_url())
    phase = made.phases.last()
    for number in range(2):
        make.promoter(made)
        make.goal(made).activities.set(made.activities.all())
        make.appointment(
            make.activity(made, f"Altra {number}", kind="page", phase=phase, place=places.place())
        )
        made.places.add(places.place())
    client.get(made.get_absolute_url())  # the new territory is drawn once
    with django_assert_num_queries(10):
        client.get(made.get_absolute_url())


# Drafts ------------------------------------------------------------------------------------------


def test_a_draft_is_not_there_for_strangers():
    made = make.programme(public=False)
    for client in (Client(), signed_in(person())):
        draft, missing = client.get(made.get_absolute_url()), client.get("/programmi/non-esiste/")
        assert (draft.status_code, missing.status_code) == (404, 404)
        known = draft.content.decode().replace(made.get_absolute_url(), "").replace(made.slug, "")
        other = missing.content.decode().replace("/programmi/non-esiste/", "").replace("non-esiste", "")
        hidden = r'(csrfmiddlewaretoken|once)" value="[^"]+"'
        assert re.sub(hidden, "", known) == re.sub(hidden, "", other)
        assert client.get(f"{made.get_absolute_url()}calendario.ics").status_code == 404
        assert client.post(f"{made.get_absolute_url()}segui/", form_key()).status_code == 404


def test_a_draft_is_shown_to_its_team_with_its_drafts_and_the_way_to_the_workspace():
    made = make.programme(public=False)
    make.activity(made, "Ancora da dire", kind="page", public=False)
    html = page(made.get_absolute_url(), signed_in(make.member(made, "observer").person))
    said = words(html)
    assert "Anteprima" in said
    assert "Ancora da dire" in said
    assert f"/gestione{made.get_absolute_url()}" in html
    assert "application/ld+json" not in html


# Following ---------------------------------------------------------------------------------------


def test_following_and_no_longer():
    made, who = make.programme(), person()
    client = signed_in(who)
    answer = client.post(f"{made.get_absolute_url()}segui/", {"follow": "yes"} | form_key())
    assert answer.headers["Location"] == made.get_absolute_url()
    assert list(Subscription.objects.values_list("person", "topic")) == [(who.pk, made.topic)]
    assert "Lo segui" in words(page(made.get_absolute_url(), client))
    client.post(f"{made.get_absolute_url()}segui/", {"follow": "no"} | form_key())
    assert not Subscription.objects.exists()


def test_following_asks_visitors_to_sign_in():
    made = make.programme()
    answer = Client().post(
        f"{made.get_absolute_url()}segui/", form_key(), headers={"referer": made.get_absolute_url()}
    )
    assert answer.headers["Location"].startswith("/entra/?next=")


# What is kept for visitors -----------------------------------------------------------------------


def test_kept_parts_are_made_again_once_anybody_acts(settings):
    settings.KEEP_PAGES = 60
    made, coordinator = whole(), person()
    page(made.get_absolute_url())
    Programme.objects.filter(pk=made.pk).update(summary="Scritto di nascosto.")
    assert "Scritto di nascosto." not in words(page(made.get_absolute_url()))
    made.refresh_from_db()
    actions.edit_programme(by=coordinator, programme=made, details={"title": "Pianura nuova"})
    said = words(page(made.get_absolute_url()))
    assert "Pianura nuova" in said
    assert "Scritto di nascosto." in said


def test_kept_parts_are_not_for_who_has_signed_in(settings):
    settings.KEEP_PAGES = 60
    made = whole()
    page(made.get_absolute_url())
    html = page(made.get_absolute_url(), signed_in(make.member(made).person))
    assert "Apri l’area di lavoro" in words(html)
    assert "Apri l’area di lavoro" not in words(page(made.get_absolute_url()))


def test_kept_pages_cost_two_queries(settings, django_assert_num_queries):
    settings.KEEP_PAGES = 60
    made, client = whole(), Client()
    for address, queries in ((made.get_absolute_url(), 2), (LIST, 1)):
        client.get(address)
        with django_assert_num_queries(queries):
            client.get(address)


def test_kept_parts_know_the_language(settings):
    settings.KEEP_PAGES = 60
    page(LIST)
    assert "Programmes" in words(page(LIST, Client(headers={"accept-language": "en"})))
