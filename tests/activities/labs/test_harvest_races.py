"""Two people press the button at once, on both databases: nothing is written twice, nothing is lost."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from cantiere.activities.labs import actions
from cantiere.activities.labs.models import Harvested
from cantiere.programmes.models import Participation
from cantiere.thread.contributions.models import Contribution
from tests.factories import labs
from tests.factories.accounts import person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def at_once(jobs):
    shot = threading.Barrier(len(jobs))

    def run(job):
        shot.wait(30)
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def test_two_buttons_at_once_write_everything_once():
    play, who = labs.played(), person()
    assert sorted(at_once([lambda: actions.finish(lab=play.lab, by=who)] * 3)) == [False, False, True]
    assert Participation.objects.get(activity=play.lab.activity).times == 6
    assert sorted(at_once([lambda: actions.harvest(by=who, lab=play.lab)] * 4)) == [0, 0, 0, 31]
    assert Contribution.objects.count() == Harvested.objects.count() == 31


def test_writing_down_and_deleting_at_once_lose_no_word():
    play, who = labs.played(), person()
    actions.finish(lab=play.lab)
    at_once([lambda: actions.harvest(by=who, lab=play.lab), lambda: actions.erase(by=who, lab=play.lab)])
    assert Contribution.objects.count() == 31
    assert labs.fresh(play.lab).erased_on is not None
