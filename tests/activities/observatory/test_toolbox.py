"""The toolbox: what it begins with, its pages, who writes it."""

import pytest
from django.core.management import call_command

from cantiere.activities.observatory.actions import toolbox
from cantiere.activities.observatory.models import Tool
from cantiere.activities.observatory.queries.toolbox import named
from cantiere.engine.readability import gulpease
from cantiere.foundation.search.queries import find as search
from tests.factories import observatory as make
from tests.factories.accounts import curator, form_key, person, signed_in

pytestmark = pytest.mark.django_db


def test_the_starting_set_is_whole_and_loads_once(capsys):
    call_command("toolbox", "load")
    tools = list(Tool.objects.prefetch_related("replaced_by"))
    assert len(tools) >= 22
    for tool in tools:
        assert tool.published_at is not None
        assert all([tool.good_for, tool.description, tool.caution]), tool
        assert gulpease(tool.description) > 40, tool
        tool.full_clean()
    jamboard = Tool.objects.get(name="Jamboard")
    assert "2024" in jamboard.good_for
    assert [other.name for other in jamboard.replaced_by.all()] == ["Lavagna condivisa"]
    Tool.objects.filter(name="Zoom").update(good_for="Riscritto da noi")
    assert toolbox.load_toolbox(by=None) == (0, len(tools))
    assert Tool.objects.get(name="Zoom").good_for == "Riscritto da noi"
    assert named("breakout ROOMS") == Tool.objects.get(name="Videoconferenza con stanze separate")
    assert named("") is None


def test_a_tool_tells_who_used_it_and_what_it_replaced(client):
    zoom, cafe = make.tool("Zoom"), make.tool("World café")
    used, hidden = make.record(), make.record(public=False)
    make.use(used, zoom, "introduced", cafe)
    make.use(hidden, zoom)
    page = client.get("/strumenti/zoom/").content.decode()
    assert used.title in page
    assert hidden.title not in page
    assert "Nelle schede ha preso il posto di" in page
    assert "World café" in page


def test_the_list_looks_for_words_and_kind(client):
    make.tool("Città in gioco", good_for="Giocare")
    make.tool("Lavagna", kind="digital")
    assert "Città in gioco" in client.get("/strumenti/?testo=CITTA").content.decode()
    digital = client.get("/strumenti/?tipo=digitale").content.decode()
    assert "Lavagna" in digital
    assert "Città in gioco" not in digital


def test_the_list_answers_for_how_many_and_instead_of_what(client):
    hall = make.tool("Assemblea in sala", group_min=20, group_max=300)
    small = make.tool("Cerchio", group_min=3, group_max=12)
    any_size = make.tool("Bacheca")
    video = make.tool("Diretta", kind="digital", group_min=2, replaces=[hall])
    hidden = make.tool("Segreto", public=False, replaces=[small])

    def names(query):
        page = client.get(f"/strumenti/?{query}").content.decode()
        return {each.name for each in (hall, small, any_size, video, hidden) if f"{each.slug}/" in page}

    assert names("persone=40") == {"Assemblea in sala", "Bacheca", "Diretta"}
    assert names("persone=12") == {"Cerchio", "Bacheca", "Diretta"}
    assert names(f"al-posto-di={hall.slug}") == {"Diretta"}
    page = client.get("/strumenti/").content.decode()
    assert f'value="{hall.slug}"' in page
    assert f'value="{small.slug}"' not in page, "nothing here can replace it"
    assert names("persone=molte&al-posto-di=niente") == names("")


def test_a_curator_writes_publishes_and_hides(client):
    window = signed_in(curator())
    sent = {
        "kind": "method",
        "name": "Cerchio",
        "good_for": "Ascoltarsi",
        "group_min": "3",
        "group_max": "20",
    }
    answer = window.post("/gestione/strumenti/nuovo/", sent | form_key())
    assert answer.url == "/strumenti/cerchio/"
    assert client.get(answer.url).status_code == 404
    assert window.get(answer.url).status_code == 200
    window.post("/gestione/strumenti/cerchio/pubblica/", form_key())
    assert client.get(answer.url).status_code == 200
    assert search("cerchio", None).results
    window.post("/gestione/strumenti/cerchio/", sent | {"name": "Cerchio di parola"} | form_key())
    assert "Cerchio di parola" in client.get(answer.url).content.decode()
    window.post("/gestione/strumenti/cerchio/pubblica/", {"take_back": "1"} | form_key())
    assert client.get(answer.url).status_code == 404
    assert not search("cerchio", None).results


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"name": "Zoom"}, "Zoom"),
        ({"group_min": "30", "group_max": "3"}, "più"),
        ({"website": "non un indirizzo"}, "URL"),
        ({"kind": "altro"}, "altro"),
    ],
)
def test_a_tool_that_cannot_be_is_refused(changes, told):
    make.tool("Zoom")
    sent = {"kind": "method", "name": "Cerchio", "good_for": "Ascoltarsi"} | changes | form_key()
    answer = signed_in(curator()).post("/gestione/strumenti/nuovo/", sent)
    assert answer.status_code == 200
    assert "Ascoltarsi" in answer.content.decode()
    assert Tool.objects.count() == 1
    assert told in answer.content.decode()


def test_nobody_else_writes_the_toolbox(client):
    make.tool("Zoom")
    for address in ("/gestione/strumenti/nuovo/", "/gestione/strumenti/zoom/"):
        assert signed_in(person()).get(address).status_code == 404
        assert client.get(address).status_code in {302, 404}
