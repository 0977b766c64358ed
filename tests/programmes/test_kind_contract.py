"""What every kind of activity keeps to, so that nobody above needs to know it (report and open data join later)."""

import ast
import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db.models import OneToOneField
from django.test import Client
from django.utils.translation import override

import cantiere
from cantiere.engine.answers import Reach
from cantiere.programmes import actions
from cantiere.programmes.kinds import kinds
from cantiere.programmes.models import Activity, TeamMember
from tests.factories import programmes as make
from tests.factories.accounts import person, signed_in

SOURCE = Path(cantiere.__file__).parent
TYPES = {
    "string": str, "integer": int, "number": (int, Decimal), "boolean": bool, "date": date, "datetime": datetime,
}  # fmt: skip

every_kind = pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.key)
database = pytest.mark.django_db


def draft(kind, programme=None, title="Un'attività"):
    """A draft as the workspace makes it, with the kind's own example in it."""
    programme = programme or make.programme()
    phase = programme.phases.first() or make.phase(programme)
    activity = actions.add_activity(
        by=person(), programme=programme, kind_key=kind.key, details={"title": title, "phase": phase}
    )
    kind.demo(activity)
    return Activity.objects.select_related("programme", "phase", "place").get(pk=activity.pk)


def published(kind, programme=None, title="Un'attività"):
    activity = draft(kind, programme, title)
    actions.publish_activity(by=person(), activity=activity)
    return activity


def test_there_are_kinds():
    assert {"meeting", "page"} <= {kind.key for kind in kinds()}


@every_kind
def test_it_names_itself(kind):
    assert re.fullmatch(r"[a-z][a-z_]{2,29}", kind.key)
    for word in (kind.name, kind.verb):
        assert str(word).strip() == str(word) != ""


@every_kind
def test_its_name_reads_in_both_languages(kind):
    for language in ("it", "en"):
        with override(language):
            assert str(kind.name)
            assert str(kind.verb)


@every_kind
def test_its_icon_is_in_the_sprite(kind):
    icons = (SOURCE.parents[1] / "frontend" / "icons.txt").read_text().split()
    assert kind.icon in icons


@every_kind
def test_its_own_row_is_keyed_by_the_activity(kind):
    key = kind.model._meta.pk
    assert isinstance(key, OneToOneField)
    assert key.related_model is Activity


@every_kind
def test_nobody_reaches_its_row_through_the_activity(kind):
    assert kind.model._meta.pk.remote_field.related_name == "+"
    foreign = [
        each.get_accessor_name()
        for each in Activity._meta.related_objects
        if each.related_model._meta.app_label != "programmes"
    ]
    assert foreign == []


@every_kind
@database
def test_a_new_activity_has_its_own_row(kind):
    activity = draft(kind)
    assert kind.model.objects.filter(pk=activity.pk).count() == 1


@every_kind
@database
def test_its_pages_open_for_the_right_people(kind):
    activity = draft(kind)
    team = signed_in(make.member(activity.programme, TeamMember.Role.EDITOR).person)
    stranger = signed_in(person())
    seen = {
        "draft": [each.get(kind.url(activity)).status_code for each in (Client(), stranger, team)],
        "edit": [each.get(kind.edit_url(activity)).status_code == 200 for each in (Client(), stranger, team)],
    }
    actions.publish_activity(by=person(), activity=activity)
    seen["public"] = [each.get(kind.url(activity)).status_code for each in (Client(), stranger, team)]
    assert seen == {"draft": [404, 404, 200], "edit": [False, False, True], "public": [200, 200, 200]}


@every_kind
@database
def test_its_public_page_has_one_title(kind):
    activity = published(kind, title="Una prova")
    heads = re.findall(r"<h1\b[^>]*>(.*?)</h1>", Client().get(kind.url(activity)).content.decode(), re.DOTALL)
    assert [head.strip() for head in heads] == ["Una prova"]


@every_kind
@database
def test_it_appears_on_the_programme_page(kind):
    activity = published(kind, title="Una cosa da fare")
    page = Client().get(activity.programme.get_absolute_url()).content.decode()
    assert "Una cosa da fare" in page
    assert f'href="{kind.url(activity)}"' in page


@every_kind
@database
def test_a_draft_does_not_appear_on_the_programme_page(kind):
    activity = draft(kind, title="Ancora una bozza")
    assert "Ancora una bozza" not in Client().get(activity.programme.get_absolute_url()).content.decode()


@every_kind
@database
def test_its_measures_have_distinct_keys(kind):
    activity = published(kind)
    make.enrolment(activity)
    actions.take_part(activity=activity)
    measures = kind.measures(activity)
    assert len({measure.key for measure in measures}) == len(measures)
    for measure in measures:
        assert str(measure.name)
        assert measure.base is None or 0 <= measure.value <= measure.base


@every_kind
@database
def test_its_section_tells_what_it_is(kind):
    activity = published(kind, title="Da raccontare")
    section = kind.section(activity)
    assert section.title == "Da raccontare"
    assert activity.summary in section.text


@every_kind
@database
def test_its_datasets_match_their_columns(kind):
    activity = published(kind)
    make.enrolment(activity)
    datasets = kind.datasets(activity)
    assert len({each.key for each in datasets}) == len(datasets)
    for dataset in datasets:
        names = [column.name for column in dataset.columns]
        assert len(set(names)) == len(names)
        assert {column.type for column in dataset.columns} <= set(TYPES)
        for row in dataset.rows():
            assert len(row) == len(names)
            for cell, column in zip(row, dataset.columns, strict=True):
                assert cell is None or isinstance(cell, TYPES[column.type]), column.name


@every_kind
@database
def test_its_open_datasets_name_nobody_and_tell_no_draft(kind):
    activity = published(kind)
    make.enrolment(activity, person(name="Zaccaria Inventato", email="zaccaria@example.org"))
    open_ones = [each for each in kind.datasets(activity) if each.reach is Reach.OPEN]
    told = str([list(each.rows()) for each in open_ones])
    assert "Zaccaria" not in told
    assert "zaccaria" not in told
    hidden = draft(kind)
    assert [list(each.rows()) for each in kind.datasets(hidden) if each.reach is Reach.OPEN] == [
        [] for _each in open_ones
    ]


@every_kind
@database
def test_copy_takes_settings_and_leaves_results(kind):
    source = published(kind)
    make.enrolment(source)
    actions.take_part(activity=source, person=person())
    copy = actions.copy_activity(
        by=person(), activity=source, programme=source.programme, phase=source.phase, title="Un'altra"
    )
    old, new = (kind.model.objects.get(pk=each.pk) for each in (source, copy))
    # The key of the row, and a code that only one row may have, are made anew.
    fields = [field for field in kind.model._meta.concrete_fields if not field.unique]
    for field in fields:
        kept, fresh = getattr(old, field.attname), field.get_default()
        assert getattr(new, field.attname) in (kept, fresh), field.name
    told = [field for field in fields if getattr(old, field.attname) != field.get_default()]
    assert not told or any(getattr(new, field.attname) == getattr(old, field.attname) for field in told)
    assert copy.published_at is None
    results = (copy.participations, copy.enrolments, copy.appointments)
    assert [each.count() for each in results] == [0, 0, 0]
    assert {measure.value for measure in kind.measures(copy)} <= {0}
    assert kind.model.objects.filter(pk=source.pk).exists()


@every_kind
@database
def test_it_is_published_only_without_problems(kind):
    programme = make.programme()
    bare = actions.add_activity(
        by=person(),
        programme=programme,
        kind_key=kind.key,
        details={"title": "Vuota", "phase": make.phase(programme)},
    )
    problems = list(kind.problems(bare))
    if problems:
        with pytest.raises(ValidationError) as refused:
            actions.publish_activity(by=person(), activity=bare)
        assert refused.value.messages == problems
    kind.demo(bare)
    bare.refresh_from_db()
    assert list(kind.problems(bare)) == []
    actions.publish_activity(by=person(), activity=bare)
    assert bare.is_public


@database
def test_the_programme_page_costs_the_same_with_one_and_three_of_each(django_assert_max_num_queries):
    one, three = make.programme(), make.programme()
    for programme, times in ((one, 1), (three, 3)):
        for kind in kinds():
            for _time in range(times):
                published(kind, programme)
    counts = []
    for programme in (one, three):
        Client().get(programme.get_absolute_url())
        with django_assert_max_num_queries(30) as seen:
            Client().get(programme.get_absolute_url())
        counts.append(len(seen.captured_queries))
    assert counts[0] == counts[1]


# What keeps special cases from creeping back ------------------------------------------------------


def _modules():
    return [file for file in SOURCE.rglob("*.py") if "migrations" not in file.parts]


def _asks_the_kind(node):
    """Whether an expression is the kind of an activity, or its key."""
    if not isinstance(node, ast.Attribute):
        return False
    if node.attr == "kind_key" or (node.attr == "key" and _asks_the_kind(node.value)):
        return True
    owner = node.value
    name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
    return node.attr == "kind" and name in {"activity", "source", "target", "row"}


def _special_cases(tree):
    for node in ast.walk(tree):
        compared = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
        compared += [node.subject] if isinstance(node, ast.Match) else []
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called == "isinstance":
                compared += node.args[:1]
            if called in {"filter", "exclude", "Q"} and any(
                (keyword.arg or "").startswith(("kind_key", "activity__kind_key"))
                for keyword in node.keywords
            ):
                yield node.lineno
        if any(_asks_the_kind(each) for each in compared):
            yield node.lineno


def test_nobody_compares_kinds():
    found = [
        f"{file.relative_to(SOURCE)}:{line}"
        for file in _modules()
        for line in _special_cases(ast.parse(file.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_no_template_compares_kinds():
    pattern = re.compile(r"{%\s*(el)?if[^%]*(\bkind_key|\w\.kind\.key)\b")
    found = [
        str(file.relative_to(SOURCE)) for file in SOURCE.rglob("*.html") if pattern.search(file.read_text())
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    ["activity.kind_key == 'meeting'", "x.activity.kind == k", "activity.kind.key in {'page'}",
     "rows.filter(kind_key='meeting')", "isinstance(activity.kind, MeetingKind)"],
)  # fmt: skip
def test_a_comparison_would_be_found(line):
    assert list(_special_cases(ast.parse(line))) == [1]


def test_nobody_looks_up_a_model_by_name():
    word = "get_" + "model("
    assert [str(f.relative_to(SOURCE)) for f in _modules() if word in f.read_text(encoding="utf-8")] == []
