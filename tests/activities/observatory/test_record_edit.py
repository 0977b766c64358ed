"""Where curators write records by hand."""

import pytest

from cantiere.activities.observatory.models import Record
from tests.factories import census as answers
from tests.factories import observatory as make
from tests.factories import places
from tests.factories.accounts import curator, form_key, person, signed_in

pytestmark = pytest.mark.django_db


def _as_posted(record, **changes):
    """What the form sends when nothing is touched, with some changes."""
    from cantiere.activities.observatory.forms.record import RecordEditor

    editor, sent = RecordEditor(record), {}
    for bound in editor:
        value = bound.value()
        if isinstance(value, bool):
            value = "on" if value else ""
        sent[bound.html_name] = value if value is not None else ""
    for rows in (editor.bodies, editor.extensions, editor.uses):
        for bound in rows.management_form:
            sent[bound.html_name] = bound.value()
    sent["territories"] = "\n".join(str(place) for place in record.territories.select_related("parent"))
    return {name: value for name, value in sent.items() if value != ""} | changes | form_key()


def _edit(record, by=None, **changes):
    return signed_in(by or curator()).post(
        f"/gestione/osservatorio/schede/{record.slug}/", _as_posted(record, **changes)
    )


def test_a_curator_begins_writes_and_publishes_a_late_record(client):
    census, window = make.census(), signed_in(curator())
    places.loaded()
    answer = window.post(
        f"/gestione/censimenti/{census.slug}/schede/nuova/",
        {"title": "Arrivata tardi", "sheet": "other", "proponent": "Comune di Pievalta"} | form_key(),
    )
    made = Record.objects.get()
    assert answer.url == f"/gestione/osservatorio/schede/{made.slug}/"
    assert client.get(made.get_absolute_url()).status_code == 404
    assert window.get(answer.url).status_code == 200
    tool = make.tool("Zoom")
    saved = _edit(
        made,
        **{
            "theme": "welfare",
            "territories": "Bomporto\nCastelfranco Emilia",
            "started_on": "2020-02-21",
            "bodies-0-role": "partner",
            "bodies-0-name": "CNA",
            "extensions-0-kind": "both",
            "extensions-0-days": "83",
            "uses-0-tool": str(tool.pk),
            "uses-0-since": "introduced",
        },
    )
    assert saved.status_code == 302
    made.refresh_from_db()
    assert (made.year, made.theme, made.extra_days) == (2020, "welfare", 83)
    assert {place.code for place in made.territories.all()} == {"036002", "036006"}
    assert made.reach.filter(code="036", kind="province").exists()
    assert [(use.tool, use.since) for use in made.uses.all()] == [(tool, "introduced")]
    window.post(f"/gestione/osservatorio/schede/{made.slug}/pubblica/", form_key())
    assert client.get(made.get_absolute_url()).status_code == 200


def test_while_an_answer_waits_the_record_leads_to_it_and_is_not_published_here():
    entry, window = answers.sent(), signed_in(curator())
    address = f"/gestione/osservatorio/schede/{entry.record.slug}/"
    page = window.get(address).content.decode()
    assert f"/gestione/censimenti/risposte/{entry.pk}/" in page
    assert "com’è salvata" not in page
    told = window.post(f"{address}pubblica/", form_key(), follow=True).content.decode()
    assert "aspetta di sapere" in told
    assert not Record.objects.public().exists()


def test_saving_again_changes_nothing_and_rows_can_be_removed():
    here = places.loaded()
    record = make.record(on=[here["036001"]], bodies=["CNA", "LAPAM"], extra=10, theme="economy")
    before = {name: getattr(record, name) for name in ("theme", "year", "folded", "title")}
    assert _edit(record).status_code == 302
    again = Record.objects.get(pk=record.pk)
    assert {name: getattr(again, name) for name in before} == before
    assert [body.name for body in again.bodies.all()] == ["CNA", "LAPAM"]
    assert _edit(again, **{"bodies-0-DELETE": "on"}).status_code == 302
    assert [body.name for body in again.bodies.all()] == ["LAPAM"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"title": ""}, "campo"),
        ({"territories": "Paese che non esiste"}, "Paese che non esiste"),
        ({"started_on": "2020-03-01", "ended_on": "2020-02-01"}, "viene prima"),
        ({"identifier": "77"}, "ha questo identificativo"),
        ({"extensions-0-kind": "both", "extensions-0-days": "0"}, "1"),
        (
            {
                "bodies-0-role": "partner",
                "bodies-0-name": "CNA",
                "bodies-1-role": "partner",
                "bodies-1-name": "CNA",
            },
            "scritta due volte",
        ),
        ({"uses-0-tool": "999999", "uses-0-since": "planned"}, "999999"),
        ({"bodies-TOTAL_FORMS": "x"}, ""),
        ({"website": "javascript:alert(1)"}, "URL"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(changes, told):
    census = make.census()
    make.record(census, identifier="77")
    record = make.record(census)
    answer = _edit(record, subject="Testo già scritto", **changes)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Testo già scritto" in page
    assert told in page
    assert Record.objects.get(pk=record.pk).subject == ""


def test_nobody_else_writes(client):
    record = make.record()
    address = f"/gestione/osservatorio/schede/{record.slug}/"
    assert signed_in(person()).get(address).status_code == 404
    assert client.get(address).status_code in {302, 404}
    assert _edit(record, by=person()).status_code == 404


def test_the_form_says_in_words_that_nothing_was_said(client):
    shown = signed_in(curator()).get(f"/gestione/osservatorio/schede/{make.record().slug}/").content.decode()
    assert "-----" not in shown
    assert shown.count('<option value="" selected>Non indicato</option>') == 5
    assert "Tipo di partecipazione" in shown
    assert "Che cosa è cambiato" in shown
