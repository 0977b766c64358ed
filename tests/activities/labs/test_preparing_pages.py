"""The pages on which a laboratory is prepared, and its public page; without script unless told."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cantiere.activities.labs import actions, methods
from cantiere.activities.labs.models import Block, Lab
from cantiere.engine.lab import GroupsPlan, HarvestPlan, Option, QuestionPlan, VotePlan
from cantiere.engine.lab.script import Area
from cantiere.programmes.models import Enrolment, TeamMember
from tests.factories import labs
from tests.factories import programmes as make
from tests.factories.accounts import form_key, person, signed_in

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'"
RULES = {"capacity": 20, "needs_approval": False, "offer_hours": 48}
AREAS = (Area("a1", "Idee", "Che cosa?", 0, 0, 500, 1000), Area("a2", "Dubbi", "Perché?", 500, 0, 500, 1000))


def html(response):
    return response.content.decode()


def words(response):
    """The words of the page, as they are read."""
    main = re.search(r"<main.*</main>", html(response), re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main[0] if main else html(response))).split())


def at(name, *args):
    return reverse(f"labs:{name}", args=args)


def held(days=10, hours=2, **own):
    """A public laboratory with a day and a place."""
    lab = labs.lab()
    starts = (timezone.localtime() + timedelta(days=days)).replace(hour=18, minute=0, second=0, microsecond=0)
    sessions = [actions.Session(starts, starts + timedelta(hours=hours))]
    row = {"place_note": "Sala civica", "summary": "Una sera per lo scalo."}
    actions.edit(by=None, lab=lab, row=row, own=own, rules=RULES, sessions=sessions)
    return labs.fresh(lab)


def add(lab, title, plan, minutes=10, **words_):
    details = {"title": title, "minutes": minutes} | words_
    return actions.add_block(by=None, lab=lab, plan=plan, details=details)


@pytest.fixture
def lab():
    return held()


@pytest.fixture
def noon():
    """Before the evening that is on today, whenever the tests run."""
    with time_machine.travel(timezone.localtime().replace(hour=12, minute=0)):
        yield


@pytest.fixture
def team(lab):
    return signed_in(make.member(lab.activity.programme, TeamMember.Role.EDITOR).person)


def post(client, address, **sent):
    return client.post(address, form_key() | sent)


def errors(response):
    assert response.status_code == 200, response
    return " ".join(
        unescape(each)
        for each in re.findall(r'class="form-feedback"[^>]*>(.*?)</p>', html(response), re.DOTALL)
    )


# The public page ----------------------------------------------------------------------------------


def test_hours_of_the_programme_follow_from_the_start_and_nothing_for_the_team_is_told(lab):
    add(
        lab,
        "Benvenuto",
        QuestionPlan("Segreta?"),
        15,
        material="Il proiettore",
        hands_on="Le parole",
        goal="Si parte.",
    )
    add(lab, "Ai tavoli", GroupsPlan(areas=AREAS), 30)
    said = words(Client().get(lab.activity.get_absolute_url()))
    assert "18:00 Benvenuto Si parte." in said
    assert "18:15 Ai tavoli" in said
    for secret in ("Segreta?", "Il proiettore", "Le parole", "Dubbi", lab.spelt_code):
        assert secret not in said


def test_the_code_is_shown_with_a_seat_to_the_team_and_to_everyone_on_the_day(noon, lab, team):
    page = lab.activity.get_absolute_url()
    seat = make.enrolment(lab.activity, state=Enrolment.State.CONFIRMED).person
    waiting = make.enrolment(lab.activity, state=Enrolment.State.WAITING).person
    assert lab.spelt_code in words(signed_in(seat).get(page))
    assert lab.spelt_code in words(team.get(page))
    assert lab.spelt_code not in words(signed_in(waiting).get(page))
    assert lab.spelt_code not in words(Client().get(page))
    today = held(days=0)
    assert today.spelt_code in words(Client().get(today.activity.get_absolute_url()))


def test_where_only_a_seat_lets_in_the_code_stays_with_those_who_have_one(noon):
    lab = held(days=0, joins="enrolled")
    seat = make.enrolment(lab.activity, state=Enrolment.State.CONFIRMED).person
    page = lab.activity.get_absolute_url()
    assert lab.spelt_code not in words(Client().get(page))
    assert lab.spelt_code in words(signed_in(seat).get(page))


def test_while_it_runs_one_enters_from_the_page():
    lab = labs.Play(held(days=0)).keep()
    assert at("join", lab.code) in html(Client().get(lab.activity.get_absolute_url()))


def test_after_its_end_no_code_is_given():
    lab = held(days=-3)
    said = words(Client().get(lab.activity.get_absolute_url()))
    assert lab.spelt_code not in said
    assert "Come si partecipa" not in said


def test_the_video_link_is_for_those_with_a_seat():
    lab = held(mode="online", video_link="https://video.example.org/segreta")
    seat = make.enrolment(lab.activity, state=Enrolment.State.CONFIRMED).person
    page = lab.activity.get_absolute_url()
    assert "video.example.org" not in html(Client().get(page))
    assert "video.example.org" in html(signed_in(seat).get(page))


def test_the_calendar_file_has_its_sessions(lab):
    response = Client().get(at("lab_calendar", lab.activity.slug))
    assert response["Content-Type"].startswith("text/calendar")
    assert response.content.count(b"BEGIN:VEVENT") == 1


def test_the_public_page_asks_as_often_for_one_block_as_for_three(lab, django_assert_num_queries):
    page, client = lab.activity.get_absolute_url(), Client()
    add(lab, "Uno", QuestionPlan("Che cosa?"))
    client.get(page)
    with django_assert_num_queries(7) as asked:
        client.get(page)
    for title in ("Due", "Tre"):
        add(lab, title, GroupsPlan(areas=AREAS))
    with django_assert_num_queries(len(asked)):
        client.get(page)


# Editing ------------------------------------------------------------------------------------------


def as_posted(lab, **changes):
    starts = timezone.localtime(lab.activity.appointments.get().starts)
    sent = {
        "title": lab.activity.title, "summary": lab.activity.summary, "phase": lab.activity.phase_id or "",
        "place_note": lab.activity.place_note, "mode": lab.mode, "takes_enrolments": "on", "offer_hours": "48",
        "joins": "code", "keep_days": "60", "days-TOTAL_FORMS": "1", "days-INITIAL_FORMS": "1",
        "days-0-pk": str(lab.activity.appointments.get().pk), "days-0-day": f"{starts:%Y-%m-%d}",
        "days-0-start": "18:00", "days-0-end": "20:00",
    }  # fmt: skip
    return sent | changes


def test_days_questions_and_how_long_it_is_kept_are_set_on_one_page(lab, team):
    sent = as_posted(
        lab, asks_place="on", ask_reason="Per mescolare i tavoli.", keep_days="30", joins="enrolled"
    )
    assert post(team, lab.activity.edit_url, **sent).status_code == 302
    lab = labs.fresh(lab)
    assert (lab.asks_place, lab.ask_reason, lab.keep_days, lab.joins) == (
        True,
        "Per mescolare i tavoli.",
        30,
        "enrolled",
    )


@pytest.mark.parametrize("asked", ["asks_place", "asks_actor"])
def test_whoever_asks_says_why(lab, team, asked):
    response = post(team, lab.activity.edit_url, **as_posted(lab, **{asked: "on"}))
    assert "perché lo chiedi" in errors(response)
    assert not getattr(labs.fresh(lab), asked)


@pytest.mark.parametrize(
    ("field", "value"),
    [("keep_days", "0"), ("keep_days", "366"), ("joins", "tutti"), ("video_link", "http://a.example.org"), ("mode", EVIL)],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(lab, team, field, value):
    assert errors(post(team, lab.activity.edit_url, **as_posted(lab, **{field: value})))
    assert labs.fresh(lab).keep_days == 60


def test_only_for_those_with_a_seat_needs_seats(lab, team):
    response = post(team, lab.activity.edit_url, **as_posted(lab, joins="enrolled", takes_enrolments=""))
    assert "iscriversi" in errors(response)


# The run sheet ------------------------------------------------------------------------------------


def test_the_run_sheet_says_whether_it_fits(lab, team):
    page = at("script", lab.activity.slug)
    assert "Guarda i metodi" in words(team.get(page))
    add(lab, "Lunga", QuestionPlan("Che cosa?"), 100)
    assert "restano liberi 20 min" in words(team.get(page))
    add(lab, "Troppo", QuestionPlan("Che cosa?"), 35)
    said = words(team.get(page))
    assert "Troppo lunga" in said
    assert "togli 15 min" in said
    assert "19:40 35 min" in said


def test_without_a_day_hours_count_from_the_beginning():
    lab = labs.lab()
    team = signed_in(make.member(lab.activity.programme).person)
    add(lab, "Uno", QuestionPlan("Che cosa?"), 25)
    add(lab, "Due", QuestionPlan("Che cosa?"), 5)
    assert "25′" in words(team.get(at("script", lab.activity.slug)))


def test_a_second_session_opens_with_its_day(lab, team):
    first = lab.activity.appointments.get()
    sessions = [
        actions.Session(first.starts, first.ends, "", first.pk),
        actions.Session(first.starts + timedelta(days=1), first.ends + timedelta(days=1)),
    ]
    actions.edit(by=None, lab=lab, row={}, own={}, rules=RULES, sessions=sessions)
    for title in ("Uno", "Due"):
        add(lab, title, QuestionPlan("Che cosa?"), 120)
    page = html(team.get(at("script", lab.activity.slug)))
    assert page.count("run-sheet-day") == 1
    assert page.index("Uno") < page.index("run-sheet-day") < page.index("Due")


def test_a_block_is_added_by_its_kind_and_opens_its_page(lab, team):
    response = post(team, at("block_add", lab.activity.slug), kind="vote")
    block = lab.blocks.get()
    assert (block.kind, response.url) == ("vote", at("block", block.pk))
    assert post(team, at("block_add", lab.activity.slug), kind="party").url == at("script", lab.activity.slug)
    assert lab.blocks.count() == 1


def test_blocks_move_are_copied_and_are_removed_by_buttons(lab, team):
    one, two = add(lab, "Uno", QuestionPlan("?")), add(lab, "Due", QuestionPlan("?"))
    post(team, at("block_move", two.pk), verso="su")
    assert list(lab.blocks.values_list("title", flat=True)) == ["Due", "Uno"]
    post(team, at("block_copy", one.pk))
    assert lab.blocks.filter(title="Uno").count() == 2
    assert post(team, at("block_remove", one.pk)).status_code == 302
    assert lab.blocks.filter(title="Uno").count() == 1


def test_with_script_only_the_run_sheet_comes_back(lab, team):
    _one, two = add(lab, "Uno", QuestionPlan("?")), add(lab, "Due", QuestionPlan("?"))
    response = team.post(
        at("block_move", two.pk), form_key() | {"verso": "su"}, headers={"HX-Request": "true"}
    )
    assert "<html" not in html(response)
    assert html(response).index("Due") < html(response).index("Uno")


def test_before_removing_one_reads_what_follows_it(lab, team):
    source = add(lab, "Ai tavoli", GroupsPlan(areas=AREAS))
    add(lab, "Alla parete", HarvestPlan(source.key))
    assert "Alla parete" in words(team.get(at("block_remove", source.pk)))
    post(team, at("block_remove", source.pk))
    assert "Non c’è ancora niente da raccogliere" in words(team.get(at("script", lab.activity.slug)))


def test_title_and_minutes_are_changed_in_place(lab, team):
    block = add(lab, "Uno", QuestionPlan("?"))
    part = team.get(at("block_short", block.pk), headers={"HX-Request": "true"})
    assert "<html" not in html(part)
    assert post(team, at("block_short", block.pk), title="Altro", minutes="25").status_code == 302
    block.refresh_from_db()
    assert (block.title, block.minutes, block.read_plan.prompt) == ("Altro", 25, "?")
    for minutes in ("0", "481", "-5", "tanto"):
        assert errors(post(team, at("block_short", block.pk), title="Altro", minutes=minutes))


def test_the_run_sheet_asks_as_often_for_one_block_as_for_three(lab, team, django_assert_num_queries):
    page = at("script", lab.activity.slug)
    add(lab, "Uno", GroupsPlan(areas=AREAS))
    actions.set_number_of_groups(by=None, lab=lab, number=1)
    team.get(page)
    with django_assert_num_queries(9) as asked:
        team.get(page)
    for title in ("Due", "Tre"):
        add(lab, title, QuestionPlan("Che cosa?"))
    actions.set_number_of_groups(by=None, lab=lab, number=3)
    with django_assert_num_queries(len(asked)):
        team.get(page)


# The page of a block ------------------------------------------------------------------------------


def block_posted(block, **plan):
    return {"title": block.title, "minutes": str(block.minutes)} | plan


def save(team, block, **plan):
    response = post(team, at("block", block.pk), **block_posted(block, **plan))
    block.refresh_from_db()
    return response


@pytest.mark.parametrize(
    ("sent", "plan"),
    [
        (
            {"asks": "ideas", "prompt": "Che cosa manca?", "most": "3", "upvotes": "on", "standing": "on"},
            QuestionPlan("Che cosa manca?", "ideas", most=3, hidden=False, upvotes=True, standing=True),
        ),
        ({"asks": "words", "prompt": "Una parola?", "most": "2"}, QuestionPlan("Una parola?", "words", most=2, hidden=False)),
        (
            {"asks": "scale", "prompt": "Quanto?", "steps": "7", "low": "Poco", "high": "Tanto", "hidden": "on"},
            QuestionPlan("Quanto?", "scale", steps=7, labels=("Poco", "Tanto")),
        ),
        ({"asks": "pin", "prompt": "Dove?", "hidden": "on"}, QuestionPlan("Dove?", "pin")),
    ],
)  # fmt: skip
def test_a_question_keeps_what_its_kind_asks(lab, team, sent, plan):
    block = add(lab, "Domanda", QuestionPlan())
    assert save(team, block, **sent).status_code == 302
    assert block.read_plan == plan


@pytest.mark.parametrize("asks", ["single", "multiple", "ranking", "points", "statements", "quiz"])
def test_options_are_written_one_a_line_and_keep_their_keys(lab, team, asks):
    block = add(lab, "Domanda", QuestionPlan())
    sent = {
        "asks": asks,
        "prompt": "Quale?",
        "most": "2",
        "right": "2",
        "options": "- Autobus\n\nBici\nPiedi",
    }
    assert save(team, block, **sent).status_code == 302
    keys = {option.text: option.key for option in block.read_plan.options}
    assert list(keys) == ["Autobus", "Bici", "Piedi"]
    assert block.read_plan.right == ((keys["Bici"],) if asks == "quiz" else ())
    assert save(team, block, **sent | {"options": "Piedi\nAutobus\nBiciclette"}).status_code == 302
    assert {o.text: o.key for o in block.read_plan.options} == {
        "Piedi": keys["Piedi"], "Autobus": keys["Autobus"], "Biciclette": keys["Bici"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"asks": "ideas", "prompt": "", "most": "1"}, "Scrivi la domanda"),
        ({"asks": "single", "prompt": "Quale?", "options": "Sola"}, "almeno due risposte"),
        ({"asks": "multiple", "prompt": "Quali?", "options": "A\nB", "most": "3"}, "abbassa il numero"),
        ({"asks": "quiz", "prompt": "Quale?", "options": "A\nB"}, "quale risposta è giusta"),
        ({"asks": "quiz", "prompt": "Quale?", "options": "A\nB", "right": "3"}, "quale risposta è giusta"),
        ({"asks": "single", "prompt": "Quale?", "options": "A\na"}, "la stessa cosa"),
        ({"asks": "single", "prompt": "Quale?", "options": "A\n" + "b" * 121}, "120 caratteri"),
        ({"asks": "single", "prompt": "Quale?", "options": "\n".join(map(str, range(21)))}, "Al massimo 20"),
        ({"asks": "statements", "prompt": "D'accordo?", "options": ""}, "almeno un’affermazione"),
        ({"asks": "scale", "prompt": "Quanto?", "steps": "1"}, "2"),
        ({"asks": "scale", "prompt": "Quanto?", "steps": "11"}, "10"),
        ({"asks": "ideas", "prompt": "x" * 241, "most": "1"}, "240"),
        ({"asks": "ideas", "prompt": "Che cosa?", "most": "0"}, "1"),
        ({"asks": "party", "prompt": "Che cosa?"}, "party"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_with_the_reason(lab, team, sent, said):
    block = add(lab, "Domanda", QuestionPlan("Prima"))
    assert said in errors(save(team, block, **sent))
    assert block.read_plan == QuestionPlan("Prima")


def test_another_kind_of_question_shows_its_own_fields_and_keeps_what_was_written(lab, team):
    block = add(lab, "Domanda", QuestionPlan("Che cosa manca?"))
    page = html(team.get(at("block", block.pk)))
    assert 'name="upvotes"' in page
    assert 'name="options"' not in page
    turned = post(
        team, at("block", block.pk), **block_posted(block, asks="quiz", prompt="Nuova?", turn="fields")
    )
    assert 'name="options"' in html(turned)
    assert 'name="right"' in html(turned)
    assert 'name="upvotes"' not in html(turned)
    assert "Nuova?" in html(turned)
    assert "form-feedback" not in html(turned)
    block.refresh_from_db()
    assert block.read_plan == QuestionPlan("Che cosa manca?")


def area(number, title, prompt="", key="", **where):
    said = {"title": title, "prompt": prompt, "key": key} | where
    return {f"areas-{number}-{name}": str(value) for name, value in said.items()}


def groups_posted(*areas, **changes):
    sent = {
        "assign": "balanced",
        "spread": ["place"],
        "dots": "0",
        "areas-TOTAL_FORMS": str(len(areas)),
        "areas-INITIAL_FORMS": "0",
    }
    for each in areas:
        sent |= each
    return sent | changes


def test_work_in_groups_keeps_its_board_and_lays_out_new_areas(lab, team):
    block = add(lab, "Ai tavoli", GroupsPlan())
    sent = groups_posted(area(0, "Idee", "Che cosa?"), area(1, "Dubbi"), area(2, ""), shape="on", dots="3")
    assert save(team, block, **sent).status_code == 302
    plan = block.read_plan
    assert [(each.key, each.title, each.prompt) for each in plan.areas] == [
        ("a1", "Idee", "Che cosa?"),
        ("a2", "Dubbi", ""),
    ]
    assert [(each.x, each.w, each.h) for each in plan.areas] == [(0, 500, 1000), (500, 500, 1000)]
    assert (plan.assign, plan.spread, plan.shape, plan.dots, plan.shared) == (
        "balanced",
        ("place",),
        True,
        3,
        False,
    )


def test_areas_that_stand_stay_where_they_are_when_words_change(lab, team):
    block = add(lab, "Ai tavoli", GroupsPlan(areas=AREAS))
    rows = [
        area(n, f"Nuova {n}", key=each.key, x=each.x, y=each.y, w=each.w, h=each.h)
        for n, each in enumerate(AREAS)
    ]
    save(team, block, **groups_posted(*rows))
    assert [(each.key, each.title, each.x) for each in block.read_plan.areas] == [
        ("a1", "Nuova 0", 0),
        ("a2", "Nuova 1", 500),
    ]
    save(team, block, **groups_posted(*rows, arrange="rows"))
    assert [(each.x, each.y, each.w) for each in block.read_plan.areas] == [(0, 0, 1000), (0, 500, 1000)]


def test_a_board_others_tried_is_taken_by_a_button(lab, team):
    block = add(lab, "Ai tavoli", GroupsPlan())
    sent = block_posted(block, **groups_posted(board="swot", turn="board"))
    page = html(post(team, at("block", block.pk), **sent))
    for each in methods.board_of("swot"):
        assert f'value="{each.title}"' in page
    assert page.count("area-form") == 4
    more = html(
        post(
            team, at("block", block.pk), **block_posted(block, **groups_posted(area(0, "Sola"), turn="area"))
        )
    )
    assert more.count("area-form") == 2


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (groups_posted(assign="rotate"), "Nessun blocco di prima lavora in gruppi"),
        (groups_posted(assign="rotate", of="b-altro"), "Scegli un"),
        (groups_posted(assign="same"), "Nessun blocco di prima lavora in gruppi"),
        (groups_posted(dots="3"), "bollini"),
        (groups_posted(dots="21"), "20"),
        (groups_posted(area(0, "", "senza titolo")), "un titolo"),
        (groups_posted(area(0, "x" * 61)), "60"),
        (groups_posted(area(0, "Idee", x="5000", y="0", w="1", h="1")), ""),
        (groups_posted(area(0, "Idee", key="<b>")), ""),
        (groups_posted(tables=["t9"]), "t9"),
        (groups_posted(spread=["age"]), "age"),
        (groups_posted(assign="lottery"), "lottery"),
        (groups_posted(**{"areas-TOTAL_FORMS": "13"}), ""),
        (groups_posted(**{"areas-TOTAL_FORMS": "molte"}), ""),
    ],
)  # fmt: skip
def test_groups_that_cannot_work_are_refused(lab, team, sent, said):
    actions.set_number_of_groups(by=None, lab=lab, number=2)
    block = add(lab, "Ai tavoli", GroupsPlan())
    response = save(team, block, **sent)
    assert response.status_code == 200
    assert said in words(response)
    assert block.read_plan == GroupsPlan()


def test_a_rotation_follows_an_earlier_block_in_groups(lab, team):
    actions.set_number_of_groups(by=None, lab=lab, number=2)
    first, block = add(lab, "Primo giro", GroupsPlan()), add(lab, "Secondo giro", GroupsPlan())
    assert save(team, block, **groups_posted(assign="rotate", of=first.key)).status_code == 302
    assert (block.read_plan.assign, block.read_plan.of) == ("rotate", first.key)
    assert errors(save(team, first, **groups_posted(assign="rotate", of=block.key)))


def test_who_is_seated_together_by_the_desk_is_not_lost(lab, team):
    block = add(lab, "Ai tavoli", GroupsPlan(apart=(("x", "y"),)))
    save(team, block, **groups_posted(dots="0"))
    assert block.read_plan.apart == (("x", "y"),)


def test_a_vote_and_a_gathering_need_a_source(lab, team):
    vote = add(lab, "Voto", VotePlan())
    sent = {"prompt": "Che cosa prima?", "asks": "points", "most": "3"}
    assert "Non c’è ancora niente da votare" in errors(save(team, vote, **sent))
    harvest = add(lab, "Raccolta", HarvestPlan())
    assert "Non c’è ancora niente da raccogliere" in errors(save(team, harvest))
    lab.blocks.all().delete()
    ideas, harvest, vote = (
        add(lab, "Idee", QuestionPlan("?")),
        add(lab, "Raccolta", HarvestPlan()),
        add(lab, "Voto", VotePlan()),
    )
    assert save(team, harvest, of=ideas.key).status_code == 302
    assert "Scegli il blocco" in errors(save(team, vote, **sent))
    assert save(team, vote, **sent, of=harvest.key).status_code == 302
    assert vote.read_plan == VotePlan(harvest.key, "Che cosa prima?", "points", 3, hidden=False)


@pytest.mark.parametrize("kind", Block.Kind.values)
def test_scripts_in_every_text_stay_words(lab, team, kind):
    post(team, at("block_add", lab.activity.slug), kind=kind)
    block = lab.blocks.get()
    Block.objects.filter(pk=block.pk).update(title=EVIL, goal=EVIL, hands_on=EVIL, material=EVIL)
    if kind == "question":
        plan = QuestionPlan(EVIL, "single", (Option("a", EVIL), Option("b", "B")))
        actions.edit_block(by=None, block=block, details={"title": EVIL}, plan=plan)
    pages = [
        lab.activity.get_absolute_url(), at("script", lab.activity.slug), at("block", block.pk),
        at("block_preview", block.pk), at("block_short", block.pk), at("block_remove", block.pk),
        at("script_print", lab.activity.slug),
    ]  # fmt: skip
    for page in pages:
        assert "<script>alert" not in html(team.get(page)), page
        assert "<img src=x" not in html(team.get(page)), page


def test_the_preview_shows_the_question_shut_and_without_a_way_to_send(lab, team):
    plan = QuestionPlan("Quale prima?", "single", (Option("a", "Autobus"), Option("b", "Bici")))
    page = team.get(at("block_preview", add(lab, "Domanda", plan).pk))
    assert "Quale prima?" in words(page)
    assert "Autobus" in words(page)
    assert re.search(r"<fieldset\s+disabled", html(page))


def test_the_preview_of_a_vote_has_notes_made_up(lab, team):
    source = add(lab, "Ai tavoli", GroupsPlan(areas=AREAS))
    wall = add(lab, "Parete", HarvestPlan(source.key))
    vote = add(lab, "Voto", VotePlan(wall.key, "Che cosa prima?"))
    assert words(team.get(at("block_preview", vote.pk))).count("dai tavoli") == 3
    assert "Dubbi" in words(team.get(at("block_preview", source.pk)))
    wall.refresh_from_db()
    assert team.get(at("block_preview", wall.pk)).status_code == 200


# Methods, groups, paper ---------------------------------------------------------------------------


def test_the_shelf_says_what_each_is_good_for_and_adds_it_whole_or_in_part(lab, team):
    shelf = words(team.get(at("methods", lab.activity.slug)))
    for each in methods.methods():
        assert each.name in shelf
    page = at("method", lab.activity.slug) + "?metodo=swot"
    found = methods.method("swot")
    for told in (found.good_for, found.people, found.group_size, found.materials):
        assert told in words(team.get(page))
    assert post(team, page, steps=["0", "2"]).status_code == 302
    assert list(lab.blocks.values_list("title", flat=True)) == [found.steps[0].title, found.steps[2].title]


@pytest.mark.parametrize("steps", [[], ["9"], ["-1"], ["zero"]])
def test_steps_that_are_not_there_are_refused(lab, team, steps):
    response = post(team, at("method", lab.activity.slug) + "?metodo=swot", steps=steps)
    assert response.status_code == 200
    assert not lab.blocks.exists()


def test_a_method_nobody_knows_leads_to_the_shelf(lab, team):
    assert team.get(at("method", lab.activity.slug) + "?metodo=boh").url == at("methods", lab.activity.slug)


def test_groups_get_names_links_and_facilitators_from_the_team(lab, team):
    page = at("groups", lab.activity.slug)
    assert post(team, at("groups_number", lab.activity.slug), number="2").status_code == 302
    mine = make.member(lab.activity.programme, TeamMember.Role.FACILITATOR, name_of("Luca Neri")).person
    first, second = lab.groups.all()
    sent = {
        f"g{first.pk}-name": "Verde", f"g{first.pk}-facilitator": str(mine.pk), f"g{first.pk}-paper": "on",
        f"g{second.pk}-name": "Blu", f"g{second.pk}-link": "https://meet.example.org/b",
    }  # fmt: skip
    assert post(team, page, **sent).status_code == 302
    first, second = lab.groups.all()
    assert (first.name, first.paper, first.facilitator) == ("Verde", True, mine)
    assert (second.name, second.link) == ("Blu", "https://meet.example.org/b")
    stranger = person()
    for wrong in ({f"g{first.pk}-facilitator": str(stranger.pk)}, {f"g{first.pk}-link": "http://a.example.org"}, {f"g{first.pk}-name": ""}):  # fmt: skip
        assert errors(post(team, page, **sent | wrong))
    assert errors(post(team, at("groups_number", lab.activity.slug), number="81"))
    assert post(team, at("group_remove", second.pk)).status_code == 302
    assert lab.groups.count() == 1


def name_of(name):
    return person(name=name)


def test_groups_ask_as_often_for_one_as_for_three(lab, team, django_assert_num_queries):
    page = at("groups", lab.activity.slug)
    actions.set_number_of_groups(by=None, lab=lab, number=1)
    team.get(page)
    with django_assert_num_queries(8) as asked:
        team.get(page)
    actions.set_number_of_groups(by=None, lab=lab, number=3)
    with django_assert_num_queries(len(asked)):
        team.get(page)


def test_paper_has_the_material_the_code_and_a_slip_for_each_table(lab, team):
    add(lab, "Ai tavoli", GroupsPlan(areas=AREAS), 30, material="Pennarelli **grossi**", hands_on="Due idee")
    actions.set_number_of_groups(by=None, lab=lab, number=3)
    sheet = words(team.get(at("script_print", lab.activity.slug)))
    for told in ("18:00–18:30", "Pennarelli", "Dubbi", "Due idee", "Tavolo 3"):
        assert told in sheet
    hall = team.get(at("hall", lab.activity.slug))
    assert words(hall).count(lab.spelt_code) == 4
    assert at("join", lab.code) in html(hall)
    square = team.get(at("square", lab.activity.slug))
    assert square["Content-Type"] == "image/svg+xml"
    assert square.content.startswith(b"<?xml") or b"<svg" in square.content


def test_facilitators_write_the_run_sheet_and_not_the_days(lab):
    helper = signed_in(make.member(lab.activity.programme, TeamMember.Role.FACILITATOR).person)
    assert helper.get(at("script", lab.activity.slug)).status_code == 200
    assert helper.get(lab.activity.edit_url).status_code == 404
    observer = signed_in(make.member(lab.activity.programme, TeamMember.Role.OBSERVER).person)
    assert observer.get(at("script", lab.activity.slug)).status_code == 404
    assert Lab.objects.filter(pk=lab.pk).exists()
