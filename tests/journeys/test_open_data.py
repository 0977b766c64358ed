"""Somebody who reuses data takes all that the demonstration offers, with tools that are not ours."""

import csv
import io
import json
import urllib.request

import pyogrio
import pytest
from pyshacl import validate
from rdflib import DCAT, DCTERMS, RDF, Graph

from tests.results.opendata.test_catalogue import SHAPES

pytestmark = pytest.mark.journey

ITALY = (6.0, 35.0, 19.0, 48.0)


def taken(address):
    with urllib.request.urlopen(address, timeout=30) as answer:
        return answer.read()


@pytest.fixture
def opened(tmp_path):
    """A file of the site as GDAL sees it."""

    def read(address, ending):
        content = taken(address)
        file = tmp_path / f"file.{ending}"
        file.write_bytes(content)
        return content, pyogrio.read_info(file), file

    return read


def in_italy(file):
    west, south, east, north = pyogrio.read_bounds(file)[1]
    return bool(
        (west >= ITALY[0]).all()
        and (south >= ITALY[1]).all()
        and (east <= ITALY[2]).all()
        and (north <= ITALY[3]).all()
    )


def test_the_catalogue_is_whole_and_every_file_in_it_opens(site, opened):
    graph = Graph().parse(data=taken(f"{site}/dati/catalogo.rdf"), format="xml")
    conforms, _report, words = validate(graph, shacl_graph=Graph().parse(SHAPES), meta_shacl=True)
    assert conforms, words
    rows = {}
    for dataset in graph.subjects(RDF.type, DCAT.Dataset):
        name = str(graph.value(dataset, DCTERMS.identifier))
        for distribution in graph.objects(dataset, DCAT.distribution):
            address = str(graph.value(distribution, DCAT.accessURL))
            ending = address.rpartition(".")[2]
            if ending == "json":
                continue
            content, told, file = opened(address, ending)
            rows.setdefault(name, set()).add(told["features"])
            if ending == "geojson":
                assert (told["geometry_type"], told["crs"]) == ("Point", "EPSG:4326")
                assert in_italy(file)
            else:
                records = list(csv.reader(io.StringIO(content.decode())))
                assert told["features"] == len(records) - 1
    # Other journeys publish records meanwhile; the list knows how many there are.
    assert rows["census-records"] == {len(json.loads(taken(f"{site}/osservatorio/elenco.json")))}
    assert rows["innovator-map-innovators"].pop() > 10
    assert all(len(numbers) <= 1 for numbers in rows.values()), "each form says as much as the others"


@pytest.mark.parametrize("query", ["", "?tema=ambiente", "?luogo=Modena"])
def test_the_list_under_its_filters_opens_too(site, opened, query):
    features = set()
    for ending in ("csv", "geojson"):
        _content, told, file = opened(f"{site}/osservatorio/elenco.{ending}{query}", ending)
        features.add(told["features"])
        if ending == "geojson":
            assert {"title", "theme", "started_on"} <= set(told["fields"])
            assert in_italy(file)
    assert len(features) == 1
    assert features.pop() == len(json.loads(taken(f"{site}/osservatorio/elenco.json{query}"))) > 0
