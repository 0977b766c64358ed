"""What tables write: from paper and photos onto their boards, from boards onto the wall, read by whoever leads."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from cantiere.activities.labs.actions import leading, paper, walling
from cantiere.activities.labs.actions.paper import Sheet
from cantiere.activities.labs.actions.photos import forget_photos, keep_photo
from cantiere.activities.labs.models import Photo
from cantiere.activities.labs.queries import desk, seats, tables
from cantiere.activities.labs.rights import author_of
from cantiere.engine.board import BoardRight
from cantiere.engine.lab.gathering import attendance, said_in
from cantiere.foundation.live.boards import actions as boards
from cantiere.foundation.live.boards import queries as written
from cantiere.foundation.live.boards.changes import add_cluster, add_note, new_id, remove_note, vote
from cantiere.programmes.models import TeamMember
from tests.activities.labs.hall import Hall
from tests.activities.labs.live_rooms import joined, running
from tests.factories import labs as make
from tests.factories import places, programmes
from tests.factories.accounts import person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LEAD = BoardRight("lead-test", lead=True)


def cafe():
    """Three tables whose boards go on from the first round to the second."""
    lab = make.lab()
    make.block(lab, "groups", "Primo giro", key="one", areas=make.AREAS)
    later = [{"key": "s", "title": "Proposte"}]
    make.block(
        lab, "groups", "Secondo giro", key="two", assign="rotate", of="one", goes_on=True, areas=later, dots=2
    )
    make.block(lab, "harvest", "I tavoli raccontano", key="told", of="two")
    make.block(lab, "vote", "Che cosa conta", key="vote", of="told", most=2)
    for _table in range(3):
        make.group(lab)
    return Hall(lab)


def put(hall, board, *changes):
    boards.edit(room=hall.room, key=board, right=LEAD, changes=changes)


def note(text, area="s", by="paper:t1", **more):
    return add_note(text, by=by, area=area, **more)


def on_the_wall(hall, block):
    return [(item["text"], item["group"], item["count"]) for item in hall.own.wall[block]]


def test_what_a_table_wrote_on_paper_stands_on_its_board_once():
    hall = cafe()
    leading.go(chair=hall.chair(), block="one", seen="")
    for _twice in range(2):
        chair = hall.chair(key="the-same-form-key")
        paper.pin_up(chair=chair, block="one", group="t2", area="w", lines=["Una  nota", "", "Un'altra"])
    found = written.read(hall.room, "one.t2").notes
    assert [(each.text, each.by, each.area, each.room) for each in found] == [
        ("Una nota", "paper:tavolo-2", "w", True),
        ("Un'altra", "paper:tavolo-2", "w", True),
    ]
    assert len({(each.x, each.y) for each in found}) == 2
    paper.pin_up(chair=hall.chair(), block="two", group="t2", area="two.s", lines=["Si comincia domani"])
    assert len(written.read(hall.room, "one.t2").notes) == 3
    for block, group, area, lines in (
        ("one", "t9", "w", ["x"]), ("one", "t2", "zz", ["x"]), ("one", "t2", "two.s", ["x"]), ("told", "t2", "w", ["x"]), ("one", "t2", "w", [" "]),
    ):  # fmt: skip
        with pytest.raises(ValidationError):
            paper.pin_up(chair=hall.chair(), block=block, group=group, area=area, lines=lines)


def test_boards_are_gathered_by_dots_with_the_name_of_their_table():
    hall = cafe()
    group = new_id()
    first, second = note("Il lambrusco", cluster=group, by="lead-test"), note("Le pere", cluster=group)
    put(
        hall,
        "one.t1",
        add_cluster("Prodotti", id=group, area="s"),
        first,
        second,
        note("Da sola", "w"),
        note(" "),
    )
    put(hall, "one.t2", note("Con i punti"))
    loved = written.read(hall.room, "one.t2").notes[0].id
    boards.edit(
        room=hall.room, key="one.t2", right=BoardRight("anna", dots=3), changes=[vote({loved: 3}, by="anna")]
    )
    put(hall, "one.t1", note("Del giro dopo", "two.s"))
    assert walling.gather(chair=hall.chair(), block="one") == 3
    assert on_the_wall(hall, "one") == [
        ("Con i punti", "Tavolo 2", 1),
        ("Prodotti", "Tavolo 1", 2),
        ("Da sola", "Tavolo 1", 1),
    ]


def test_a_harvest_brings_what_its_own_round_wrote_on_boards_that_went_on():
    hall = cafe()
    put(hall, "one.t1", note("Che cosa vediamo"), note("Una proposta", "two.s"))
    assert walling.gather(chair=hall.chair(), block="told") == 1
    assert on_the_wall(hall, "two") == [("Una proposta", "Tavolo 1", 1)]
    leading.go(chair=hall.chair(), block="vote", seen="", opens=True)
    assert list(hall.own.options_of(hall.own.script.blocks["vote"].plan).values()) == ["Una proposta"]


def test_things_are_taken_off_the_wall_and_stay_on_their_board():
    hall = cafe()
    put(hall, "one.t1", note("Resta"), note("Va via"))
    walling.gather(chair=hall.chair(), block="one")
    ref = next(item["ref"] for item in hall.own.wall["one"] if item["text"] == "Va via")
    for _twice in range(2):
        walling.take_off(chair=hall.chair(), block="one", ref=ref)
    assert on_the_wall(hall, "one") == [("Resta", "Tavolo 1", 1)]
    assert len(written.read(hall.room, "one.t1").notes) == 2
    walling.gather(chair=hall.chair(), block="one")
    assert len(hall.own.wall["one"]) == 2


@pytest.mark.parametrize("block", ["vote", "gone", ""])
def test_where_there_are_no_boards_nothing_is_gathered(block):
    hall = cafe()
    with pytest.raises(ValidationError):
        walling.gather(chair=hall.chair(), block=block)
    with pytest.raises(ValidationError):
        walling.take_off(chair=hall.chair(), block=block, ref="x")


def test_empty_boards_are_told_as_empty():
    hall = cafe()
    with pytest.raises(ValidationError, match="lavagne"):
        walling.gather(chair=hall.chair(), block="one")


def test_whoever_leads_sees_a_table_with_the_names_of_all_who_wrote_there():
    hall = cafe()
    anna, bruno = hall.join("Anna", actor_kind="association"), hall.join("Bruno")
    leading.go(chair=hall.chair(), block="one", seen="")
    hall.chair().does("seats", "one", seats={"t1": [anna], "t2": [bruno]})
    group, author = new_id(), author_of(hall.room, anna)
    put(hall, "one.t1", add_cluster("Insieme", id=group, area="s"), note("Di carta", cluster=group))
    boards.edit(
        room=hall.room, key="one.t1", right=BoardRight(author, add=True), changes=[note("Mia", by=author)]
    )
    leading.go(chair=hall.chair(), block="two", seen="one")
    hall.chair().does("seats", "two", seats={"t1": [bruno], "t2": [anna]})
    seen = desk.look_at(make.fresh(hall.lab), "regia", hall.room)
    board = tables.board(seen, "t1", ticket="t", renew="/r/", photos=("/su/", "/giu/{id}/"))
    assert (board.key, board.upload_url, board.photo_url) == ("one.t1", "/su/", "/giu/{id}/")
    assert (board.table, board.by_hand) == ("Tavolo 1", False)
    assert [area.key for area in board.areas] == ["two.s", "s", "w"]
    assert board.authors[author] == "Anna, Associazione"
    assert board.authors[author_of(hall.room, bruno)] == "Bruno"
    assert [(each.title, list(each.groups), list(each.notes)) for each in board.written] == [
        ("Proposte", [], []),
        ("Punti di forza", [("Insieme", ["Di carta"])], ["Mia"]),
        ("Punti di debolezza", [], []),
    ]
    card = next(card for card in seen.groups if card["key"] == "t1")
    assert (card["notes"], [who.name for who in card["silent"]]) == (2, ["Bruno"])
    assert tables.board(seen, "t9", ticket="t", renew="/r/") is None


def silent(hall):
    seen = desk.look_at(make.fresh(hall.lab), "regia", hall.room)
    return {card["key"]: [who.name for who in card["silent"]] for card in seen.groups}


def test_who_has_not_written_yet_is_told_anew_in_each_round_on_boards_that_go_on():
    hall = cafe()
    anna, bruno, carla = (hall.join(name) for name in ("Anna", "Bruno", "Carla"))
    leading.go(chair=hall.chair(), block="one", seen="")
    hall.chair().does("seats", "one", seats={"t1": [anna, bruno], "t2": [carla]})
    assert silent(hall) == {"t1": ["Anna", "Bruno"], "t2": ["Carla"], "t3": []}
    first = write(hall, "one.t1", anna)
    write(hall, "one.t2", carla)
    assert silent(hall) == {"t1": ["Bruno"], "t2": [], "t3": []}
    boards.edit(room=hall.room, key="one.t1", right=right_of(hall, anna), changes=[remove_note(first)])
    boards.edit(
        room=hall.room,
        key="one.t1",
        right=right_of(hall, bruno),
        changes=[vote({}, by=right_of(hall, bruno).author)],
    )
    assert silent(hall)["t1"] == ["Bruno"]  # whoever took a note away has written, whoever gave dots has not
    leading.go(chair=hall.chair(), block="two", seen="one")
    hall.chair().does("seats", "two", seats={"t1": [anna, carla], "t2": [bruno]})
    assert silent(hall) == {"t1": ["Anna", "Carla"], "t2": ["Bruno"], "t3": []}
    write(hall, "one.t1", anna)
    write(hall, "one.t2", bruno)
    assert silent(hall) == {"t1": ["Carla"], "t2": [], "t3": []}
    assert "Non hanno ancora scritto: Carla" in page_of(hall, "desk_table", gruppo="t1")


def right_of(hall, actor):
    return BoardRight(author_of(hall.room, actor), add=True, shape=True, dots=3)


def write(hall, board, actor):
    """A note in an area of the first round; gives its name."""
    right, name = right_of(hall, actor), new_id()
    made = note("Detta ora", by=right.author, id=name)
    boards.edit(room=hall.room, key=board, right=right, changes=[made])
    return name


def team_of(hall):
    member = programmes.member(hall.lab.activity.programme, TeamMember.Role.EDITOR)
    return signed_in(member.person)


def page_of(hall, name, **asked):
    address = reverse(f"labs:{name}", kwargs={"lab": hall.lab.activity.slug, "hall": "regia"})
    return " ".join(team_of(hall).get(address, asked).content.decode().split())


# Photos ----------------------------------------------------------------------------------------


def picture(size=(4000, 3000)):
    """As a phone takes it: large, turned, with the place written into it."""
    image, told, content = Image.new("RGB", size, (200, 180, 40)), Image.Exif(), io.BytesIO()
    told[0x0112], told[0x8825] = 6, {1: "N", 2: (44.0, 38.0, 12.0)}
    told[0x010E] = "scattata a casa di Anna"
    image.save(content, "JPEG", exif=told)
    return SimpleUploadedFile("IMG_2041.jpg", content.getvalue(), "image/jpeg")


def test_a_photo_is_made_small_and_says_nothing_of_where_it_was_taken():
    hall = cafe()
    kept = keep_photo(room=hall.room, file=picture())
    with Image.open(kept.picture) as made:
        assert (made.format, made.size, dict(made.getexif())) == ("WEBP", (1200, 1600), {})
    assert b"Anna" not in kept.picture.open("rb").read()
    assert len(kept.pk) == 32
    with pytest.raises(ValidationError):
        keep_photo(room=hall.room, file=SimpleUploadedFile("nota.jpg", b"<script>alert(1)</script>"))


def test_photos_go_with_what_was_live(django_capture_on_commit_callbacks):
    hall = cafe()
    kept = keep_photo(room=hall.room, file=picture((60, 40)))
    storage, name = kept.picture.storage, kept.picture.name
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        forget_photos(room=hall.room)
    assert not Photo.objects.exists()
    assert not storage.exists(name)


def test_the_team_sends_photos_and_those_at_the_laboratory_see_them():
    lab = running()
    editor = programmes.member(lab.activity.programme, TeamMember.Role.EDITOR).person
    team, phone, stranger = signed_in(editor), Client(), signed_in(person())
    joined(phone, lab, name="Anna")
    where = reverse("labs:desk_photos", kwargs={"lab": lab.activity.slug, "hall": "regia"})
    assert stranger.post(where, {"photo": picture((60, 40))}).status_code == 404
    assert team.post(where, {"photo": SimpleUploadedFile("x.jpg", b"no")}).status_code == 422
    sent = team.post(where, {"photo": picture((60, 40))}).json()["photo"]
    assert team.get(f"{where}?quale={sent}")["Content-Type"] == "image/webp"
    at_hand = f"/partecipa/{lab.code}/ora/foto/?quale={sent}"
    assert phone.get(at_hand).status_code == 200
    assert stranger.get(at_hand).status_code == 404
    assert Client().get(f"{where}?quale={sent}").status_code in {302, 404}
    elsewhere = running()
    joined(phone, elsewhere, name="Anna")
    assert phone.get(f"/partecipa/{elsewhere.code}/ora/foto/?quale={sent}").status_code == 404


# Paper -----------------------------------------------------------------------------------------


def asked(hall, block):
    return seats.asked(hall.chair(), block)


def test_stances_raised_by_hand_count_as_those_of_phones():
    lab = make.lab()
    make.question(lab, "D'accordo?", key="said", asks="statements", options=make.CHOICES)
    make.group(lab)
    hall = Hall(lab)
    anna = hall.join()
    leading.go(chair=hall.chair(), block="said", seen="", opens=True)
    hall.answers(anna, "said", {"bus": "agree", "bike": "pass"})
    hands = {"bus:agree": 4, "bus:disagree": 2, "bike:disagree": 3}
    paper.type_in(chair=hall.chair(), block="said", sheet=Sheet("t1", 6, hands=hands))
    lines = {line["key"]: line["parts"] for line in asked(hall, "said")["results"]["lines"]}
    assert lines == {
        "bus": {"agree": 5, "disagree": 2, "pass": 0},
        "bike": {"agree": 0, "disagree": 3, "pass": 1},
    }
    assert asked(hall, "said")["results"]["people"] == 7
    for wrong in ({"bus:agree": 4, "bus:pass": 3}, {"bus:maybe": 1}, {"tram:agree": 1}, {"bus": 2}, {}):
        with pytest.raises(ValidationError):
            paper.type_in(chair=hall.chair(), block="said", sheet=Sheet("t1", 6, hands=wrong))
    assert asked(hall, "said")["results"]["people"] == 7


def test_pins_are_typed_by_the_name_of_the_municipality():
    places.loaded()
    lab = make.lab()
    make.question(lab, "Dove vivi?", key="where", asks="pin")
    hall = Hall(lab)
    leading.go(chair=hall.chair(), block="where", seen="", opens=True)
    sheet = Sheet("", 1, lines=["bomporto", "Bomporto"])
    assert paper.type_in(chair=hall.chair(), block="where", sheet=sheet) == 2
    assert hall.own.answers["where"].tally.people == 2
    assert [each["value"] for each in seats.typed(asked(hall, "where"))] == ["Bomporto", "Bomporto"]
    leading.close_down(chair=hall.chair())
    lines = make.fresh(hall.lab).results.get(key="where").result["lines"]
    assert [(line["text"], line["count"]) for line in lines] == [("Bomporto", 2)]


def test_people_on_paper_are_as_many_as_raised_a_hand_or_sat_there():
    hall = Hall()

    def on_paper(block, sheet):
        paper.type_in(chair=hall.chair(), block=block, sheet=sheet)
        return attendance(hall.own)["paper"]

    assert on_paper("choice", Sheet("t1", 8, hands={"bus": 5, "bike": 3})) == 8
    assert hall.own.answers["choice"].tally.people == 8
    # The same table writes as many ideas as it has, in two goes: they are still so many people.
    assert on_paper("ideas", Sheet("t1", 6, lines=["Un ponte", "Un bosco"])) == 8
    assert on_paper("ideas", Sheet("t2", 6, lines=["Un nido", "Una piazza"])) == 14
    assert on_paper("ideas", Sheet("t2", 6, lines=["Un forno"])) == 14
    assert on_paper("ideas", Sheet("t3", 1, lines=["Un fiume"])) == 15
    assert attendance(hall.own)["groups"] == 3
    paper.take_out(chair=hall.chair(), block="ideas", ref=max(hall.own.answers["ideas"].on_paper()))
    assert attendance(hall.own)["paper"] == 14


def test_what_the_hall_says_aloud_was_written_down_by_somebody_else():
    hall = Hall()
    for group in ("", "t1"):
        paper.type_in(chair=hall.chair(), block="ideas", sheet=Sheet(group, 3, lines=[f"Da «{group}»"]))
    (aloud, table) = said_in(hall.own, {}, {})
    assert [(said.actor, said.group, said.in_room) for said in (aloud, table)] == [
        ("", "", True), ("", "t1", True),
    ]  # fmt: skip


def test_a_municipality_nobody_knows_is_refused_with_its_name():
    places.loaded()
    lab = make.lab()
    make.question(lab, "Dove vivi?", key="where", asks="pin")
    hall = Hall(lab)
    with pytest.raises(ValidationError, match="Atlantide"):
        paper.type_in(chair=hall.chair(), block="where", sheet=Sheet("", 1, lines=["Bomporto", "Atlantide"]))
    assert "paper" not in hall.kinds()
