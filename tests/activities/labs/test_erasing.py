"""What was live is deleted on its day, wholly; nothing that stays leads back to who took part."""

import json
import random
from collections import Counter, defaultdict
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from cantiere.activities.labs import actions, tasks
from cantiere.activities.labs.models import Harvested, Lab, Participant, Verdict
from cantiere.activities.labs.rights import author_of
from cantiere.foundation.core import personal_data
from cantiere.foundation.live.boards import queries as boards
from cantiere.foundation.live.models import LiveEvent, LiveRoom
from cantiere.programmes import actions as programmes
from cantiere.programmes.models import Participation
from cantiere.thread.contributions import codes
from cantiere.thread.contributions import queries as contributions
from cantiere.thread.contributions.models import Contribution, Receipt
from tests.factories import labs
from tests.factories import programmes as make
from tests.factories.accounts import person
from tests.factories.places import place

pytestmark = pytest.mark.django_db


@pytest.fixture
def play():
    made = labs.played()
    actions.finish(lab=made.lab)
    return made


def everything() -> str:
    """The whole database as text."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        found = []
        for name in names:
            cursor.execute(f'SELECT * FROM "{name}"')
            found += [
                repr(tuple(bytes(c) if isinstance(c, memoryview) else c for c in row))
                for row in cursor.fetchall()
            ]
    return "\n".join(found)


def test_nothing_of_what_was_live_is_left(play):
    actors = [row.actor for row in Participant.objects.all()]
    actions.harvest(by=person(), lab=play.lab)
    assert actions.erase(lab=play.lab, by=person())
    lab = labs.fresh(play.lab)
    assert (lab.room, lab.erased_on) == (None, timezone.localdate())
    assert not LiveRoom.objects.exists()
    assert not LiveEvent.objects.exists()
    assert not Participant.objects.exists()
    assert not Verdict.objects.exists()
    left = everything()
    for trace in [*actors, "Nome 1", "Nome 11"]:
        assert trace not in left
    assert not actions.erase(lab=lab)


def test_what_came_out_stays(play):
    actions.harvest(by=person(), lab=play.lab)
    before = labs.fresh(play.lab)
    texts = set(Contribution.objects.values_list("text", flat=True))
    results = list(before.results.values("key", "result"))
    actions.erase(lab=before)
    after = labs.fresh(before)
    assert set(Contribution.objects.values_list("text", flat=True)) == texts
    assert list(after.results.values("key", "result")) == results
    assert (after.minutes, after.numbers) == (before.minutes, before.numbers)


def test_what_nobody_read_is_written_down_but_not_published(play):
    actions.erase(lab=play.lab)
    # Ideas but the one removed, the one on paper, words, the question, what stood on boards.
    assert Contribution.objects.count() == 11 + 1 + 12 + 1 + 6
    assert not Contribution.objects.filter(published=True).exists()
    assert all(Contribution.objects.values_list("held_why", flat=True))


def test_a_laboratory_that_did_not_end_is_not_deleted():
    play = labs.Play(labs.lab())
    lab = play.keep()
    with pytest.raises(ValidationError):
        actions.erase(lab=lab)


def test_it_happens_on_its_day_and_not_before(play):
    def run_on(days):
        Lab.objects.filter(pk=play.lab.pk).update(ended_on=timezone.localdate() - timedelta(days=days))
        tasks.erase_what_was_live.func()
        tasks.erase.func(play.lab.pk)
        return labs.fresh(play.lab).erased_on

    assert labs.fresh(play.lab).erases_on == timezone.localdate() + timedelta(days=60)
    assert run_on(59) is None
    assert run_on(60) == timezone.localdate()


@pytest.mark.parametrize("cancelled", [False, True])
def test_who_came_to_a_laboratory_that_never_began_is_forgotten_in_the_same_time(cancelled):
    lab, held = labs.lab(keep_days=60), labs.played().lab
    actions.join(lab=lab, person=None, code=codes.new_code(), details={"name": "Ada Nome"})
    waits = labs.fresh(lab)
    actions.enter(lab=waits, participant=Participant.objects.get(lab=lab), key="e" * 16)
    day = make.appointment(lab.activity, timezone.now() + timedelta(days=300 if cancelled else -59))
    Participant.objects.filter(lab=lab).update(joined_on=timezone.localdate() - timedelta(days=90))

    def run():
        tasks.erase_what_was_live.func()
        tasks.erase.func(lab.pk)
        return Participant.objects.filter(lab=lab).exists()

    assert run()
    if cancelled:
        lab.activity.cancelled_on = timezone.localdate() - timedelta(days=60)
        lab.activity.save()
    else:
        day.ends -= timedelta(days=1)
        day.starts -= timedelta(days=1)
        day.save()
    assert not run()
    again = labs.fresh(lab)
    assert (again.room, again.erased_on) == (None, None)  # it may be held another day
    assert "Ada Nome" not in everything()
    assert Participant.objects.filter(lab=held).exists()


def test_a_backup_restored_later_forgets_it_again(play):
    actions.harvest(by=person(), lab=play.lab)
    actions.erase(lab=play.lab)
    entry = {"id": "00000000-0000-4000-8000-000000000001", "at": timezone.now().isoformat()}
    entry |= {"table": "labs.lab", "row": play.lab.pk}
    assert personal_data.replay(iter([entry])) == 1  # also of one that has nothing left
    Participant.objects.create(lab=play.lab, name="Tornato")
    entry["id"] = "00000000-0000-4000-8000-000000000002"
    assert personal_data.replay(iter([entry])) == 1
    assert not Participant.objects.exists()


def test_receipts_still_hold_what_was_said(play):
    actions.harvest(by=person(), lab=play.lab)
    held = {row.pk: set(row.contributions.values_list("pk", flat=True)) for row in Receipt.objects.all()}
    digests = dict(Receipt.objects.values_list("pk", "digest"))
    actions.erase(lab=play.lab)
    assert {
        row.pk: set(row.contributions.values_list("pk", flat=True)) for row in Receipt.objects.all()
    } == held
    assert dict(Receipt.objects.values_list("pk", "digest")) == digests
    assert all(contributions.held_by(row) for row in Receipt.objects.filter(contributions__isnull=False))


def test_kind_and_place_stay_only_where_five_share_them():
    own, here, there = labs.lab(), place("Forlì"), place("Rimini")
    ask = labs.question(own, key="q")
    play = labs.Play(own)
    people = [play.join(place=here, actor_kind="citizen") for _n in range(5)]
    people += [play.join(place=there, actor_kind="citizen") for _n in range(2)]
    people += [play.join(place=there, actor_kind="firm")]
    play.go(ask)
    for who in people:
        play.answer(who, ask, f"{who.place} {who.actor_kind} {who.pk}")
    actions.finish(lab=play.end())
    actions.harvest(by=person(), lab=own)
    actions.erase(lab=own)
    left = Counter(Contribution.objects.values_list("place__name", "actor"))
    assert left == {("Forlì", "citizen"): 5, (None, "unstated"): 3}


class Attack:
    """Somebody who has the whole database, and wants to know which person said what."""

    def __init__(self, people, truth):
        self.people, self.truth = people, truth

    def hits(self, order_of_people, order_of_things):
        """How many are right when two orders are laid side by side."""
        return sum(
            self.truth.get(thing) == who for who, thing in zip(order_of_people, order_of_things, strict=False)
        )


def physical(table, column, vendor):
    """A table's rows as the database keeps them, and what it wrote beside them."""
    hidden = "xmin::text, ctid::text" if vendor == "postgresql" else "rowid, rowid"
    order = "ctid" if vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {column}, {hidden} FROM "{table}" ORDER BY "{table}".{order}')
        return cursor.fetchall()


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_nobody_is_linked_to_what_they_said():
    """Two hundred people with accounts come in one after the other and answer once, without a name."""
    number = 200
    own = labs.lab()
    ask = labs.question(own, key="q")
    play = labs.Play(own)
    joined = []
    for _n in range(number):
        who = person()
        joined.append((who, play.join(person=who)))
        programmes.take_part(activity=own.activity, person=who)
    play.go(ask)
    said = {}
    for who, row in random.Random(4).sample(joined, number):
        play.answer(row, ask, f"Detta da qualcuno: {who.pk * 7919 % 10007}")
        said[f"Detta da qualcuno: {who.pk * 7919 % 10007}"] = who.pk
    actions.finish(lab=play.end())
    actions.harvest(by=person(), lab=own)
    actions.erase(lab=own)
    truth = {row.pk: said[row.text] for row in Contribution.objects.all()}
    assert len(truth) == number
    assert not Contribution.objects.exclude(person=None).exists()
    vendor = connection.vendor
    people = [row[0] for row in physical("programmes_participation", "person_id", vendor)]
    tables = {
        "numbers": list(Contribution.objects.order_by("pk").values_list("pk", flat=True)),
        "keys": list(Contribution.objects.order_by("key").values_list("pk", flat=True)),
        "rows": [row[0] for row in physical("contributions_contribution", "id", vendor)],
        "harvested": [row[0] for row in physical("labs_harvested", "contribution_id", vendor)],
        "receipts": _through(physical("contributions_receipt", "id", vendor)),
        "receipt numbers": _through(sorted(Receipt.objects.values_list("pk"))),
    }
    attack = Attack(people, truth)
    most = 7  # by chance one of two hundred is right, and more than seven once in a hundred thousand times
    assert {
        name: attack.hits(people, order)
        for name, order in tables.items()
        if attack.hits(people, order) > most
    } == {}
    if vendor == "postgresql":
        _no_transaction_in_common(truth)


def _through(rows):
    by_receipt = dict(Contribution.objects.values_list("receipt", "pk"))
    return [by_receipt[row[0]] for row in rows if row[0] in by_receipt]


def _no_transaction_in_common(truth):
    """What PostgreSQL notes of each row's transaction joins nobody to one thing."""
    when = {row[0]: row[1] for row in physical("programmes_participation", "person_id", "postgresql")}
    by_receipt = dict(Contribution.objects.values_list("receipt", "pk"))
    rows = {
        truth[by_receipt[row[0]]]: row[1] for row in physical("contributions_receipt", "id", "postgresql")
    }
    shared = defaultdict(list)
    for who, transaction in rows.items():
        shared[transaction].append(who)
    assert all(len(people) > 100 for people in shared.values())
    assert not set(when.values()) & set(rows.values()) or len(set(when.values())) == 1


def test_a_person_is_forgotten_while_it_is_live():
    own, somebody = labs.lab(), person()
    ask = labs.question(own, key="q", named=True)
    play = labs.Play(own)
    mine, other = play.join("Ada Nome", person=somebody), play.join("Bea")
    play.go(ask)
    play.answer(mine, ask, "Detta da me", name="Ada Nome")
    play.answer(other, ask, "Detta da lei", name="Bea")
    play.note("q", "Nota mia", mine)
    lab = play.keep()
    told = personal_data.export_all(somebody)["laboratories"]
    assert [each["name"] for each in told] == ["Ada Nome"]
    assert {"Detta da me", "Nota mia"} <= {answer.get("value") for answer in told[0]["answers"]}
    epoch = lab.room.epoch
    personal_data.erase_all(somebody)
    left = everything()
    assert "Ada Nome" not in left
    assert mine.actor not in left
    assert author_of(lab.room_id, mine.actor) not in left
    assert [note.text for note in boards.read(lab.room_id, "q").notes] == ["Nota mia"]
    assert LiveRoom.objects.get().epoch > epoch
    again = play.read().own
    assert {idea.text: idea.name for idea in again.answers["q"].ideas.values()} == {
        "Detta da me": "",
        "Detta da lei": "Bea",
    }
    assert len(again.people) == 2


def test_a_person_is_forgotten_after_it_is_over(play):
    somebody = person(name="Ada Nome")
    own = labs.lab()
    ask = labs.question(own, key="q", named=True)
    second = labs.Play(own)
    mine = second.join("Ada Nome", person=somebody)
    second.go(ask)
    second.answer(mine, ask, "Detta da me", name="Ada Nome")
    actions.finish(lab=second.end())
    actions.harvest(by=person(), lab=own)
    assert Contribution.objects.get(person=somebody).named
    personal_data.erase_all(somebody)
    assert "Ada Nome" not in everything()
    row = Contribution.objects.get(text="Detta da me")
    assert (row.person, row.receipt) == (None, None)


def test_a_forgotten_laboratory_is_ended_by_the_clock(play):
    open_one = labs.Play(labs.lab())
    open_one.keep()
    Lab.objects.filter(pk=open_one.lab.pk).update(started_on=timezone.localdate() - timedelta(days=2))
    started = labs.Play(labs.lab())
    started.keep()
    tasks.end_what_was_left_open.func()
    tasks.end.func(open_one.lab.pk)
    assert labs.fresh(open_one.lab).ended_on is not None
    assert labs.fresh(started.lab).ended_on is None
    assert json.dumps(labs.fresh(open_one.lab).numbers)
    assert Harvested.objects.count() == 0
    assert Participation.objects.filter(activity=open_one.lab.activity).count() == 0
