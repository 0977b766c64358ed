"""What leaves the room: open data, search, what somebody may take along or have forgotten."""

import csv
import io
from collections import Counter

import pytest
from django.test import Client
from django.utils import timezone

from cantiere.activities.meetings.models import Page
from cantiere.foundation.core import personal_data
from cantiere.foundation.search.models import Entry
from cantiere.programmes import actions as of_programmes
from cantiere.thread.contributions import actions, tasks
from cantiere.thread.contributions.models import Coding, Contribution
from tests.factories import contributions as make
from tests.factories import places, programmes
from tests.factories.accounts import person

pytestmark = pytest.mark.django_db


def rows():
    answer = Client().get("/dati/file/thread-contributions.csv")
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))


def test_open_data_hold_what_is_public_with_what_became_of_it():
    activity = make.activity()
    row = make.contribution("=1+1 alberi", of=activity, origin="Tavolo 1")
    make.contribution(of=activity, published=False)
    make.contribution(of=make.activity(public=False))
    theme = make.theme(activity.programme, "Verde")
    actions.code(by=person(), contributions=[row], theme=theme)
    actions.step(contributions=[row], kind="accepted", words="Cento alberi.")
    (told,) = rows()
    assert told["text"] == "'=1+1 alberi"
    assert told["themes"] == "Verde"
    assert told["steps"] == f"{timezone.localdate().isoformat()} accepted: Cento alberi."
    assert told["activity"].endswith(activity.get_absolute_url())
    assert "Contributi" in Client().get("/dati/").content.decode()


def test_small_numbers_are_not_told_nor_what_is_left_when_others_are():
    activity, here, there = make.activity(), places.place(), places.place()
    for actor, place, times in (
        ("firm", here, 5), ("firm", there, 4), ("school", here, 4), ("citizen", here, 3), ("citizen", there, 3),
    ):  # fmt: skip
        for _person in range(times):
            make.contribution(of=activity, actor=actor, place=place, person=person())
    cells = Counter((row["actor"], row["place"]) for row in rows())
    # Five firms here are said; four elsewhere are not, lest the rest be told from the whole.
    assert cells == {("firm", here.name): 5, ("", ""): 8, ("citizen", ""): 6}


def test_five_words_of_one_person_are_not_five_people():
    activity, here, mayor, (receipt, _code) = make.activity(), places.place(), person(), make.receipt()
    told = {"of": activity, "actor": "public_body", "place": here}
    for _time in range(5):
        make.contribution(**told, person=mayor)
        make.contribution(**told, receipt=receipt)
        make.contribution(**told)
    for _other in range(3):
        make.contribution(**told, person=person())
        make.contribution(**told, receipt=make.receipt()[0])
    # Four accounts and four receipts may be the same four people.
    assert {(row["actor"], row["place"]) for row in rows()} == {("", "")}
    make.contribution(**told, receipt=make.receipt()[0])
    assert {(row["actor"], row["place"]) for row in rows()} == {("public_body", here.name)}


def test_what_was_said_appears_and_disappears_with_its_activity():
    activity, by = make.activity(public=False), person()
    row = make.contribution("Una barca", of=activity)
    Page.objects.filter(pk=activity.pk).update(story="Si va al fiume.")
    of_programmes.publish_activity(by=by, activity=activity)
    tasks.show_activity.call(activity.pk)
    assert Entry.objects.get(key=f"contribution:{row.pk}").title == "Una barca"
    of_programmes.withdraw_activity(by=by, activity=activity)
    assert not Entry.objects.filter(key=f"contribution:{row.pk}").exists()
    assert "Una barca" not in Client().get("/cerca/?q=barca").content.decode().split("<main")[1].replace(
        "q=barca", ""
    )


def test_many_at_once_are_indexed_by_a_job():
    activity = make.activity()
    actions.contribute_all(activity=activity, said=[make.said() for _time in range(25)])
    assert Entry.objects.filter(kind="Contribution").count() == 0
    tasks.show_activity.call(activity.pk)
    assert Entry.objects.filter(kind="Contribution").count() == 25


def test_somebody_takes_their_words_along():
    who = person()
    row = make.contribution("Lo dico io", person=who)
    actions.correct(contribution=row, text="Lo dico meglio")
    make.contribution("Altri", person=person())
    (told,) = personal_data.export_all(who)["contributions"]
    assert (told["text"], told["earlier_texts"]) == ("Lo dico meglio", ["Lo dico io"])


def test_whoever_is_forgotten_leaves_words_without_a_name():
    who = person(name="Zelinda Fantastica")
    said = make.contribution("Serve un nido", person=who, named=True)
    withdrawn = make.contribution("Mai detto", person=who)
    actions.withdraw(contribution=withdrawn, by=who)
    actions.code(by=who, contributions=[said], theme=make.theme(said.activity.programme))
    assert "Zelinda Fantastica" in Client().get(said.get_absolute_url()).content.decode()
    personal_data.erase_all(who)
    assert Contribution.objects.filter(person__isnull=False).count() == 0
    assert Coding.objects.get().by is None
    page = Client().get(said.get_absolute_url()).content.decode()
    assert "Serve un nido" in page
    assert "ha partecipato" in page
    assert "Zelinda" not in page
    assert "Mai detto" not in Client().get(withdrawn.get_absolute_url()).content.decode()


def test_copying_a_programme_leaves_what_was_said():
    activity = make.activity()
    make.contribution(of=activity)
    by = programmes.member(activity.programme).person
    of_programmes.copy_programme(by=by, programme=activity.programme, title="Copia")
    assert Contribution.objects.count() == 1
