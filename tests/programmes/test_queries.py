"""What pages read: the line, the states, the seats."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cantiere.engine.window import State
from cantiere.foundation.notices.topics import seen_by
from cantiere.foundation.search.actions import rebuild
from cantiere.foundation.search.models import Entry
from cantiere.programmes import actions, queries
from cantiere.programmes.models import Activity, Change, Programme
from cantiere.programmes.queries.line import months
from tests.factories import places
from tests.factories import programmes as make
from tests.factories.accounts import administrator, person

pytestmark = pytest.mark.django_db
NOW, DONE, LATER = State.NOW, State.DONE, State.TO_COME


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


def line(made):
    return queries.programme_view(made, with_drafts=False).line


def phased(*spans):
    made = make.programme(starts_on=today(-50))
    for first, last in spans:
        make.phase(made, starts_on=today(first), ends_on=today(last))
    return made


def test_what_one_has_a_seat_for_is_not_asked_again():
    made, now, me = make.programme(), timezone.now(), person()
    days = {"opens": now - timedelta(days=1), "closes": now + timedelta(days=1)}
    with make.toy():
        mine = make.activity(made, "mia", **days)
        other = make.activity(made, "altra", **days)
        given_back = make.activity(made, "resa", **days)
        make.enrolment(mine, me)
        make.enrolment(given_back, me, state="withdrawn")
        make.enrolment(other)
        view = queries.programme_view(made, with_drafts=False, person=me)
        assert {each.activity.title: bool(each.mine) for each in view.open_now} == {
            "mia": True, "altra": False, "resa": False,
        }  # fmt: skip
        assert view.first in {other, given_back}


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (None, None, ""),
        (date(2019, 3, 4), None, "da marzo 2019"),
        (None, date(2019, 3, 4), "fino a marzo 2019"),
        (date(2019, 3, 4), date(2019, 3, 30), "marzo 2019"),
        (date(2019, 3, 4), date(2019, 6, 30), "marzo – giugno 2019"),
        (date(2019, 11, 4), date(2020, 1, 30), "novembre 2019 – gennaio 2020"),
    ],
)
def test_months_are_said_as_people_do(first, last, words):
    assert months(first, last) == words


def test_the_line_is_here_once_even_where_phases_overlap():
    stretches = line(phased((-50, -20), (-19, 10), (-5, 20), (21, 40)))
    assert [stretch.state for stretch in stretches] == [DONE, NOW, NOW, LATER]
    assert [stretch.is_here for stretch in stretches] == [False, True, False, False]
    assert [stretch.words for stretch in stretches] == ["Conclusa", "Siamo qui", "In corso", "In arrivo"]


def test_a_closed_programme_is_done_to_the_end():
    made = phased((-50, -20), (-19, 10))
    Programme.objects.filter(pk=made.pk).update(closed_on=today())
    made.refresh_from_db()
    assert [stretch.words for stretch in line(made)] == ["Conclusa", "Conclusa"]


def test_the_knots_of_a_phase_are_its_activities_in_order_of_their_state_cancelled_ones_left_out():
    made = phased((-50, 50))
    make.activity(made, kind="page", starts_on=today(5))
    make.activity(made, kind="page", starts_on=today(-5))
    make.activity(made, kind="page", starts_on=today())
    make.activity(made, kind="page", starts_on=today(-7), cancelled_on=today(-8))
    assert line(made)[0].knots == [DONE, NOW, LATER]


def test_a_pause_bends_the_phase_it_names_else_the_one_that_ran():
    made = phased((-50, -20), (-19, 10), (11, 30))
    Change.objects.create(programme=made, kind="paused", on=today(-30), reason="Perché.")
    Change.objects.create(
        programme=made, kind="replanned", on=today(-1), reason="Perché.", phase=made.phases.last()
    )
    Change.objects.create(programme=made, kind="extended", on=today(-1), reason="Perché.")
    assert [len(stretch.bends) for stretch in line(made)] == [1, 0, 1]


def test_an_activity_without_days_stands_where_its_opening_is():
    made, now = make.programme(form="permanent"), timezone.now()
    hours = {"past": (-9, -5), "open": (-5, 5), "coming": (5, 9)}
    states = {
        name: make.activity(
            made, kind="page", opens=now + timedelta(hours=first), closes=now + timedelta(hours=last)
        ).state
        for name, (first, last) in hours.items()
    }
    assert states == {"past": DONE, "open": NOW, "coming": LATER}


def test_what_closes_first_comes_first_and_cancelled_things_are_not_open():
    made, now = make.programme(), timezone.now()
    for title, fields in {
        "senza fine": {},
        "tardi": {"closes": now + timedelta(days=9)},
        "presto": {"closes": now + timedelta(days=1)},
        "annullata": {"cancelled_on": today()},
    }.items():
        make.activity(made, title, kind="page", opens=now - timedelta(days=1), **fields)
    view = queries.programme_view(made, with_drafts=False)
    assert [each.activity.title for each in view.open_now] == ["presto", "tardi", "senza fine"]
    assert [row.title for row in queries.open_activities(now, 2)] == ["presto", "tardi"]


@pytest.mark.parametrize(
    ("fields", "kind", "begin"),
    [
        ({"published_at": None}, "draft", "Bozza"),
        ({"closed_on": date(2020, 6, 30)}, "done", "Concluso martedì 30 giugno 2020"),
        ({"paused_on": date(2020, 3, 9)}, "paused", "In pausa da lunedì 9 marzo 2020"),
        ({"starts_on": date(2999, 1, 1)}, "soon", "Inizia martedì 1 gennaio 2999"),
        (
            {"starts_on": date(2019, 1, 1), "ends_on": date(2020, 6, 30)},
            "done",
            "Concluso martedì 30 giugno 2020",
        ),
        ({"starts_on": date(2019, 1, 1)}, "now", "In corso"),
    ],
)
def test_where_a_programme_stands_is_said_in_words(fields, kind, begin):
    standing = queries.standing_of(make.programme(**fields))
    assert (standing.kind, standing.words.startswith(begin)) == (kind, True)


def test_my_appointments_are_those_i_hold_a_seat_for():
    who, activity, waiting = person(), make.seats(1), make.seats(1)
    make.enrolled(waiting)
    for each in (activity, waiting):
        make.enrolled(each, who)
    rows = queries.appointments_between(today(), today(30), person=who)
    assert [row.activity for row in rows] == [activity]


def test_the_borders_of_a_territory_are_thinned_and_kept(django_assert_num_queries):
    known = places.loaded()
    rings = queries.rings_of([known["036001"], known["036002"]])
    assert len(rings) == 2
    with django_assert_num_queries(0):
        assert queries.rings_of([known["036001"], known["036002"]]) == rings
    assert queries.rings_of([]) == ()


def test_one_s_place_in_the_list_counts_those_before():
    activity = make.seats(1)
    rows = [make.enrolled(activity) for _ in range(4)]
    views = [queries.enrolment_view(activity, row.person) for row in rows]
    assert [view.ahead for view in views] == [0, 0, 1, 2]
    assert views[1].place_in_list == "Nessuno prima di te."
    assert {view.free for view in views} == {0}


def test_a_seat_in_hand_is_not_free_while_others_wait():
    activity = make.seats(2)
    rows = [make.enrolled(activity) for _ in range(3)]
    actions.set_rules(by=None, activity=activity, capacity=1, needs_approval=False, offer_hours=48)
    assert queries.enrolment_view(activity, rows[0].person).free == 0


def test_following_knows_what_one_may_see():
    shown, hidden = make.programme("Aperto"), make.programme("Chiuso", public=False)
    team = make.member(hidden).person
    keys = [shown.topic, hidden.topic]
    assert [topic.title for topic in seen_by(None, keys).values()] == ["Aperto"]
    assert [topic.title for topic in seen_by(person(), keys).values()] == ["Aperto"]
    assert len(seen_by(team, keys)) == len(seen_by(administrator(), keys)) == 2


def test_the_index_can_be_made_anew_from_what_is_public():
    made = make.programme("Pianura viva")
    make.activity(made, "Assemblea", kind="page")
    make.activity(made, "Bozza", kind="page", public=False)
    make.programme("Segreto", public=False)
    rebuild()
    assert sorted(Entry.objects.values_list("title", flat=True)) == ["Assemblea", "Pianura viva"]
    assert Activity.objects.count() == 2
