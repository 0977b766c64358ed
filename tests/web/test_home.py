"""The first page and those that explain the site."""

import pytest

from cantiere.engine.readability import gulpease

pytestmark = pytest.mark.django_db
PAGES = ["/", "/come-funziona/", "/privacy/", "/note-legali/", "/accessibilita/", "/fonti-e-licenze/"]


@pytest.mark.parametrize("address", PAGES)
def test_page_opens_for_everyone_with_one_heading(client, address):
    html = client.get(address).content.decode()
    assert html.count("<h1") == 1


@pytest.mark.parametrize("address", PAGES)
def test_page_speaks_english_when_asked(client, address):
    html = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert 'lang="en"' in html


def test_empty_home_says_what_will_be_here_and_the_first_step(client):
    html = client.get("/").content.decode()
    assert "Adesso non c'è niente di aperto" in html.replace("’", "'").replace("&#x27;", "'")


@pytest.mark.parametrize("address", ["/come-funziona/"])
def test_page_for_participants_reads_easily(client, address):
    import re

    from django.utils.html import strip_tags

    main = re.search(r"<main.*?</main>", client.get(address).content.decode(), re.DOTALL)[0]
    assert gulpease(strip_tags(re.sub(r"</(p|h\d|li)>", ". ", main))) >= 60
