"""The ground of maps: borders of one level, small, kept for long, never stale."""

import gzip
import json

import pytest
from django.core.cache import cache
from django.test import Client

from cantiere.engine.territory import from_geojson
from cantiere.foundation.places.ground import ground
from cantiere.foundation.places.models import Boundary
from tests.factories import places as make

pytestmark = pytest.mark.django_db


def names(client: Client, address: str) -> list[str]:
    answer = client.get(address)
    assert answer.status_code == 200
    return [feature["properties"]["name"] for feature in answer.json()["features"]]


def test_without_boundaries_there_is_no_ground(client: Client) -> None:
    assert ground() is None
    assert client.get("/luoghi/confini/province.json").status_code == 404


def test_a_page_gets_an_address_rings_and_the_box(client: Client) -> None:
    make.loaded()
    found = ground()
    assert found is not None
    assert found.url.startswith("/luoghi/confini/province.json?v=")
    assert (found.box.west, found.box.east) == (10.0, 10.8)
    assert len(found.rings) == 3
    assert found.credit == "Confini: ISTAT (CC BY 4.0)"
    assert names(client, found.url) == ["Modena", "Bologna", "Siena"]


def test_borders_can_be_those_inside_some_places(client: Client) -> None:
    places = make.loaded()
    assert names(client, "/luoghi/confini/province.json?in=region-08") == ["Modena", "Bologna"]
    assert names(client, "/luoghi/confini/region.json?in=municipality-052032") == ["Toscana"]
    assert names(client, "/luoghi/confini/municipality.json?in=province-052") == ["Siena", "Montalcino"]
    found = ground("municipality", [places["052"]])
    assert found is not None
    assert "in=province-052" in found.url


def test_borders_are_kept_under_their_version_and_made_anew_for_others(client: Client) -> None:
    make.loaded()
    before = ground()
    assert before is not None
    answer = client.get(before.url)
    assert answer["Cache-Control"] == "public, max-age=2592000, immutable"
    assert client.get(before.url, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert client.get("/luoghi/confini/province.json")["Cache-Control"] == "public, max-age=3600"
    Boundary.objects.filter(place__code="052").delete()
    cache.clear()
    after = ground()
    assert after is not None
    assert after.url != before.url
    assert client.get(before.url, headers={"If-None-Match": answer["ETag"]}).status_code == 200


def test_borders_are_geojson_with_few_decimals_and_arrive_compressed(client: Client) -> None:
    make.loaded()
    answer = client.get("/luoghi/confini/province.json", headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Type"] == "application/geo+json"
    assert answer["Content-Encoding"] == "gzip"
    whole = json.loads(gzip.decompress(answer.content))
    shape = from_geojson(whole["features"][0]["geometry"])
    assert all(
        round(x, 4) == x and round(y, 4) == y for polygon in shape for ring in polygon for x, y in ring
    )


@pytest.mark.parametrize(
    "address",
    [
        "municipality.json",
        "area.json",
        "galaxy.json",
        "province.json?in=region-77",
        "province.json?in=%00",
        "province.json?in=region-08&in=x",
        "province.json?" + "&".join(["in=region-08"] * 21),
    ],
)
def test_what_is_no_ground_is_not_found(client: Client, address: str) -> None:
    make.loaded()
    assert client.get(f"/luoghi/confini/{address}").status_code == 404


def test_borders_are_only_read(client: Client) -> None:
    assert client.post("/luoghi/confini/province.json").status_code == 405
