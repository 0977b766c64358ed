"""Every page one can reach from the home page, every page of a workspace: sound, quiet, and easy to read."""

import re
from urllib.parse import urldefrag, urljoin

import pytest

from cantiere.engine.readability import gulpease
from tests.browser import faults, needs_browser

pytestmark = [pytest.mark.journey, needs_browser]

MOST = 60
WORKSPACE = "/gestione/programmi/pistoia2030/"
# What changes something or answers with a file is not a page to walk through.
APART = re.compile(
    r"\.(ics|csv|xlsx|json|geojson|ttl|rdf|jsonld|svg|pdf)$|/(esci|lingua|tabella|codice\.svg|posto-offerto)/?$|^/static|^/media"
)
WORDS = """() => {
    const main = document.querySelector('main').cloneNode(true);
    main.querySelectorAll('.visually-hidden, svg, script, style, nav, .demo-people').forEach(one => one.remove());
    const ends = 'h1,h2,h3,h4,h5,h6,li,dt,dd,p,label,legend,button,option,td,th,time';
    main.querySelectorAll(ends).forEach(one => one.append('\\n\\n'));
    return main.textContent;
}"""
FOR_PARTICIPANTS = {
    "home": "/",
    "programmes": "/programmi/",
    "programme": "/programmi/pistoia2030/",
    "meeting": "/incontri/prepariamo-il-nuovo-bando-partecipazione/",
    "enrolling": "/attivita/prepariamo-il-nuovo-bando-partecipazione/iscrizione/",
    "sign-in": "/entra/",
    "my activities": "/le-mie-attivita/",
    "calendar": "/calendario/",
}


def _links(page, site):
    """The addresses a page leads to, of this site, once each, without what follows ``#``."""
    found = page.locator("a[href]").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    whole = [urldefrag(urljoin(page.url, href))[0] for href in found]
    paths = [address.removeprefix(site) for address in whole if address.startswith(site + "/")]
    return [path for path in dict.fromkeys(paths) if not APART.search(path.split("?")[0])]


def _shape(path):
    """What kind of page an address is: one month of the calendar stands for all."""
    return re.sub(r"=[^&]*", "=", path)


def _walk(page, site, start, belongs):
    """Breadth-first through the pages that belong; gives what is wrong, by address, and how many were seen."""
    ahead, seen, wrong = [start], {_shape(start)}, {}
    landed, walked = set(), 0
    while ahead and walked < MOST:
        path = ahead.pop(0)
        answer = page.goto(path)
        landing = _shape(page.url)
        if landing in landed:  # many addresses lead to the same door, for example to sign in
            continue
        landed.add(landing)
        walked += 1
        found = [] if answer.status == 200 else [answer.status]
        found += faults(page)
        if found:
            wrong[path] = found
        for link in _links(page, site):
            if _shape(link) not in seen and belongs(link):
                seen.add(_shape(link))
                ahead.append(link)
    return wrong, walked


def test_every_public_page_is_sound_on_the_narrowest_phone(visit, site):
    wrong, walked = _walk(
        visit(width=320, height=640), site, "/", lambda path: not path.startswith("/gestione/")
    )
    assert wrong == {}
    assert walked > 40


def test_every_page_of_a_workspace_is_sound_on_a_phone(visit, site):
    page = visit(width=390, height=844, by="bruno@example.org")
    page.goto(WORKSPACE)
    # One meeting, one page, one phase and one goal stand for the others.
    kinds = {}

    def belongs(path):
        if not path.startswith("/gestione/"):
            return False
        if path.startswith("/gestione/programmi/"):
            return path.startswith(WORKSPACE)
        kind = re.sub(
            r"(?<=/)[^/]+(?=/)",
            lambda part: part[0] if part[0].isalpha() and "-" not in part[0] else "*",
            path,
        )
        return kinds.setdefault(kind, path) == path

    wrong, walked = _walk(page, site, WORKSPACE, belongs)
    assert wrong == {}
    assert walked > 15


def test_pages_for_participants_are_easy_to_read(visit, record_property):
    windows = {True: visit(by="dario@example.org"), False: visit()}
    values = {}
    for name, path in FOR_PARTICIPANTS.items():
        page = windows[name in {"enrolling", "my activities"}]
        page.goto(path)
        values[name] = round(gulpease(page.evaluate(WORDS)), 1)
    record_property("gulpease", values)
    assert {name: value for name, value in values.items() if value < 60} == {}
