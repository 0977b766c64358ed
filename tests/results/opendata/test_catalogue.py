"""The catalogue and the files: complete for machines, harmless in a spreadsheet, readable by others' tools."""

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rdflib import DCAT, RDF, Graph

from cantiere.engine.answers import Column, Dataset, Reach
from cantiere.foundation.core import log
from cantiere.foundation.core.models import AuditEntry
from cantiere.programmes.models import Activity
from cantiere.results.opendata import dcat, queries
from tests.factories import programmes as make

pytestmark = pytest.mark.django_db
SHAPES = Path(__file__).with_name("dcat_ap_it.ttl")

COLUMNS = [
    Column("name", "string", "Nome"),
    Column("on", "date", "Giorno"),
    Column("cost", "number", "Costo"),
    Column("lng", "number", "Longitudine"),
    Column("lat", "number", "Latitudine"),
]
ROWS = [
    ("Officina delle idee", date(2026, 3, 1), Decimal("12.50"), 10.91, 43.93),
    ("=1+1", None, None, None, None),
]


def datasets(_activity):
    there = {"position": ("lng", "lat"), "reach": Reach.OPEN, "theme": "SOCI"}
    return [
        Dataset("things", "Cose", COLUMNS, lambda: ROWS, **there),
        Dataset("secrets", "Segreti", COLUMNS, lambda: ROWS),
    ]


@pytest.fixture
def toys():
    with make.toy(datasets=datasets):
        programme = make.programme("Il programma")
        make.activity(programme, "Una")
        make.activity(programme, "Due")
        make.activity(programme, "Bozza", public=False)
        make.activity(make.programme("Nascosto", public=False), "Tre")
        yield


def body(response):
    return b"".join(response.streaming_content).decode() if response.streaming else response.content.decode()


def test_only_what_is_open_and_public_is_in_the_catalogue(toys):
    graph = dcat.catalogue()
    assert [str(each) for each in graph.subjects(RDF.type, DCAT.Dataset)] == [
        f"{dcat.settings.URL}/dati/toy-things/"
    ]


@pytest.mark.parametrize("ending", ["ttl", "rdf", "jsonld"])
def test_the_catalogue_keeps_the_mandatory_cardinalities(toys, client: Client, ending):
    from pyshacl import validate

    names = {"ttl": "turtle", "rdf": "rdf", "jsonld": "jsonld"}
    read = Graph().parse(
        data=body(client.get(reverse(f"opendata:{names[ending]}"))),
        format={"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld"}[ending],
    )
    conforms, _report, words = validate(read, shacl_graph=Graph().parse(SHAPES), meta_shacl=True)
    assert conforms, words


@pytest.mark.parametrize("missing", ["identifier", "rightsHolder", "accrualPeriodicity", "license"])
def test_the_shapes_miss_what_is_missing(toys, missing):
    from pyshacl import validate
    from rdflib import DCTERMS

    graph = dcat.catalogue()
    graph.remove((None, DCTERMS[missing], None))
    conforms, _report, _words = validate(graph, shacl_graph=Graph().parse(SHAPES))
    assert not conforms


def test_the_body_is_named_by_its_code(toys, settings):
    settings.CANTIERE_BODY_NAME, settings.CANTIERE_BODY_CODE = "Unione di prova", "u_prova"
    assert '"u_prova"' in dcat.serialised("ttl")


def test_csv_holds_every_row_and_nothing_that_computes(toys, client: Client):
    text = body(client.get("/dati/file/toy-things.csv"))
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["programme", "activity", "name", "on", "cost", "lng", "lat"]
    assert rows[1] == ["Il programma", f"{dcat.settings.URL}/giochi/una/", "Officina delle idee", "2026-03-01", "12.50", "10.91", "43.93"]  # fmt: skip
    assert rows[2][2:] == ["'=1+1", "", "", "", ""]
    assert len(rows) == 5


def test_geojson_and_csv_open_in_gdal(toys, client: Client, tmp_path):
    pyogrio = pytest.importorskip("pyogrio")
    for ending in ("geojson", "csv"):
        file = tmp_path / f"cose.{ending}"
        file.write_text(body(client.get(f"/dati/file/toy-things.{ending}")), encoding="utf-8")
        told = pyogrio.read_info(file)
        assert told["features"] == 4
        assert {"name", "on", "cost"} <= set(told["fields"])
    told = pyogrio.read_info(tmp_path / "cose.geojson")
    assert (told["geometry_type"], told["crs"]) == ("Point", "EPSG:4326")
    assert tuple(round(each, 2) for each in pyogrio.read_bounds(tmp_path / "cose.geojson")[1][:, 0]) == (
        10.91,
        43.93,
        10.91,
        43.93,
    )


def test_json_names_every_cell(toys, client: Client):
    rows = json.loads(body(client.get("/dati/file/toy-things.json")))["rows"]
    assert rows[0]["cost"] == 12.5
    assert rows[1]["name"] == "=1+1"


def _linked(response):
    said = re.findall(r'<script type="application/ld\+json">(.*?)</script>', body(response), re.DOTALL)
    return {each["@type"]: each for each in map(json.loads, said)}


def test_search_engines_read_the_catalogue_and_each_dataset(toys, client: Client):
    catalogue = _linked(client.get("/dati/"))["DataCatalog"]
    assert [each["name"] for each in catalogue["dataset"]] == ["Cose"]
    found = _linked(client.get("/dati/toy-things/"))["Dataset"]
    assert found["@id"] == catalogue["dataset"][0]["@id"] == f"{dcat.settings.URL}/dati/toy-things/"
    assert found["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert {each["contentUrl"].rpartition(".")[2] for each in found["distribution"]} == {
        "csv", "json", "geojson",
    }  # fmt: skip
    assert {"name": "on", "description": "Giorno", "@type": "PropertyValue"} in found["variableMeasured"]


def test_columns_are_described(toys, client: Client):
    fields = client.get("/dati/toy-things/campi.json").json()["fields"]
    assert {"name": "on", "type": "date", "description": "Giorno"} in fields
    assert "Giorno" in body(client.get("/dati/toy-things/"))


@pytest.mark.parametrize(
    "path", ["/dati/toy-secrets/", "/dati/file/toy-secrets.csv", "/dati/file/toy-things.exe", "/dati/file/toy-things",
             "/dati/file/toy-things.csv.csv", "/dati/niente/"]
)  # fmt: skip
def test_what_is_not_open_does_not_exist(toys, client: Client, path):
    assert client.get(path).status_code == 404


def test_without_anything_the_page_says_what_will_be_here(client: Client):
    assert "Nulla è ancora pubblicato" in body(client.get("/dati/"))


def test_a_dataset_is_as_new_as_the_last_act_of_its_room(toys):
    thing = Activity.objects.public().first()
    for verb in ("programmes.first", "accounts.sign_in", "programmes.last", "programmesandmore.other"):
        log.record(by=None, verb=verb, target=thing)
    told = {act.verb: act.at for act in AuditEntry.objects.all()}
    (found,) = queries.open_datasets()
    assert found.source.room == "programmes"
    assert found.modified == told["programmes.last"]


def test_queries_do_not_grow_with_activities():
    with make.toy(datasets=datasets):
        programme = make.programme("Il programma")
        make.activity(programme, "Una")
        with CaptureQueriesContext(connection) as one:
            dcat.serialised("ttl")
        make.activity(programme, "Due")
        make.activity(programme, "Tre")
        with CaptureQueriesContext(connection) as three:
            dcat.serialised("ttl")
    assert len(one) == len(three)
