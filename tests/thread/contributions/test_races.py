"""Many at once, on both databases: written twice counts once, and nobody waits for ever."""

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from cantiere.thread.contributions import actions, codes
from cantiere.thread.contributions.models import Coding, Contribution, Receipt, Step, Theme, Wording
from tests.factories import contributions as make
from tests.factories.accounts import person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def at_once(jobs):
    shot = threading.Barrier(len(jobs))

    def run(job):
        shot.wait(30)
        try:
            return job()
        except ValidationError as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def test_the_same_thing_sent_fifty_times_is_one_row_with_one_receipt():
    activity, code = make.activity(), codes.new_code()

    def send():
        receipt = actions.open_receipt(code=code)
        said = actions.Said(key="uno", text="Un autobus la sera.", receipt=receipt)
        return actions.contribute(activity=activity, said=said).pk

    assert len(set(at_once([send] * 50))) == 1
    assert Contribution.objects.count() == 1
    assert Receipt.objects.get().contributions.count() == 1


def test_batches_that_overlap_in_any_order_never_block_each_other():
    activity = make.activity(public=False)
    keys = [f"k{number}" for number in range(60)]
    batches = [keys, keys[::-1], keys[30:] + keys[:30], keys[::2] + keys[1::2]] * 2
    jobs = [
        partial(actions.contribute_all, activity=activity, said=[make.said(key=key) for key in batch])
        for batch in batches
    ]
    given = at_once(jobs)
    assert Contribution.objects.count() == 60
    assert len({tuple(sorted(row.pk for row in each.values())) for each in given}) == 1


def test_a_step_reported_by_many_is_written_once():
    rows = [make.contribution(person=person()) for _time in range(5)]
    report = partial(actions.step, contributions=rows, kind=Step.Kind.READ, words="Letto.", reference="r")
    at_once([report] * 8)
    assert Step.objects.count() == 5


def test_correcting_against_withdrawing_leaves_no_words():
    for _round in range(5):
        row = make.contribution("Da cancellare")
        at_once(
            [
                partial(actions.correct, contribution=row, text=f"Da cancellare {number}")
                for number in range(4)
            ]
            + [partial(actions.withdraw, contribution=row)]
        )
        row.refresh_from_db()
        assert row.text == ""
        assert not Wording.objects.filter(contribution=row).exists()


def test_merging_while_others_code_loses_nothing():
    activity, editor = make.activity(), person()
    rows = [make.contribution(of=activity) for _time in range(6)]
    for _round in range(5):
        old, new = make.theme(activity.programme), make.theme(activity.programme)
        actions.code(by=editor, contributions=rows[:3], theme=old)
        at_once(
            [partial(actions.merge_themes, by=editor, theme=old, into=new)]
            + [
                partial(actions.code, by=editor, contributions=rows[at : at + 3], theme=new)
                for at in range(3)
            ]
        )
        assert not Theme.objects.filter(pk=old.pk).exists()
        assert set(new.codings.values_list("contribution", flat=True)) >= {row.pk for row in rows[:5]}
        Coding.objects.all().delete()
