import pytest
from django.test import RequestFactory

from cantiere.foundation.ui.navigation import Door, Item, doors, register

pytestmark = pytest.mark.usefixtures("pages")


def test_doors_stand_in_order_and_the_deepest_match_is_current():
    found = doors(RequestFactory().get("/p/quattro/"), "main")
    assert found == [
        Door("Programmi", "/p/", current=True),
        Door("Calendario", "/calendario/", current=False),
        Door("Stanza", "/stanza/", current=False),
    ]


def test_a_door_registered_twice_is_one():
    register(Item(5, "Programmi di nuovo", "programmes"))
    assert [door.label for door in doors(RequestFactory().get("/"), "main")] == [
        "Calendario",
        "Stanza",
        "Programmi di nuovo",
    ]


def test_places_do_not_mix():
    register(Item(0, "Il mio conto", "room", "person"))
    assert [door.label for door in doors(RequestFactory().get("/"), "person")] == ["Il mio conto"]
    assert len(doors(RequestFactory().get("/"), "main")) == 3


def test_the_deeper_door_wins(settings):
    settings.ROOT_URLCONF = "tests.foundation.ui.nested"
    here = [door.label for door in doors(RequestFactory().get("/p/dentro/qui/"), "main") if door.current]
    assert here == ["Stanza"]
