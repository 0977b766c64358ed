"""Hostile and honest updates, made by real Yjs documents."""

import json
from pathlib import Path

import pycrdt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cantiere.engine.board import CLUSTERS, COMMENTS, NOTES, ROOTS, VOTES, BoardRight, Why
from cantiere.foundation.live.boards import document as module
from cantiere.foundation.live.boards import updates
from cantiere.foundation.live.boards.document import EMPTY, Document, Missing
from cantiere.foundation.live.boards.updates import MalformedError, TooMuchError
from tests.environment import examples
from tests.proofs.boards import a_note, changed, document, number, values

ME = BoardRight("me", add=True, dots=3)
YOU = BoardRight("you", add=True, dots=3)
LEAD = BoardRight("lead", lead=True)


def add(name, by="me", **more):
    return lambda doc: doc["notes"].__setitem__(name, pycrdt.Map(a_note(by, **more)))


def put(root, name, value):
    return lambda doc: doc[root].__setitem__(name, value)


def set_field(root, record, name, value):
    return lambda doc: doc[root][record].__setitem__(name, value)


@pytest.fixture
def board():
    """A board with a note of mine and one of yours, and a copy of it at a client's."""
    board = Document(EMPTY)
    client = document()
    board.mine, board.yours = number(), number()
    assert board.take(changed(client, add(board.mine)), ME) is None
    other = document()
    assert board.take(changed(other, add(board.yours, "you")), YOU) is None
    board.settle(board.fresh)
    client.apply_update(board.since(b"\0"))
    other.apply_update(board.since(b"\0"))
    board.client, board.other = client, other
    return board


def stands(board):
    return values(document(board.since(b"\0")))


def refused(board, update, why, right=ME):
    """It is refused, leaves nothing behind, and what comes after it from others is taken."""
    before, state, figures = stands(board), updates.clocks(board.state), board.figures()
    assert board.take(update, right) is why
    assert (stands(board), updates.clocks(board.state), board.figures()) == (before, state, figures)
    assert board.fresh == b""
    assert board.take(changed(board.other, set_field("notes", board.yours, "text", "still")), YOU) is None
    board.settle(board.fresh)


def test_what_is_allowed_is_merged(board):
    assert board.take(changed(board.client, set_field("notes", board.mine, "text", "due")), ME) is None
    assert stands(board)["notes"][board.mine]["text"] == "due"
    assert board.figures() == (2, 2)


def test_who_writes_on_is_noted_only_now_and_then(board, monkeypatch):
    moment = module.monotonic() + module.SIGNED
    monkeypatch.setattr(module, "monotonic", lambda: moment)

    def write(text, *, kept=True):
        assert board.take(changed(board.client, set_field("notes", board.mine, "text", text)), ME) is None
        fresh, noted = board.fresh, board.sign()
        board.settle(fresh if kept else b"")
        return noted

    board.settle(board.fresh)
    assert write("una") == {"me"}
    assert write("due") == set()
    moment += module.SIGNED
    assert write("tre", kept=False) == {"me"}  # it could not be kept, so it was not noted either
    board.client = document(board.since(b"\0"))
    assert write("quattro") == {"me"}
    assert board.take(changed(board.other, set_field("notes", board.yours, "x", 7.0)), YOU) is None
    assert board.sign() == set()  # moved, nothing written


def test_the_same_again_is_taken_and_changes_nothing(board):
    update = changed(board.client, set_field("notes", board.mine, "text", "due"))
    assert board.take(update, ME) is None
    board.settle(board.fresh)
    state = board.state
    assert board.take(update, ME) is None
    assert (board.fresh, board.state) == (b"", state)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda board: set_field("notes", board.yours, "text", "mine now"), Why.FORBIDDEN),
        (lambda board: add(number(), "you"), Why.FORBIDDEN),
        (lambda board: lambda doc: doc["notes"].pop(board.yours), Why.WRONG),
        (lambda board: lambda doc: doc["notes"].pop(board.mine), Why.WRONG),
        (lambda board: lambda doc: doc["notes"][board.mine].pop("x"), Why.WRONG),
        (lambda board: put("notes", board.yours, pycrdt.Map(a_note("me"))), Why.WRONG),
        (lambda board: put("notes", board.mine, pycrdt.Map(a_note("me"))), Why.WRONG),
        (lambda board: put("notes", number(), "a word"), Why.WRONG),
        (lambda board: put("notes", number(), {"text": "x", "by": "me"}), Why.WRONG),
        (lambda board: put("notes", number(), pycrdt.Map({})), Why.WRONG),
        (lambda board: put("votes", "me", pycrdt.Map({board.mine: 1})), Why.WRONG),
        (lambda board: put("votes", "you", {board.mine: 1}), Why.FORBIDDEN),
        (lambda board: put("votes", "me", {board.mine: 4}), Why.WRONG),
        (lambda board: add(number(), text=pycrdt.Text("x")), Why.WRONG),
        (lambda board: add(number(), text=pycrdt.Array([1])), Why.WRONG),
        (lambda board: add(number(), text=pycrdt.Map({"a": "b"})), Why.WRONG),
        (lambda board: add(number(), text=[1]), Why.WRONG),
        (lambda board: add(number(), text=None), Why.WRONG),
        (lambda board: add(number(), text=b"x"), Why.WRONG),
        (lambda board: add(number(), x=float("nan")), Why.WRONG),
        (lambda board: set_field("notes", board.mine, "more", 1), Why.WRONG),
        (lambda board: set_field("notes", board.mine, "text", {"a": {"b": {"c": 1}}}), Why.WRONG),
        (lambda board: put("clusters", number(), pycrdt.Map({"title": "t"})), Why.FORBIDDEN),
        (lambda board: put("evil", "x", "y"), Why.WRONG),
        (lambda board: put("notes", number(), pycrdt.Doc()), Why.WRONG),
    ],
)
def test_what_is_not_allowed_leaves_nothing(board, change, why):
    board.client["evil"] = pycrdt.Map()
    refused(board, changed(board.client, change(board)), why)


@pytest.mark.parametrize("kind", [pycrdt.Array, pycrdt.Text, pycrdt.XmlFragment])
def test_lists_and_texts_are_no_part_of_a_board(board, kind):
    for root in ("notes", "more"):
        doc = pycrdt.Doc()
        doc[root] = kind()
        if kind is pycrdt.XmlFragment:
            update = changed(doc, lambda doc: doc[root].children.append("x"))  # noqa: B023
        elif kind is pycrdt.Text:
            update = changed(doc, lambda doc: doc[root].insert(0, "x"))  # noqa: B023
        else:
            update = changed(doc, lambda doc: doc[root].append("x"))  # noqa: B023
        refused(board, update, Why.WRONG)


def test_a_list_hung_on_what_stands_there_is_refused(board):
    """A part without a key, to the right of nothing: a list inside a map, which no map shows."""
    update = bytearray(changed(document(), put("notes", "k" * 12, "v")))
    at = update.index(b"\x05notes")
    assert update[at - 2] & 0b100000
    update[at - 2] &= ~0b100000
    refused(board, bytes(update.replace(b"\x0c" + b"k" * 12, b"")), Why.WRONG)


def test_one_forbidden_change_keeps_out_the_whole_update(board):
    def both(doc):
        add(number())(doc)
        set_field("notes", board.yours, "text", "x")(doc)

    refused(board, changed(board.client, both), Why.FORBIDDEN)


def test_a_refusal_keeps_what_was_taken_before_it_in_the_same_moment(board):
    name = number()
    assert board.take(changed(board.client, add(name)), ME) is None
    assert (
        board.take(changed(board.client, set_field("notes", board.yours, "text", "x")), ME) is Why.FORBIDDEN
    )
    assert name in stands(board)["notes"]
    board.settle(board.fresh)
    assert name in stands(Document(EMPTY, board.log))["notes"]


def test_what_could_not_be_committed_is_taken_out_again(board):
    before = stands(board)
    update = changed(board.client, add(number()))
    assert board.take(update, ME) is None
    board.settle(b"")
    assert (stands(board), board.figures()) == (before, (2, 2))
    assert board.take(update, ME) is None


def test_what_builds_on_something_missing_is_not_taken(board):
    first = changed(board.client, add(number()))
    second = changed(board.client, set_field("notes", board.mine, "text", "due"))
    refused(board, second, Missing.PARTS)
    assert board.take(first, ME) is None
    assert board.take(second, ME) is None


def test_what_builds_on_what_another_client_has_not_sent_is_not_taken(board):
    name, first, second = number(), board.client, document(board.since(b"\0"))
    unsent = changed(first, add(name))
    second.apply_update(unsent)
    refused(board, changed(second, set_field("notes", name, "text", "x")), Missing.PARTS)


def test_deleting_what_somebody_may_write_later_is_not_taken(board):
    client = board.other.client_id
    encoder = pycrdt.Encoder()
    for value in (0, 1, client, 1, 10_000, 5):
        encoder.write_var_uint(value)
    refused(board, encoder.to_bytes(), Missing.PARTS)


def test_nobody_writes_under_the_number_of_another(board):
    """Parts under somebody else's client number would make theirs seem known."""
    thief = pycrdt.Doc(client_id=board.other.client_id)
    for root in ROOTS:
        thief[root] = pycrdt.Map()
    thief.apply_update(board.since(b"\0"))
    refused(board, changed(thief, add(number())), Why.FORBIDDEN)


def test_a_comment_may_come_with_its_note(board):
    """Tables are looked at in their order, in whatever order they were changed."""
    for _ in range(10):
        client, note = document(), number()

        def both(doc, note=note):
            put("comments", number(), pycrdt.Map({"note": note, "text": "c", "by": "me"}))(doc)
            add(note)(doc)
            put("votes", "me", {note: 1})(doc)

        assert board.take(changed(client, both), ME) is None


def test_a_frozen_board_takes_nothing(board):
    refused(board, changed(board.client, add(number())), Why.CLOSED, BoardRight("me"))


def test_a_later_word_that_stands_lets_the_earlier_one_pass_unseen(board):
    """Two of one author's devices write at once: both are taken, one stands."""
    one, two = document(board.since(b"\0")), document(board.since(b"\0"))
    for client, text in ((one, "uno"), (two, "due")):
        assert board.take(changed(client, set_field("notes", board.mine, "text", text)), ME) is None
    assert stands(board)["notes"][board.mine]["text"] in {"uno", "due"}


def test_the_whole_stays_below_a_bound(board, monkeypatch):
    monkeypatch.setattr(module, "LARGEST", board.size + 100)
    refused(board, changed(board.client, add(number(), text="x" * 400)), Why.LIMITS)


def test_compacting_changes_nothing(board):
    before = stands(board)
    base = board.compact()
    assert (stands(Document(base)), stands(board), board.log) == (before, before, [])
    assert Document(base).figures() == board.figures()


def test_what_other_processes_wrote_is_followed(board):
    other = Document(board.compact())
    update = changed(board.other, add(number(), "you"))
    assert other.take(update, YOU) is None
    board.follow(other.fresh)
    assert board.figures() == (3, 2)
    more = changed(board.other, set_field("notes", board.yours, "text", "due"))
    assert board.take(more, YOU) is None


# The outside of updates --------------------------------------------------------------------------

WORDS = st.text(max_size=20)
VALUES = st.one_of(st.booleans(), WORDS, st.floats(0, 1000), st.integers(-(2**53), 2**53))


@st.composite
def histories(draw):
    """Edits of a few clients who have seen some of each other's."""
    # Numbers of their own, not of chance: they decide who wins, and so what can be done next.
    clients = [document(client_id=1 + number) for number in range(draw(st.integers(1, 3)))]
    made = []
    for _ in range(draw(st.integers(1, 12))):
        client = draw(st.sampled_from(clients))
        root, name = draw(st.sampled_from(ROOTS)), draw(st.sampled_from("abc"))
        if draw(st.booleans()) or name not in client[root]:
            value = pycrdt.Map({"t": draw(VALUES)}) if draw(st.booleans()) else {"k": draw(VALUES)}
            made.append(changed(client, put(root, name, value)))
        elif isinstance(client[root][name], pycrdt.Map):
            made.append(changed(client, set_field(root, name, draw(st.sampled_from("tuv")), draw(VALUES))))
        for update in draw(st.lists(st.sampled_from(made), max_size=2)) if made else ():
            client.apply_update(update)
    return clients, made


@given(histories())
@settings(max_examples=examples(150))
def test_the_parts_of_an_update_are_what_yjs_says_they_are(history):
    clients, made = history
    whole = document()
    for update in made:
        whole.apply_update(update)
    for client in clients:
        whole.apply_update(client.get_update())
    update = whole.get_update()
    parts = updates.read(update)
    assert {client: after for client, _first, after in parts.spans} == updates.clocks(whole.get_state())
    for one in made:
        updates.read(one)
    merged = pycrdt.merge_updates(*made) if made else EMPTY
    updates.read(merged)


@given(st.binary(max_size=60))
@settings(max_examples=examples(300))
def test_noise_is_refused_and_breaks_nothing(noise):
    board = Document(EMPTY)
    verdict = board.take(noise, ME)
    assert verdict in {None, Why.WRONG, Why.LIMITS, Missing.PARTS, Why.FORBIDDEN, Why.CLOSED}
    assert stands(board) == {root: {} for root in ROOTS}
    assert board.take(changed(document(), add(number())), ME) is None


def _one():
    doc = pycrdt.Doc(client_id=7)
    doc["notes"] = pycrdt.Map()
    return changed(
        doc, lambda doc: doc["notes"].__setitem__("a" * 12, pycrdt.Map(dict(sorted(a_note("me").items()))))
    )


ONE = _one()


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1, max_size=4))
@settings(max_examples=examples(300))
def test_an_update_with_a_few_other_bytes_breaks_nothing(others):
    board, update = Document(EMPTY), bytearray(ONE)
    for place, byte in others:
        update[place % len(update)] = byte
    board.take(bytes(update), ME)
    for note in stands(board)["notes"].values():
        assert note["by"] == "me"
        assert len(note["text"]) <= 500
    assert board.take(changed(document(), add(number())), ME) is None


def test_more_parts_than_one_update_may_have():
    with pytest.raises(TooMuchError):
        updates.read(b"\x01\xff\x7f\x01\x00")
    with pytest.raises(MalformedError):
        updates.read(b"\x01\x01\x01\x00" + b"\x00\xff\xff\xff\xff\x7f" + b"\x00")
    assert Document(EMPTY).take(b"\x01\xff\x7f\x01\x00", ME) is Why.LIMITS


# Two clients, every order ------------------------------------------------------------------------

TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
EDITS = st.one_of(
    st.tuples(st.just("add"), TEXTS),
    st.tuples(st.just("text"), TEXTS),
    st.tuples(st.just("move"), st.integers(0, 1000)),
    st.tuples(st.just("gone"), st.booleans()),
    st.tuples(st.just("vote"), st.integers(1, 3)),
    st.tuples(st.just("title"), TEXTS),
)
STEPS = st.lists(
    st.tuples(st.integers(0, 1), st.one_of(st.just("send"), st.just("hear"), EDITS)), max_size=40
)


class Client:
    def __init__(self, right):
        self.right, self.doc = right, document()
        self.out, self.names, self.clusters = [], [], []

    def edit(self, kind, value):
        if kind == "add" or not self.names:
            self.names.append(number())
            more = {"text": value} if isinstance(value, str) else {}
            self.out.append(changed(self.doc, add(self.names[-1], self.right.author, **more)))
            return
        name = self.names[-1]
        field = {"text": "text", "move": "x", "gone": "gone"}.get(kind)
        if field is not None:
            self.out.append(changed(self.doc, set_field("notes", name, field, value)))
        elif kind == "vote":
            self.out.append(changed(self.doc, put("votes", self.right.author, {name: value})))
        else:
            self.clusters.append(number())
            self.out.append(
                changed(self.doc, put("clusters", self.clusters[-1], pycrdt.Map({"title": value})))
            )


@given(STEPS)
@settings(max_examples=examples(150))
def test_whatever_the_order_all_end_with_what_is_stored(steps):
    shape = {"add": True, "shape": True, "dots": 3}
    board = Document(EMPTY)
    clients = [Client(BoardRight("a", **shape)), Client(BoardRight("b", **shape))]

    def hear(client):
        client.doc.apply_update(board.since(client.doc.get_state()))

    def send(client):
        if client.out:
            assert board.take(client.out.pop(0), client.right) is None
            board.settle(board.fresh)

    for who, step in steps:
        client = clients[who]
        if step == "send":
            send(client)
        elif step == "hear":
            hear(client)
        else:
            client.edit(*step)
    for client in clients:
        while client.out:
            send(client)
    for client in clients:
        hear(client)
    stored = Document(EMPTY, board.log)
    assert values(clients[0].doc) == values(clients[1].doc) == stands(board) == stands(stored)
    assert stored.figures() == board.figures()
    assert board.outline == stored.outline


def test_comments_and_clusters_are_observed_too(board):
    comment, cluster = number(), number()
    update = changed(
        board.client, put("comments", comment, pycrdt.Map({"note": board.yours, "text": "c", "by": "me"}))
    )
    assert board.take(update, ME) is None
    assert board.take(changed(document(), put("clusters", cluster, pycrdt.Map({"title": "t"}))), LEAD) is None
    assert board.outline.holds(COMMENTS, comment)
    assert board.outline.holds(CLUSTERS, cluster)
    assert not board.outline.holds(VOTES, "me")
    assert board.outline.holds(NOTES, board.mine)


# What yjs 13.6 in a browser sent: a note made, written anew twice in one transaction, removed and restored, two
# votes, a comment, an edit undone and redone; then all of it as one update, and merged.
RECORDED = json.loads(Path(__file__).with_name("yjs.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("way", [RECORDED["out"], [RECORDED["whole"]], [RECORDED["merged"]]])
def test_what_a_browser_sends_is_understood(way):
    board = Document(EMPTY)
    for update in (*way, RECORDED["whole"], RECORDED["merged"]):
        assert board.take(bytes.fromhex(update), ME) is None
    assert stands(board) == RECORDED["json"]
    assert updates.clocks(board.state) == updates.clocks(bytes.fromhex(RECORDED["sv"]))
