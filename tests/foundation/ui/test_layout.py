import re

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("pages")


@pytest.fixture
def page(client):
    return client.get("/p/").content.decode()


def test_the_page_is_italian_and_has_one_heading_of_the_first_order(page):
    assert page.lstrip().startswith("<!DOCTYPE html>")
    assert '<html lang="it">' in page
    assert page.count("<h1") == 1


def test_english_pages_say_so():
    page = Client(headers={"accept-language": "en"}).get("/p/").content.decode()
    assert '<html lang="en">' in page
    assert "Go to the content" in page


def test_skip_links_lead_somewhere(page):
    targets = re.findall(r'<a href="#(\w+)"', page[: page.index("</nav>")])
    assert targets == ["content", "footer"]
    assert all(f'id="{target}"' in page for target in targets)


@pytest.mark.parametrize(
    "element",
    [
        "privacy-policy-link",
        "legal-notes",
        "accessibility-link",
        "cookie-link",
        "contacts",
        "feedback",
        "feedback-rate-5",
    ],
)
def test_the_duties_of_a_public_site_are_on_every_page(page, element):
    assert page.count(f'data-element="{element}"') == 1


def test_the_page_names_the_body_it_belongs_to(page):
    assert (
        '<a href="https://example.org/"><span class="visually-hidden">Questo sito è di </span>Unione di prova</a>'
        in page
    )


def test_the_current_door_is_marked_once(page):
    menu = page[page.index('id="menu"') : page.index("</header>")]
    assert menu.count('aria-current="page"') == 1


def test_no_inline_script_or_style_and_nothing_from_elsewhere(page):
    assert "style=" not in page
    assert "<style" not in page
    assert re.findall(r"<script(?![^>]* src=)", page) == []
    assert re.findall(r'\son\w+="', page) == []
    assert re.findall(r'(?:src|action)="(?:https?:)?//', page) == []
    assert [
        url for url in re.findall(r'<link[^>]+href="([^"]+)"', page) if not url.startswith("/static/")
    ] == []


def test_what_is_not_there_hints_at_signing_in_whatever_it_is(client):
    first, second = client.get("/niente/"), client.get("/altro/")
    assert first.status_code == second.status_code == 404
    shown = first.content.decode()
    assert "Alcune pagine sono solo per chi ci lavora." in shown
    assert re.sub("niente", "altro", shown).split("</head>")[0] == second.content.decode().split("</head>")[0]


def test_the_broken_page_leans_on_nothing():
    from django.template.loader import get_template

    page = get_template("500.html").render()
    assert "Qualcosa si è rotto" in page
    assert re.findall(r'(?:src|href)="([^"]+)"', page) == ["/static/ui/error.css", "/"]


def test_a_stale_form_is_told_kindly(settings):
    settings.ROOT_URLCONF = "tests.foundation.ui.pages"
    answer = Client(enforce_csrf_checks=True).post("/p/")
    assert answer.status_code == 403
    assert "Questa pagina è scaduta" in answer.content.decode()


def test_the_demonstration_says_so(client, settings):
    settings.CANTIERE_DEMO = True
    page = client.get("/p/").content.decode()
    assert "Questa è una dimostrazione" in page
    assert '<meta name="robots" content="noindex">' in page


def test_every_form_that_changes_something_carries_its_token_and_counts_once(page):
    forms = re.findall(r"<form[^>]*method=\"post\".*?</form>", page, re.DOTALL)
    assert len(forms) == 3
    assert [form.count('name="csrfmiddlewaretoken"') for form in forms] == [1, 1, 1]
    assert [form.count('name="once"') for form in forms] == [0, 1, 1], "changing language needs no key"
