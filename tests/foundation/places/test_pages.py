"""The address that completes names of places."""

import pytest
from django.template import Context, Template
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import places as make

pytestmark = pytest.mark.django_db


def test_names_are_completed_for_anybody(client: Client) -> None:
    make.loaded()
    answer = client.get("/luoghi/cerca", {"q": "sàn cesario"})
    assert answer.status_code == 200
    assert answer.json() == {
        "places": [
            {
                "code": "036036",
                "kind": "municipality",
                "name": "San Cesario sul Panaro",
                "label": "San Cesario sul Panaro (MO)",
                "lat": 44.05,
                "lng": 10.35,
            }
        ]
    }
    assert answer["Cache-Control"] == "public, max-age=3600"


@pytest.mark.parametrize("start", ["", "b", " b ", "'", "%", "..."])
def test_less_than_two_letters_find_nothing(client: Client, start: str) -> None:
    make.loaded()
    assert client.get("/luoghi/cerca", {"q": start}).json() == {"places": []}


def test_kinds_can_be_chosen(client: Client) -> None:
    make.loaded()
    found = {
        kind: [
            place["code"]
            for place in client.get("/luoghi/cerca", {"q": "siena", "tipo": kind}).json()["places"]
        ]
        for kind in ("municipality", "province", "nonsense")
    }
    assert found == {"municipality": ["052032"], "province": ["052"], "nonsense": ["052", "052032"]}


def test_at_most_ten_places_come_in_one_query_for_one_and_for_many(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    places = make.loaded()
    make.place("Borgo", parent=places["036"])
    with django_assert_num_queries(1):
        assert len(client.get("/luoghi/cerca", {"q": "borgo"}).json()["places"]) == 1
    for _ in range(12):
        make.place("Borgo", parent=places["036"])
    with django_assert_num_queries(1):
        assert len(client.get("/luoghi/cerca", {"q": "borgo"}).json()["places"]) == 10


def test_an_input_of_ours_gets_options(client: Client) -> None:
    make.loaded()
    make.place("Bo<b>rgo", folded="borgo")
    answer = client.get(
        "/luoghi/cerca",
        {"where": "bo", "tipo": "municipality"},
        headers={"HX-Request": "true", "HX-Trigger-Name": "where"},
    )
    assert answer.content.decode().strip().split("</option>") == [
        '<option value="Bologna (BO)">',
        '<option value="Bomporto (MO)">',
        '<option value="Bo&lt;b&gt;rgo">',
        "",
    ]


def test_writing_is_refused(client: Client) -> None:
    assert client.post("/luoghi/cerca", {"q": "siena"}).status_code == 405


def test_credits_name_those_whose_data_is_shown() -> None:
    html = Template("{% load places %}{% place_credits %}").render(Context())
    for name in ("ISTAT", "Openpolis", "OntoPiA", "CC BY 4.0"):
        assert name in html
