"""Themes: whatever is merged, split, moved, removed, no contribution is lost and the tree stays a tree."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cantiere.thread.contributions import actions, queries
from cantiere.thread.contributions.models import Coding, Contribution, Theme
from tests.environment import examples
from tests.factories import contributions as make
from tests.factories import programmes
from tests.factories.accounts import person

pytestmark = [pytest.mark.django_db, pytest.mark.database]
numbers = st.integers(0, 7)
OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(["merge", "split", "code", "uncode", "under", "remove_to", "move"]), numbers, numbers
    ),
    max_size=14,
)


class TestWhateverIsDone(TestCase):
    """Any sequence of operations."""

    @settings(max_examples=examples(40), suppress_health_check=list(HealthCheck))
    @given(OPERATIONS)
    def test_no_contribution_is_lost_and_the_tree_stays_a_tree(self, operations):
        editor, activity = person(), make.activity()
        programme = activity.programme
        rows = list(actions.contribute_all(activity=activity, said=[make.said() for _n in range(6)]).values())
        for number in range(4):
            theme = make.theme(programme)
            actions.code(by=editor, contributions=rows[number : number + 3], theme=theme)
        for operation, first, second in operations:
            coded = set(Coding.objects.values_list("contribution", flat=True))
            themes = list(Theme.objects.order_by("pk"))
            theme, other = themes[first % len(themes)], themes[second % len(themes)]
            try:
                self.do(operation, editor, theme, other, rows)
            except ValidationError:
                continue
            finally:
                self.check(coded, operation, rows)

    def do(self, operation, editor, theme, other, rows):
        if operation == "merge":
            actions.merge_themes(by=editor, theme=theme, into=other)
        elif operation == "remove_to" and theme != other:
            actions.remove_theme(by=editor, theme=theme, to=other)
        elif operation == "split":
            name = f"Diviso {Theme.objects.count()} {other.pk}"
            actions.split_theme(by=editor, theme=theme, name=name, contributions=rows[::2])
        elif operation == "code":
            actions.code(by=editor, contributions=rows[:2], theme=theme)
        elif operation == "uncode":
            actions.uncode(by=editor, contributions=rows[5:], theme=theme)
        elif operation == "under":
            actions.edit_theme(by=editor, theme=theme, details={"parent": other})
        elif operation == "move":
            actions.move_theme(by=editor, theme=theme, step=-1)

    def check(self, coded, operation, rows):
        now = set(Coding.objects.values_list("contribution", flat=True))
        assert now >= coded if operation != "uncode" else now >= coded - {rows[5].pk}
        assert Contribution.objects.count() == 6
        pairs = list(Coding.objects.values_list("contribution", "theme"))
        assert len(pairs) == len(set(pairs))
        for theme in Theme.objects.select_related("parent"):
            assert theme.parent is None or (theme.parent.parent_id is None and theme.parent_id != theme.pk)


def test_merging_keeps_each_contribution_once_and_brings_the_parts_along():
    programme = programmes.programme()
    activity = make.activity(of=programme)
    a, b = make.contribution(of=activity), make.contribution(of=activity)
    old, new = make.theme(programme, "Vecchio"), make.theme(programme, "Nuovo")
    below = make.theme(programme, "Sotto", parent=old)
    actions.code(by=person(), contributions=[a, b], theme=old)
    actions.code(by=person(), contributions=[a], theme=new)
    actions.merge_themes(by=person(), theme=old, into=new)
    below.refresh_from_db()
    assert below.parent == new
    assert sorted(new.codings.values_list("contribution", flat=True)) == sorted([a.pk, b.pk])
    assert not Theme.objects.filter(pk=old.pk).exists()


def test_a_theme_merges_into_one_of_its_own_parts():
    programme = programmes.programme()
    old = make.theme(programme, "Vecchio")
    below, other = make.theme(programme, "Sotto", parent=old), make.theme(programme, "Altro", parent=old)
    actions.merge_themes(by=person(), theme=old, into=below)
    below.refresh_from_db()
    other.refresh_from_db()
    assert (below.parent, other.parent) == (None, below)


def test_what_belongs_to_another_programme_is_left_alone():
    theme, foreign = make.theme(programmes.programme()), make.contribution()
    assert actions.code(by=person(), contributions=[foreign], theme=theme) == 0
    with pytest.raises(ValidationError):
        actions.merge_themes(by=person(), theme=theme, into=make.theme(programmes.programme()))


def test_a_theme_merged_meanwhile_is_not_coded():
    theme = make.theme(programmes.programme())
    Theme.objects.filter(pk=theme.pk).delete()
    with pytest.raises(ValidationError):
        actions.code(by=person(), contributions=[], theme=theme)


def test_counts_are_of_what_everyone_may_read():
    programme = programmes.programme()
    activity = make.activity(of=programme)
    water = make.theme(programme, "Acqua")
    rivers = make.theme(programme, "Fiumi", parent=water)
    a, b, held = (make.contribution(of=activity) for _time in range(3))
    actions.code(by=person(), contributions=[a, held], theme=water)
    actions.code(by=person(), contributions=[a, b], theme=rivers)
    actions.hold_back(by=person(), contributions=[held], reason="x")
    actions.step(contributions=[a], kind="refused", words="No.")
    make.contribution(of=activity)
    (counted,) = queries.by_theme(programme)
    assert (counted.count, [part.count for part in counted.parts]) == (2, [2])
    assert queries.counts(programme) == queries.Counts(total=3, coded=2, answered=1)
