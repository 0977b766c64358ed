"""The run sheet, the groups and the rest of a laboratory, prepared through actions."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cantiere.activities.labs import actions, methods
from cantiere.activities.labs.actions import telling
from cantiere.activities.labs.models import Block, Lab
from cantiere.engine.lab import BreakPlan, GroupsPlan, LabRules, Option, PlenaryPlan, QuestionPlan, plan_of
from cantiere.engine.lab.checking import missing
from cantiere.engine.live import replay
from cantiere.foundation.core.models import AuditEntry
from cantiere.foundation.live import queries
from cantiere.foundation.notices.models import Notice
from cantiere.programmes import actions as programmes
from cantiere.programmes import kinds
from cantiere.programmes.models import Enrolment, EnrolmentRules
from tests.factories import labs
from tests.factories import programmes as make
from tests.factories.accounts import person

pytestmark = pytest.mark.django_db
RULES = {"capacity": None, "needs_approval": False, "offer_hours": 48}


def titles(lab):
    return list(lab.blocks.values_list("title", flat=True))


def add(lab, title, plan=None, after=None):
    details = {"title": title, "minutes": 10}
    return actions.add_block(by=None, lab=lab, plan=plan or PlenaryPlan(), details=details, after=after)


def session(days=10, hours=2):
    day = timezone.localtime() + timedelta(days=days)
    starts = day.replace(hour=18, minute=0, second=0, microsecond=0)
    return actions.Session(starts, starts + timedelta(hours=hours))


def edit(lab, **changes):
    wanted = {"row": {}, "own": {}, "rules": RULES, "sessions": [session()]} | changes
    actions.edit(by=None, lab=lab, **wanted)
    return labs.fresh(lab)


# The laboratory as a whole ------------------------------------------------------------------------


def test_a_new_laboratory_has_its_row_its_code_and_room_for_everyone():
    first, second = labs.lab(), labs.lab()
    assert first.code != second.code
    assert EnrolmentRules.objects.filter(
        activity=first.activity, capacity=None, needs_approval=False
    ).exists()


def test_days_and_enrolment_are_kept_as_for_all_that_is_held():
    lab = edit(labs.lab(), own={"joins": "enrolled", "keep_days": 30}, rules=RULES | {"capacity": 12})
    assert (lab.joins, lab.keep_days, lab.activity.enrolment_rules.capacity) == ("enrolled", 30, 12)
    assert lab.activity.closes == lab.activity.appointments.get().starts
    assert AuditEntry.objects.filter(verb="labs.edit", target_id=str(lab.pk)).exists()


def test_moving_a_public_laboratory_is_noted_with_the_reason():
    lab = edit(labs.lab())
    who = make.enrolment(lab.activity).person
    first = lab.activity.appointments.get()
    lab = edit(lab, sessions=[actions.Session(first.starts + timedelta(days=1), first.ends + timedelta(days=1), "", first.pk)], why="Sala occupata.")  # fmt: skip
    assert (lab.moved_on, lab.moved_why) == (timezone.localdate(), "Sala occupata.")
    assert Notice.objects.filter(person=who).count() == 1


def test_a_copy_takes_run_sheet_and_groups_and_leaves_days_link_and_people():
    lab = edit(
        labs.lab(), own={"mode": "online", "video_link": "https://video.example.org/a", "asks_place": True}
    )
    add(lab, "Benvenuto")
    actions.set_number_of_groups(by=None, lab=lab, number=2)
    make.enrolment(lab.activity)
    copy = programmes.copy_activity(
        by=person(), activity=lab.activity, programme=lab.activity.programme, phase=lab.activity.phase
    )
    made = labs.fresh(copy.pk)
    assert (made.mode, made.asks_place, made.video_link, made.room) == ("online", True, "", None)
    assert made.code != lab.code
    assert titles(made) == ["Benvenuto"]
    assert [each.key for each in made.groups.all()] == ["t1", "t2"]
    assert not copy.appointments.exists()
    assert not copy.enrolments.exists()
    assert titles(lab) == ["Benvenuto"]


# The run sheet ------------------------------------------------------------------------------------


def test_blocks_stand_in_order_and_can_be_put_after_another():
    lab = labs.lab()
    first, _last = add(lab, "Uno"), add(lab, "Tre")
    add(lab, "Due", after=first)
    assert titles(lab) == ["Uno", "Due", "Tre"]


def test_a_block_moves_and_is_copied_right_after_itself_with_a_key_of_its_own():
    lab = labs.lab()
    _first, second = add(lab, "Uno"), add(lab, "Due", QuestionPlan("Che cosa manca?"))
    actions.move_block(by=None, block=second, step=-1)
    assert titles(lab) == ["Due", "Uno"]
    actions.move_block(by=None, block=lab.blocks.get(title="Due"), step=-1)
    copy = actions.copy_block(by=None, block=lab.blocks.get(title="Due"))
    assert titles(lab) == ["Due", "Due", "Uno"]
    assert copy.key != second.key
    assert copy.read_plan == second.read_plan


def test_removing_leaves_no_gap_and_keeps_the_title_in_the_log():
    lab = labs.lab()
    for title in ("Uno", "Due", "Tre"):
        add(lab, title)
    actions.remove_block(by=None, block=lab.blocks.get(title="Due"))
    assert list(lab.blocks.values_list("title", "order")) == [("Uno", 0), ("Tre", 1)]
    assert AuditEntry.objects.get(verb="labs.remove_block").data["title"] == "Due"


def test_forty_blocks_are_enough():
    lab = labs.lab()
    Block.objects.bulk_create([Block(lab=lab, kind="break", title="x", order=n) for n in range(40)])
    with pytest.raises(ValidationError, match="40"):
        add(lab, "Uno di troppo")
    assert lab.blocks.count() == 40


def test_what_does_not_change_is_not_logged():
    lab = labs.lab()
    block = add(lab, "Uno")
    actions.edit_block(by=None, block=block, details={"title": "Uno"}, plan=PlenaryPlan())
    assert not AuditEntry.objects.filter(verb="labs.edit_block").exists()
    actions.edit_block(by=None, block=block, details={"title": "Due"}, plan=PlenaryPlan("Ada"))
    assert AuditEntry.objects.get(verb="labs.edit_block").data["changed"] == ["title", "plan"]
    assert labs.fresh(lab).blocks.get().read_plan == PlenaryPlan("Ada")


# Telling the running laboratory -------------------------------------------------------------------


@pytest.fixture
def told(monkeypatch, django_capture_on_commit_callbacks):
    """What the log is told by something done."""
    heard = []
    monkeypatch.setattr(telling, "submit", lambda **event: heard.append(event))

    def after(act):
        heard.clear()
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return [event["kind"] for event in heard], heard

    return after


def test_a_running_laboratory_hears_of_every_change_of_its_run_sheet(told):
    play = labs.Play(labs.lab())
    lab = play.keep()
    block = add(lab, "Uno")
    group = labs.group(lab)
    changes = [
        lambda: add(lab, "Due"),
        lambda: actions.edit_block(by=None, block=block, details={"title": "Altro"}),
        lambda: actions.move_block(by=None, block=block, step=1),
        lambda: actions.copy_block(by=None, block=block),
        lambda: actions.remove_block(by=None, block=lab.blocks.last()),
        lambda: actions.set_number_of_groups(by=None, lab=lab, number=3),
        lambda: actions.edit_groups(by=None, lab=lab, wanted={group.pk: {"name": "Verde"}}),
        lambda: actions.remove_group(by=None, group=lab.groups.last()),
    ]
    for change in changes:
        kinds_told, heard = told(change)
        assert kinds_told == ["script"], change
        assert heard[0]["room"] == lab.room_id
        assert heard[0]["lead"]
        assert heard[0]["body"] == telling.script_of(lab).as_json()


@pytest.mark.django_db(transaction=True)
def test_the_log_holds_the_run_sheet_as_it_is_written_now():
    lab = labs.Play(labs.lab()).keep()
    block = add(lab, "Uno", QuestionPlan("Che cosa manca?"))
    actions.edit_block(by=None, block=block, details={"title": "Altro"})
    state = replay(LabRules(), queries.log(lab.room_id))
    assert {key: step.title for key, step in state.own.script.blocks.items()} == {block.key: "Altro"}
    assert state.own.question_of(block.key).kind == "ideas"


def test_before_it_begins_and_after_its_end_nobody_is_told(told):
    lab = labs.lab()
    assert told(lambda: add(lab, "Uno"))[0] == []
    ended = labs.Play(labs.lab()).keep()
    Lab.objects.filter(pk=ended.pk).update(ended_on=timezone.localdate())
    assert told(lambda: add(labs.fresh(ended), "Uno"))[0] == []


# Groups -------------------------------------------------------------------------------------------


def test_groups_are_made_and_taken_away_from_the_end():
    lab = labs.lab()
    actions.set_number_of_groups(by=None, lab=lab, number=3)
    assert [(each.key, each.name) for each in lab.groups.all()] == [
        ("t1", "Tavolo 1"), ("t2", "Tavolo 2"), ("t3", "Tavolo 3"),
    ]  # fmt: skip
    actions.set_number_of_groups(by=None, lab=lab, number=1)
    assert [each.key for each in lab.groups.all()] == ["t1"]
    actions.set_number_of_groups(by=None, lab=lab, number=2)
    assert [each.key for each in lab.groups.all()] == ["t1", "t2"]


def test_online_they_are_no_tables():
    lab = labs.lab(mode="online")
    actions.set_number_of_groups(by=None, lab=lab, number=1)
    assert lab.groups.get().name == "Gruppo 1"


@pytest.mark.parametrize("number", [-1, 81])
def test_the_number_of_groups_has_bounds(number):
    with pytest.raises(ValidationError):
        actions.set_number_of_groups(by=None, lab=labs.lab(), number=number)


def test_a_group_of_another_laboratory_is_not_touched():
    lab, other = labs.lab(), labs.group(labs.lab())
    actions.edit_groups(by=None, lab=lab, wanted={other.pk: {"name": "Mio"}})
    other.refresh_from_db()
    assert other.name != "Mio"


# Methods ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", methods.methods(), ids=lambda each: each.key)
def test_a_method_brought_in_whole_can_run_at_once(method):
    lab = labs.lab()
    actions.set_number_of_groups(by=None, lab=lab, number=4)
    made = actions.add_steps(by=None, lab=lab, steps=list(enumerate(method.steps)), method=method.key)
    assert titles(lab) == [step.title for step in method.steps]
    steps = [block.step for block in made]
    for place, step in enumerate(steps):
        assert missing(step, steps[:place], {"t1"}) == [], step.title
        assert step.plan == plan_of(step.kind, lab.blocks.get(key=step.key).plan)
    for text in (method.name, method.summary, method.good_for, method.people, method.materials):
        assert text
    assert method.minutes == sum(step.minutes for step in method.steps)


@pytest.mark.parametrize("method", methods.methods(), ids=lambda each: each.key)
def test_boards_of_methods_lie_inside_the_grid_and_say_what_belongs_there(method):
    boards = [step.plan.areas for step in method.steps if isinstance(step.plan, GroupsPlan)]
    for area in [area for board in [*boards, method.board] for area in board]:
        assert area.prompt
        assert area.x + area.w <= 1000
        assert area.y + area.h <= 1000
        assert len(area.title) <= 60
    for board in boards:
        assert len({area.key for area in board}) == len(board)


def test_single_blocks_without_their_source_say_so_instead_of_following_another():
    lab = labs.lab()
    cafe = methods.method("world-cafe")
    made = actions.add_steps(by=None, lab=lab, steps=[(4, cafe.steps[4])], method=cafe.key)
    assert made[0].plan["of"] == ""
    again = actions.add_steps(by=None, lab=lab, steps=list(enumerate(cafe.steps))[3:5], method=cafe.key)
    assert again[1].plan["of"] == again[0].key


def test_no_method_of_this_name():
    assert methods.method("<script>") is None
    assert methods.board_of("nessuno") == ()


# What a programme asks ----------------------------------------------------------------------------


def problems(lab):
    return lab.activity.kind.problems(lab.activity)


def test_an_empty_laboratory_says_what_it_lacks():
    assert len(problems(labs.lab())) == 3  # a day, a place, a run sheet


def test_a_plan_that_cannot_run_blocks_publishing_and_says_where():
    lab = edit(labs.lab(), row={"place_note": "Sala civica"})
    assert problems(lab) == ["Scrivi la scaletta: almeno un blocco."]
    add(lab, "Ai tavoli", GroupsPlan())
    assert problems(lab) == [
        "Scaletta, «Ai tavoli»: Prima crea i gruppi: le persone devono sedersi da qualche parte."
    ]
    actions.set_number_of_groups(by=None, lab=lab, number=2)
    assert problems(lab) == []
    add(lab, "Domanda", QuestionPlan("Quale?", "single", (Option("a", "Sì"),)))
    assert len(problems(lab)) == 1


def test_more_people_than_seats_blocks_too():
    lab = edit(labs.lab(), row={"place_note": "Sala"}, rules=RULES | {"capacity": 1})
    add(lab, "Benvenuto")
    for _one in range(2):
        make.enrolment(lab.activity, state=Enrolment.State.CONFIRMED)
    assert len(problems(labs.fresh(lab))) == 1


def waiting(*own):
    return [each.text for each in kinds.waiting([labs.fresh(lab).activity for lab in own])]


def test_what_is_near_and_not_ready_waits_for_the_team():
    near, far = edit(labs.lab(), sessions=[session(3, hours=1)]), edit(labs.lab(), sessions=[session(30)])
    for lab in (near, far):
        actions.set_number_of_groups(by=None, lab=lab, number=2)
        block = add(lab, "Lungo")
        actions.edit_block(by=None, block=block, details={"minutes": 75})
    assert len(waiting(far)) == 0
    first, second = waiting(near, far)
    assert "2 gruppi" in first
    assert "15 minuti" in second
    asked = []
    for own in ((near,), (near, edit(labs.lab(), sessions=[session(4, hours=1)]))):
        rows = [labs.fresh(lab).activity for lab in own]
        with CaptureQueriesContext(connection) as queries_made:
            kinds.waiting(rows)
        asked.append(len(queries_made))
    assert asked[0] == asked[1]


def test_what_is_far_does_not_wait():
    assert waiting(edit(labs.lab(), sessions=[session(30)])) == []


def test_the_demonstration_is_a_world_cafe_to_which_nothing_is_missing():
    lab = labs.lab(public=False)
    lab.activity.kind.demo(lab.activity)
    lab = labs.fresh(lab)
    assert problems(lab) == []
    assert lab.groups.count() == 5
    assert lab.blocks.filter(kind="groups").count() == 3
    minutes = sum(lab.blocks.values_list("minutes", flat=True))
    slot = lab.activity.appointments.get()
    assert timedelta(minutes=minutes) <= slot.ends - slot.starts
    assert any(isinstance(block.read_plan, BreakPlan) for block in lab.blocks.all())
