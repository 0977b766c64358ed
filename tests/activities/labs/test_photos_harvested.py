"""A paper note of which there is only a photo is not lost: the team types what it says, then it is gathered."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cantiere.activities.labs.actions import Chair, transcribe
from cantiere.activities.labs.actions.ending import finish
from cantiere.activities.labs.actions.harvest import harvest
from cantiere.activities.labs.answers import waiting
from cantiere.activities.labs.queries.gathered import gathered
from cantiere.programmes.models import TeamMember
from cantiere.thread.contributions.models import Contribution
from tests.factories import labs, programmes
from tests.factories.accounts import form_key, person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def play():
    own = labs.lab()
    groups = labs.block(own, "groups", "Al tavolo", key="groups", areas=labs.AREAS, dots=3)
    labs.group(own, "Tavolo di carta", paper=True)
    made = labs.Play(own)
    anna = made.join("Anna")
    made.go(groups)
    made.seat(groups, t1=[anna])
    made.note("groups.t1", "Scritta al telefono", anna)
    made.blank = made.note("groups.t1", "", paper="tavolo-di-carta", photo="a" * 32)
    made.drawn = made.note("groups.t1", " \u200b ", paper="tavolo-di-carta", photo="b" * 32, area="w")
    made.note("groups.t1", "Con parole", paper="tavolo-di-carta", photo="c" * 32)
    made.note("groups.t1", "", paper="tavolo-di-carta")
    taken = made.note("groups.t1", "", paper="tavolo-di-carta", photo="d" * 32)
    made.board("groups.t1", labs.Change("notes", taken, {"gone": True}))
    assert finish(lab=made.end(), by=person())
    made.lab = labs.fresh(own)
    return made


def team_of(play, role=TeamMember.Role.EDITOR):
    return programmes.member(play.lab.activity.programme, role).person


def chair(play, by):
    return Chair(play.lab, play.room, by, "k" * 16)


def address(play, name="harvest"):
    return reverse(f"labs:{name}", args=[play.lab.activity.slug])


def test_what_is_only_a_photo_waits_beside_what_was_said(play):
    found = gathered(play.lab)
    assert [said.ref for said in found.pictured] == [f"n{play.drawn}", f"n{play.blank}"]
    assert sorted(piece.said.text for piece in found.pieces) == ["Con parole", "Scritta al telefono"]
    assert (play.lab.numbers["said"], play.lab.numbers["pictured"]) == (2, 2)
    assert [each.text.partition(": ")[2] for each in waiting([play.lab.activity])][:1] == [
        "2 foto di note su carta aspettano che qualcuno scriva che cosa dicono."
    ]
    page = signed_in(team_of(play)).get(address(play)).content.decode()
    assert page.count('alt="Foto della nota su carta, in grande"') == 2
    assert f"?quale={'a' * 32}" in page
    assert "Tavolo di carta" in page
    assert "Guarda la foto" in page  # of the note that has words too


def test_what_a_photo_says_is_typed_once_and_becomes_a_contribution(play):
    editor = team_of(play)
    team = signed_in(editor)
    harvest(by=editor, lab=play.lab)
    sent = form_key() | {f"typed-{play.blank}": " La piazza\n è buia ", f"typed-{play.drawn}": " "}
    for _twice in range(2):
        page = team.post(address(play, "transcribe"), sent, follow=True).content.decode()
    assert "Queste note avevano già il loro testo" in page  # and not that none was written
    assert "La piazza è buia" in page
    assert page.count('alt="Foto della nota su carta, in grande"') == 1
    lab = labs.fresh(play.lab)
    assert (lab.numbers["said"], lab.numbers["pictured"]) == (3, 1)
    assert harvest(by=editor, lab=lab) == 1
    row = Contribution.objects.get(text="La piazza è buia")
    assert (row.in_room, row.published, row.origin) == (
        True,
        True,
        "Tavolo di carta · Punti di forza · Al tavolo",
    )


def test_a_note_that_has_words_keeps_them_and_nothing_typed_is_said(play):
    by = team_of(play)
    assert transcribe(chair=chair(play, by), words={play.blank: "La prima", "0" * 12: "Nessuna"}) == 1
    assert transcribe(chair=chair(play, by), words={play.blank: "La seconda"}) == 0
    assert "La prima" in {piece.said.text for piece in gathered(play.lab).pieces}
    with pytest.raises(ValidationError, match="almeno una foto"):
        transcribe(chair=chair(play, by), words={play.drawn: " "})


def test_who_does_not_publish_types_nothing(play):
    sent = form_key() | {f"typed-{play.blank}": "Intrusa"}
    for who in (person(), team_of(play, TeamMember.Role.FACILITATOR)):
        assert signed_in(who).post(address(play, "transcribe"), sent).status_code == 404
    assert len(gathered(play.lab).pictured) == 2


def test_before_what_was_live_goes_the_team_is_told_of_photos_without_words(play):
    page = signed_in(team_of(play)).get(address(play, "erase")).content.decode()
    assert "2 foto di note su carta non sono ancora trascritte" in " ".join(page.split())
