"""The public observatory: list, map, record, comparison, figures, downloads."""

import csv
import datetime as dt
import io
import json
import re
from html import unescape

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from cantiere.activities.observatory.actions import take_back_record
from cantiere.activities.observatory.forms.filters import RecordFilters
from cantiere.activities.observatory.models import Record, Tool
from cantiere.activities.observatory.queries import find, opendata
from cantiere.foundation.search.queries import find as search
from tests.factories import observatory as make
from tests.factories import places
from tests.factories import programmes as programme_rows
from tests.factories.accounts import curator, form_key, signed_in

pytestmark = pytest.mark.django_db

PASSO = {
    "title": "PASSO",
    "sheet": "funded",
    "proponent": "Unione Comuni del Sorbara",
    "started_on": dt.date(2020, 2, 21),
    "ended_on": dt.date(2020, 11, 15),
    "planned_months": 6,
}


def _text(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return " ".join(content.decode().split())


def _filled(number):
    here = places.loaded()
    towns = [here["036001"], here["036002"], here["037006"]]
    census, tool = make.census(), make.tool("Zoom")
    for n in range(number):
        record = make.record(
            census, on=[towns[n % 3]], bodies=["CNA", "LAPAM"], extra=10, theme="economy", call_year=2020
        )
        make.use(record, tool, instead_of=make.tool())
    return census


@pytest.mark.parametrize(
    "address",
    [
        "/osservatorio/",
        "/osservatorio/?luogo=province-036&tema=sviluppo-economico&anno=2020",
        "/osservatorio/?testo=processo",
        "/osservatorio/statistiche/",
        "/osservatorio/mappa.json",
        "/osservatorio/incorpora/",
        "/strumenti/",
        "/strumenti/zoom/",
        "/osservatorio/elenco.json",
    ],
)
def test_pages_ask_as_little_of_the_database_for_three_records_as_for_one(
    client, address, django_assert_max_num_queries
):
    counts = []
    for number in (1, 3):
        Record.objects.all().delete()
        Tool.objects.all().delete()
        _filled(number)
        client.get(address)
        with django_assert_max_num_queries(20) as captured:
            response = client.get(address)
            _text(response)
        assert response.status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1], counts
    if address.startswith("/osservatorio/?"):
        assert counts[1] <= 12


def test_the_list_says_how_many_where_and_how_many_new(client):
    here = places.loaded()
    census = make.census()
    make.record(census, on=[here["036001"]], origin="new")
    make.record(census, on=[here["037006"]], origin="under_way")
    make.record(census, public=False)
    make.record(make.census(public=False))
    assert "2 processi in 2 province, 1 nato durante l’emergenza" in _text(client.get("/osservatorio/"))
    one = _text(client.get("/osservatorio/?luogo=province-036"))
    assert "1 processo in 1 provincia, 1 nato durante l’emergenza" in one
    assert "in provincia di Modena" in one
    empty = _text(client.get("/osservatorio/?tema=ambiente"))
    assert "Nessun processo" in empty
    assert "sul tema Ambiente" in empty


@pytest.mark.parametrize(
    "query",
    [
        "tema=x&anno=x&livello=%00&proponente=ente-pubblico%27--",
        "luogo=province-999999999999999999999&punto=area-x&strumento=nessuno&al-posto-di=%FF",
        "testo=" + "%25_" * 200,
        "luogo=%00&testo=%F0%9F%92%A9%00&strumento=%00&pagina=-1&origine=&cambiato=,,",
        "tema=ambiente&" * 200,
        "anno=99999999999999999999&uso=<script>",
    ],
)
def test_hostile_filters_are_answered_calmly(client, query):
    make.record()
    for path in (
        "",
        "statistiche/",
        "mappa.json",
        "incorpora/",
        "elenco.csv",
        "elenco.geojson",
        "confronta/",
    ):
        response = client.get(f"/osservatorio/{path}?{query}")
        assert response.status_code == 200, path
        assert "<script>" not in _text(response).split("</head>")[-1].replace("<script type", "")
    assert client.get(f"/strumenti/?{query}").status_code == 200


def test_a_record_reads_like_an_identity_card(client):
    here = places.loaded()
    record = make.record(
        on=[here["036001"]], bodies=["CNA"], extra=83, participants_actual=3, theme="economy", **PASSO
    )
    make.use(record, make.tool("Zoom"), since="introduced", instead_of=make.tool("World café"))
    other = make.record(record.census, on=[here["036002"]], theme="economy", title="Un altro")
    page = _text(client.get(record.get_absolute_url()))
    assert "6 mesi + 83 giorni di proroga e sospensione" in page
    assert "sabato 21" not in page
    assert "12 novembre 2020" in page
    assert "finiscono 3 giorni prima della fine indicata" in page
    assert "meno di 5" in page
    assert "Al posto di: World café" in page
    assert page.count(other.get_absolute_url()) == 2  # on the theme, in the province
    assert '"@type": "Project"' in page
    assert "Ambito tematico" in page
    assert "Norma di riferimento" not in page
    assert "Scheda dimostrativa" not in page


def test_a_record_is_seen_once_it_and_its_census_are_public(client):
    hidden = make.record(public=False)
    shut = make.record(make.census(public=False))
    assert client.get(hidden.get_absolute_url()).status_code == 404
    assert client.get(shut.get_absolute_url()).status_code == 404
    preview = signed_in(curator()).get(hidden.get_absolute_url())
    assert preview.status_code == 200
    assert "application/ld+json" not in _text(preview)


def test_a_programme_that_is_a_draft_is_not_told(client):
    record = make.record(programme=programme_rows.programme("Segreto", public=False))
    assert "Segreto" not in _text(client.get(record.get_absolute_url()))


def test_records_stand_side_by_side_and_what_differs_is_said(client):
    census = make.census()
    one = make.record(census, theme="welfare", proponent="Comune A", participants_actual=2)
    two = make.record(census, theme="welfare", proponent="Comune B")
    page = _text(client.get(f"/osservatorio/confronta/?scheda={one.slug}&scheda={two.slug}"))
    assert "sono diversi" in page
    assert "uguale per tutti" in page
    assert "meno di 5" in page
    others = [make.record(census) for _n in range(4)]
    words = "&".join(f"scheda={each.slug}" for each in [one, two, *others])
    assert "restano fuori" in _text(client.get(f"/osservatorio/confronta/?{words}"))


@pytest.mark.parametrize("query", ["", "?scheda=nessuna", "?scheda=a&scheda=a&scheda=%00"])
def test_fewer_than_two_records_ask_for_more(client, query):
    assert "Sceglile nell" in _text(client.get(f"/osservatorio/confronta/{query}"))


def _varied_records():
    here = places.loaded()
    census, tools = make.census(), [make.tool(f"Strumento {n}") for n in range(3)]
    for n in range(7):
        record = make.record(
            census,
            on=[here[("036001", "037006", "052032")[n % 3]]],
            sheet=("funded", "other")[n % 2],
            proponent_kind=("public_body", "association", "firm", "group")[n % 4],
            theme=("welfare", "economy")[n % 2],
            participation_level=("codesign", "information")[n % 2],
            origin=("new", "under_way")[n % 2],
            changed=["times", "costs"][: n % 3],
            status=("concluded", "running")[n % 2],
            call_year=2019 + n % 2,
        )
        make.use(record, tools[n % 3], ("planned", "introduced")[n % 2], tools[(n + 1) % 3])
    # One that answers two values of every filter that may have several, and one that answers the other alone.
    both = make.record(census, on=[here["036001"], here["037006"]], changed=["phases", "times"])
    make.use(both, tools[1], "planned", tools[2])
    make.use(both, tools[2], "introduced", tools[1])
    other = make.record(census, on=[here["037006"]], changed=["phases"])
    make.use(other, tools[2], "introduced", tools[0])


def _figures(client, query=""):
    """The addresses of the figures of a page, with the numbers that they say."""
    page = client.get(f"/osservatorio/statistiche/{query}").content.decode()
    found = re.findall(r'<a href="(/osservatorio/\?[^"]+)">(?:<strong>)?(\d+)', page)
    return [(unescape(address), int(number)) for address, number in found]


def test_every_figure_leads_to_as_many_records_as_it_says(client):
    _varied_records()
    links = _figures(client)
    assert len(links) > 25
    for address, number in links:
        listed = _text(client.get(address))
        assert f">{number} process" in listed, (address, number)


@pytest.mark.parametrize(
    ("query", "linked"),
    [
        ("tema=welfare&stato=concluso", 14),
        ("proponente=associazione&proponente=impresa", 14),
        ("anno=2019&origine=nuovo&scheda-tipo=bando", 14),
        ("cambiato=tempi", 14),
        ("cambiato=tempi&cambiato=costi", 14),
        ("luogo=municipality-036001", 10),
        ("luogo=province-036", 14),
        ("luogo=region-08", 14),
        ("luogo=region-08&punto=municipality-037006", 14),
        ("strumento=strumento-1", 10),
        ("strumento=strumento-1&uso=previsto", 10),
        ("uso=introdotto", 10),
        ("al-posto-di=strumento-1", 10),
        ("strumento=strumento-0&al-posto-di=strumento-1", 10),
        ("testo=processo", 14),
    ],
)
def test_a_figure_counted_under_filters_leads_to_its_records_or_nowhere(client, query, linked):
    _varied_records()
    links = _figures(client, f"?{query}")
    assert len(links) > linked
    for address, number in links:
        form = RecordFilters(QueryDict(address.partition("?")[2]), years=find.years())
        assert not form.errors
        assert find.found(form.question).count() == number, address


def test_downloads_say_the_same_and_tell_no_small_numbers(client):
    here = places.loaded()
    make.record(
        on=[here["036001"]], theme="economy", title="=1+1", participants_actual=3, participants_estimated=120
    )
    make.record(on=[here["037006"]], theme="welfare")
    query = "?tema=sviluppo-economico"
    rows = list(csv.reader(io.StringIO(_raw(client, f"elenco.csv{query}").lstrip("\ufeff")), delimiter=";"))
    assert len(rows) == 2
    told = dict(zip(rows[0], rows[1], strict=True))
    assert told["Ambito tematico"] == "Sviluppo economico"
    assert "<5" in rows[1]
    assert "=1+1" not in rows[1]  # guarded
    whole = json.loads(_raw(client, f"elenco.json{query}"))
    assert [(each["theme"], each["participants_actual"]) for each in whole] == [("economy", "<5")]
    features = json.loads(_raw(client, f"elenco.geojson{query}"))["features"]
    assert features[0]["geometry"]["coordinates"] == [
        pytest.approx(here["036001"].lng, abs=1e-4),
        pytest.approx(here["036001"].lat, abs=1e-4),
    ]


def test_who_takes_the_data_away_slowly_holds_nobody_up(client, monkeypatch):
    monkeypatch.setattr(opendata, "SLICE", 2)
    census = make.census()
    made = [make.record(census, title=title) for title in ("Bosco", "Acqua", "Dune", "Cava", "Erba")]
    answer = client.get("/osservatorio/elenco.json").streaming_content
    first = [next(answer) for _piece in range(2)]
    # Between two slices others write: what is new is not told, what is hidden is told no more.
    make.record(census, title="Zolla")
    take_back_record(by=curator(), record=made[4])
    with CaptureQueriesContext(connection) as captured:
        whole = json.loads(b"".join([*first, *answer]))
    assert [each["title"] for each in whole] == ["Acqua", "Bosco", "Cava", "Dune"]
    assert sum('FROM "observatory_record"' in query["sql"] for query in captured) == 2, "no cursor stays open"


def _raw(client, path):
    return b"".join(client.get(f"/osservatorio/{path}").streaming_content).decode()


def test_the_map_has_one_point_a_place(client):
    here = places.loaded()
    census = make.census()
    first = make.record(census, on=[here["036001"], here["037006"]])
    make.record(census, on=[here["036001"]])
    points = client.get("/osservatorio/mappa.json").json()["points"]
    by_count = {point[2]: point for point in points}
    assert by_count[1][3:] == [first.title, first.get_absolute_url()]
    assert by_count[2][3] == "Bastiglia (MO): 2 processi"
    assert by_count[2][4] == "/osservatorio/?punto=municipality-036001"
    assert "2 processi" in _text(client.get(by_count[2][4]))
    assert client.get("/osservatorio/incorpora/").headers.get("X-Frame-Options") is None


def test_records_are_found_in_the_search_of_the_site_while_they_are_public(client):
    record = make.record(title="Il mulino ritrovato", subject="Le acque e la città")
    assert [hit.entry.address for hit in search("mulino", None).results] == [record.get_absolute_url()]
    by = curator()
    window = signed_in(by)
    address = f"/gestione/osservatorio/schede/{record.slug}/pubblica/"
    assert window.post(address, {"take_back": "1"} | form_key()).status_code == 302
    assert not search("mulino", None).results
    assert client.get(record.get_absolute_url()).status_code == 404
    window.post(address, form_key())
    assert search("mulino", None).results
