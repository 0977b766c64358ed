"""No figure is older than the last act, and figures are read from indexes alone."""

import itertools
import re

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.db.models import Count

from cantiere.activities.observatory import actions
from cantiere.activities.observatory.actions import imports
from cantiere.activities.observatory.models import Record, ToolUse
from cantiere.activities.observatory.queries import find, statistics
from cantiere.activities.observatory.queries import imports as sheets_here
from cantiere.activities.observatory.queries.find import Question
from cantiere.activities.observatory.sheet import propose
from cantiere.foundation.core import sheets
from cantiere.foundation.core.jobs.worker import run_all
from cantiere.foundation.places.models import Place
from cantiere.programmes.actions import activities
from tests.factories import accounts, places
from tests.factories import observatory as make

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_visitors_get_kept_pages_until_anybody_acts(client, settings):
    settings.KEEP_PAGES = 60
    places.loaded()
    census = make.census()
    made = make.record(census)

    def told(words):
        pages = ("/osservatorio/", "/osservatorio/statistiche/")
        return [words in client.get(page).content.decode() for page in pages]

    assert told("1 process") == [True, True]
    Record.objects.filter(pk=made.pk).update(published_at=None)  # past every action
    assert told("1 process") == [True, True]
    actions.publish_record(by=None, record=make.record(census, public=False))
    make.record(census)
    assert told("2 process") == [True, True]


def _by_hand():
    """What the pages say, from the places each record is found under, one record at a time."""
    records = [
        each
        for each in Record.objects.select_related("census__programme")
        if each.is_public and each.census.is_public
    ]
    provinces = {}
    for record in records:
        for place in record.reach.filter(kind=Place.Kind.PROVINCE):
            provinces[place.code] = provinces.get(place.code, 0) + 1
    new = sum(record.origin == "new" for record in records)
    used = ToolUse.objects.filter(record__in=records).count()
    return len(records), new, provinces, used


def _told(client):
    tally = find.tally(find.public_records())
    figures = statistics.figures(find.public_records())
    provinces = {place.code: count for place, count in figures.provinces if count}
    assert (tally.records, tally.new, tally.provinces) == (
        figures.total,
        sum(figures.new_by_sheet.values()),
        len(provinces),
    )
    for page in ("/osservatorio/", "/osservatorio/statistiche/"):
        said = client.get(page).content.decode()
        words = f"{tally.records} process" if tally.records else "Nessun processo"
        assert re.search(words, said), page
    return figures.total, tally.new, provinces, sum(each.total for each in figures.tools)


def _brought(census, by, text):
    file = ContentFile(text.encode(), name="schede.csv")
    with sheets.read(file) as sheet:
        brought = imports.bring(by=by, census=census, file=file, sheet=sheet)
    imports.match(by=by, brought=brought, columns=propose(brought.headers, sheets_here.remembered()))
    run_all("maintenance")
    brought.refresh_from_db()
    imports.confirm(by=by, brought=brought, leave_out=False, keep_existing=False, publish=True)
    run_all("maintenance")


def test_no_figure_is_older_than_the_last_act(client):
    here, by, census = places.loaded(), accounts.person(), make.census()
    modena, bologna = [here["036001"]], [here["037006"]]
    one, tool = make.record(census, public=False, on=modena), make.tool()

    def edit(**details):
        actions.edit_record(by=by, record=Record.objects.get(pk=one.pk), details=details)

    acts = {
        "publish": lambda: actions.publish_record(by=by, record=one),
        "another": lambda: make.record(census, on=[*modena, *bologna], origin="new"),
        "elsewhere": lambda: edit(territories=bologna),
        "a whole region": lambda: edit(territories=[here["08"]]),
        "back": lambda: edit(territories=modena),
        "new": lambda: edit(origin="new", call_year=2021),
        "a tool": lambda: actions.edit_record(
            by=by,
            record=Record.objects.get(pk=one.pk),
            details={},
            parts=actions.Parts(uses=[ToolUse(tool=tool, since="planned")]),
        ),
        "nowhere": lambda: edit(territories=[]),
        "a sheet": lambda: _brought(
            census, by, f"Titolo;Comune;Slug\n{one.title};Bomporto;{one.slug}\nUn altro;Bologna;\n"
        ),
        "take back": lambda: actions.take_back_record(by=by, record=Record.objects.get(pk=one.pk)),
        "hide the census": lambda: activities.withdraw_activity(by=by, activity=census),
    }
    said = [_told(client)]
    for name, act in acts.items():
        act()
        said.append(_told(client))
        assert said[-1] == _by_hand(), name
    assert all(before != after for before, after in itertools.pairwise(said)), said
    assert said[-1] == (0, 0, {}, 0)


ASKED = (
    Question(),
    Question(themes=["welfare"], levels=["codesign"], years=[2020]),
    Question(proponents=["firm"], statuses=["running"], sheet="funded", origins=["new"], changed=["times"]),
)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the other plans by how much there is")
@pytest.mark.parametrize("question", ASKED)
def test_lists_and_their_sentence_are_read_from_an_index_alone(question):
    make.census()
    records = find.found(question)
    page = records.values_list("pk").explain()
    assert "USING COVERING INDEX observatory_record_list" in page
    assert "TEMP B-TREE" not in page
    sentence = records.order_by().values_list("within").annotate(Count("pk"), new=find.NEW).explain()
    assert "USING COVERING INDEX observatory_record_sentence" in sentence
    assert "TEMP B-TREE" not in sentence
