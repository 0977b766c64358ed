"""What was said becomes contributions, each once; the numbers of the evening are kept."""

import json

import pytest
from django.core.exceptions import ValidationError

from cantiere.activities.labs import quoting
from cantiere.activities.labs.actions.ending import finish
from cantiere.activities.labs.actions.harvest import harvest, hold_back, let_through, put_under, take_out
from cantiere.activities.labs.models import Harvested, Participant
from cantiere.activities.labs.queries.gathered import gathered
from cantiere.activities.labs.queries.outcome import outcome
from cantiere.engine.board import Change
from cantiere.programmes.models import Participation
from cantiere.thread.contributions import actions as contributions
from cantiere.thread.contributions.models import Contribution
from tests.factories import labs
from tests.factories.accounts import person
from tests.factories.places import place

pytestmark = pytest.mark.django_db


@pytest.fixture
def play():
    made = labs.played()
    assert finish(lab=made.lab, by=person())
    return made


def moment(lab, key, **more):
    return next(each for each in outcome(labs.fresh(lab), **more).moments if each.row.key == key)


def written(lab):
    return {row.ref: row for row in Harvested.objects.filter(lab=lab).select_related("contribution", "under")}


def test_the_numbers_of_the_evening_are_kept_when_it_ends(play):
    lab = labs.fresh(play.lab)
    assert lab.ended_on is not None
    counted = {name: lab.numbers[name] for name in ("entered", "online", "paper", "groups", "answers")}
    assert counted == {
        "entered": 12,
        "online": 0,
        "paper": 6,
        "groups": 3,
        "answers": 18 + 12 + 18 + 12 + 1 + 12,
    }
    assert (
        Participation.objects.get(activity=lab.activity).times == 6
    )  # on paper; phones are counted when they join
    results = {row.key: row.result for row in lab.results.all()}
    assert results["scale"]["people"] == 18
    assert results["scale"]["paper"] == 6
    assert [line["count"] for line in results["scale"]["lines"]] == [3, 3, 2, 8, 2]
    assert [line["text"] for line in results["choice"]["lines"]] == ["Più autobus", "Più ciclabili"]
    assert [table["people"] for table in results["groups"]["tables"]] == [6, 6, 0]
    assert not finish(lab=lab)


def test_who_was_expected_and_did_not_come_is_not_counted():
    made = labs.played()
    Participant.objects.create(lab=made.lab, person=person())
    finish(lab=made.lab)
    told = labs.fresh(made.lab).numbers
    assert sum(told["kinds"].values()) + told["other_kinds"] == told["entered"] == 12


def test_numbers_hold_no_word_of_those_who_took_part(play):
    kept = json.dumps([row.result for row in play.lab.results.all()])
    for words in ("Idea di prova", "acqua", "scuol", "Quando si comincia", "Nome 1"):
        assert words not in kept


def test_everything_not_removed_becomes_one_contribution(play):
    ideas = [idea for each in play.state.own.answers.values() for idea in each.ideas.values()]
    kept = [idea.text for idea in ideas if idea.state != "gone"]
    words = [", ".join(value) for value in play.state.own.answers["words"].by.values()]
    words += [
        "Nota di prova 0",
        "Nota di prova 1",
        "Nota da sola",
        "Nota di carta",
        "Stare insieme",
        "Sono d'accordo",
    ]
    assert harvest(by=person(), lab=play.lab) == len(kept) + len(words)
    assert sorted(Contribution.objects.values_list("text", flat=True)) == sorted(kept + words)
    assert harvest(by=person(), lab=play.lab) == 0
    assert Contribution.objects.count() == len(kept) + len(words)
    assert gathered(play.lab).waiting == []


def test_a_contribution_tells_where_it_was_said_and_by_whom():
    own = labs.lab()
    ask = labs.question(own, "Seconda domanda", key="q", named=True, most=2)
    where, somebody = place(), person(name="Ada")
    labs.group(own, "Tavolo di carta", paper=True)
    play = labs.Play(own)
    known = play.join("Ada", person=somebody, place=where, actor_kind="association")
    nickname = play.join("Bea", place=where)
    play.go(ask)
    play.answer(known, ask, "Con il mio nome", name="Ada")
    play.answer(known, ask, "Senza il mio nome")
    play.answer(nickname, ask, "Con un soprannome", name="Bea")
    play.paper(ask, "t1", "Dalla carta", people=4)
    finish(lab=play.end())
    harvest(by=person(), lab=own)
    rows = {row.text: row for row in Contribution.objects.all()}
    named, unnamed = rows["Con il mio nome"], rows["Con un soprannome"]
    assert (named.person, named.named, named.receipt) == (somebody, True, None)
    assert (named.place, named.actor, named.origin) == (where, "association", "Seconda domanda")
    assert (rows["Senza il mio nome"].person, rows["Senza il mio nome"].receipt) == (None, known.receipt)
    assert (unnamed.person, unnamed.named, unnamed.receipt) == (None, False, nickname.receipt)
    paper = rows["Dalla carta"]
    assert (paper.origin, paper.in_room, paper.receipt) == ("Tavolo di carta · Seconda domanda", True, None)
    assert paper.day == labs.fresh(own).ended_on
    assert Harvested.objects.get(contribution=paper).people == 4
    assert Harvested.objects.get(contribution=paper).half_hour == "18:00"


def test_a_nickname_never_becomes_the_name_of_an_account():
    own = labs.lab()
    ask = labs.question(own, "Domanda", key="q", named=True, most=2)
    play = labs.Play(own)
    ada = play.join("Una residente", person=person(name="Ada Prova"))
    play.go(ask)
    play.answer(ada, ask, "Con un soprannome", name="Una residente")
    play.answer(ada, ask, "Con il mio nome", name=" ada  prova")
    finish(lab=play.end())
    said = {piece.said.text: piece.signed for piece in gathered(labs.fresh(own)).pieces}
    assert said == {"Con un soprannome": None, "Con il mio nome": ada.person}
    harvest(by=person(), lab=own)
    rows = {row.text: row for row in Contribution.objects.all()}
    hidden, signed = rows["Con un soprannome"], rows["Con il mio nome"]
    assert (hidden.person, hidden.named, hidden.receipt) == (None, False, ada.receipt)
    assert (signed.person, signed.named, signed.receipt) == (ada.person, True, None)


def test_merged_ideas_stay_their_authors_own_and_count_together(play):
    harvest(by=person(), lab=play.lab)
    ideas = {row.contribution.text: row for row in written(play.lab).values()}
    first, second = ideas["Idea di prova numero 0"], ideas["Idea di prova numero 1"]
    assert (second.under, first.people, first.dots, second.people) == (first, 2, 1, 1)
    assert {first.contribution.receipt, second.contribution.receipt}.isdisjoint({None})
    top = [voice.row for voice in moment(play.lab, "ideas").voices]
    assert second not in top
    assert first in top


def test_what_the_team_holds_back_is_written_but_not_published(play):
    refs = [piece.said.ref for piece in gathered(play.lab).pieces if piece.said.sort == "idea"][:2]
    with pytest.raises(ValidationError):
        hold_back(by=person(), lab=play.lab, refs=refs, reason="  ")
    assert hold_back(by=person(), lab=play.lab, refs=refs, reason="Fa il nome di una persona.") == 2
    assert let_through(by=person(), lab=play.lab, refs=refs[:1]) == 1
    harvest(by=person(), lab=play.lab)
    held = Contribution.objects.get(published=False)
    assert held.held_why == "Fa il nome di una persona."
    assert held.text not in labs.fresh(play.lab).minutes
    assert held not in [voice.contribution for voice in outcome(labs.fresh(play.lab)).voices.values()]


def test_what_was_never_shown_is_held_back_unless_the_team_lets_it_through():
    own = labs.lab()
    ask = labs.question(own, key="q", moderated=True, most=2)
    play = labs.Play(own)
    who = play.join()
    play.go(ask)
    play.answer(who, ask, "Prima")
    play.answer(who, ask, "Seconda")
    finish(lab=play.end())
    ref = next(piece.said.ref for piece in gathered(labs.fresh(own)).pieces if piece.said.text == "Seconda")
    assert let_through(by=person(), lab=own, refs=[ref]) == 1
    harvest(by=person(), lab=own)
    assert dict(Contribution.objects.values_list("text", "published")) == {"Prima": False, "Seconda": True}
    assert all(Contribution.objects.filter(published=False).values_list("held_why", flat=True))


def test_duplicates_go_under_one_and_never_in_a_circle(play):
    pieces = {piece.said.text: piece.said.ref for piece in gathered(play.lab).pieces}
    refs = [pieces[f"Idea di prova numero {number}"] for number in (3, 4, 5)]
    assert put_under(by=person(), lab=play.lab, refs=refs) == 2
    assert put_under(by=person(), lab=play.lab, refs=list(reversed(refs))) == 2
    assert take_out(by=person(), lab=play.lab, refs=refs[2:]) == 1
    with pytest.raises(ValidationError):
        put_under(by=person(), lab=play.lab, refs=[refs[0], pieces["Quando si comincia?"]])
    harvest(by=person(), lab=play.lab)
    rows = written(play.lab)
    assert rows[refs[1]].under == rows[refs[0]]
    assert rows[refs[2]].under is None
    assert rows[refs[0]].people == 2


def test_votes_are_told_by_what_was_said_and_no_longer_by_its_place_in_the_log(play):
    assert moment(play.lab, "vote").chart.bars[0].label == "(un testo non pubblicato)"
    harvest(by=person(), lab=play.lab)
    first = moment(play.lab, "vote").chart.bars[0]
    assert (first.label, first.cells, first.percent) == ("Idea di prova numero 0", [12], 100)
    row = play.lab.results.get(key="vote")
    assert "ref" not in json.dumps(row.result)
    assert row.result["lines"][0]["key"] == str(Harvested.objects.get(contribution=first.said).pk)


def test_words_count_together_and_follow_what_their_authors_take_back(play):
    harvest(by=person(), lab=play.lab)
    told = moment(play.lab, "words").chart
    assert [(bar.label, bar.cells) for bar in told.bars] == [("acqua", [12]), ("scuola", [12])]
    mine = Contribution.objects.filter(text__startswith="acqua").first()
    contributions.withdraw(contribution=mine)
    assert [bar.cells for bar in moment(play.lab, "words").chart.bars] == [[11], [11]]


def test_results_of_very_few_are_for_the_team_alone():
    own = labs.lab()
    ask = labs.question(own, key="q", asks="single", options=labs.CHOICES)
    play = labs.Play(own)
    play.go(ask)
    for value in ("bus", "bus", "bike", "bike"):
        play.answer(play.join(), ask, value)
    finish(lab=play.end())
    public, team = moment(own, "q"), moment(own, "q", whole=True)
    assert (public.hidden, public.chart, public.people) == (True, None, 4)
    assert [bar.cells for bar in team.chart.bars] == [[2], [2]]
    assert "Più autobus" not in labs.fresh(own).minutes


def test_minutes_hold_the_numbers_and_links_but_no_word_of_anybody(play):
    before = labs.fresh(play.lab).minutes
    assert "Hanno partecipato 18 persone (6 su carta, in 3 gruppi)." in before
    assert "| Più autobus | 8 | 67 |" in before
    harvest(by=person(), lab=play.lab)
    lab = labs.fresh(play.lab)
    assert "Idea di prova" not in lab.minutes
    assert "(2 persone, 1 sostegno)" in lab.minutes
    shown = quoting.for_reading(lab.minutes)
    for row in Contribution.objects.exclude(text__startswith="acqua"):
        assert f"(/contributi/{row.pk}/)" in lab.minutes
        assert quoting.escaped(row.text) in shown


def test_a_draft_somebody_rewrote_is_not_composed_anew(play):
    lab = labs.fresh(play.lab)
    lab.minutes += "\n\nRiga nostra."
    lab.save()
    harvest(by=person(), lab=lab)
    assert labs.fresh(lab).minutes == lab.minutes


def test_minutes_follow_corrections_and_withdrawals(play):
    harvest(by=person(), lab=play.lab)
    lab, (one, two) = labs.fresh(play.lab), Contribution.objects.filter(text__startswith="Idea")[:2]
    contributions.correct(contribution=one, text="Detta [meglio](https://x.example) *così*")
    contributions.withdraw(contribution=two)
    shown = quoting.for_reading(lab.minutes)
    assert r"Detta \[meglio\]" in shown
    assert "chi l’ha detto lo ha ritirato" in shown
    again = quoting.emptied(quoting.for_writing(lab.minutes))
    assert again == lab.minutes


def test_boards_become_an_outline_of_contributions(play):
    harvest(by=person(), lab=play.lab)
    first, paper = moment(play.lab, "groups").boards
    assert [(board.name, board.count) for board in (first, paper)] == [("Tavolo 1", 3), ("Tavolo 3", 1)]
    strong, weak = first.areas
    assert (strong.title, weak.title) == ("Punti di forza", "Punti di debolezza")
    (cluster,) = strong.clusters
    assert (cluster.text, cluster.row.people, cluster.row.dots) == ("Stare insieme", 2, 1)
    assert [note.text for note in cluster.notes] == ["Nota di prova 0", "Nota di prova 1"]
    assert [(note.row.dots, len(note.comments)) for note in cluster.notes] == [(2, 1), (0, 0)]
    note = cluster.notes[0].contribution
    assert note.origin == "Tavolo 1 · Punti di forza · Al tavolo"
    assert (note.receipt is not None, note.in_room) == (True, False)
    typed = paper.areas[0].notes[0].contribution
    assert (typed.text, typed.receipt, typed.in_room) == ("Nota di carta", None, True)


def test_a_vote_on_what_hung_on_the_wall_is_told_by_the_notes_and_clusters():
    own = labs.lab()
    groups = labs.block(own, "groups", key="g", areas=labs.AREAS)
    vote = labs.block(own, "vote", key="v", of="g", most=2)
    labs.group(own)
    play = labs.Play(own)
    people = [play.join() for _n in range(5)]
    play.go(groups, opened=False)
    play.seat(groups, t1=people)
    note = play.note("g.t1", "Una nota", people[0])
    play.board("g.t1", Change("clusters", "0" * 12, {"title": "Un gruppo di note", "area": "s"}, made=True))
    items = [{"ref": ref, "text": "testo", "group": "t1", "count": 1} for ref in (note, "0" * 12)]
    play.lead("wall", "g", items=items)
    play.go(vote)
    for number, who in enumerate(people):
        play.answer(who, vote, [f"w{note}", "w000000000000"] if number else [f"w{note}"])
    finish(lab=play.end())
    harvest(by=person(), lab=own)
    told = moment(own, "v").chart
    assert [(bar.label, bar.cells) for bar in told.bars] == [("Una nota", [5]), ("Un gruppo di note", [4])]
