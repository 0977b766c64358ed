"""An evening of two hundred people at forty tables: from its last event to its minutes, its harvest, its files."""

import random
import secrets
import time

import django

django.setup()

from cantiere.activities.labs.actions.ending import finish  # noqa: E402
from cantiere.activities.labs.actions.harvest import harvest  # noqa: E402
from cantiere.activities.labs.files.document import document  # noqa: E402
from cantiere.activities.labs.models import Lab  # noqa: E402
from cantiere.activities.labs.queries.outcome import outcome  # noqa: E402
from cantiere.activities.labs.rights import author_of  # noqa: E402
from cantiere.engine.board import Change  # noqa: E402
from tests.bench.meter import idle, line  # noqa: E402
from tests.factories import labs  # noqa: E402
from tests.factories.accounts import person  # noqa: E402

PEOPLE, TABLES, NOTES, CLUSTERS = 200, 40, 30, 4  # notes and clusters of each board
TARGET = 5.0  # seconds
WORDS = ("scuola", "strada", "piazza", "lavoro", "acqua", "festa", "argine", "bottega", "bosco", "treno")


def _board(play, dice, key, table):
    """Notes of those who sit there, most of them grouped, some with dots and remarks; one commit a person."""
    clusters = [secrets.token_hex(6) for _ in range(CLUSTERS)]
    named = [
        Change("clusters", each, {"title": " ".join(dice.sample(WORDS, 2)), "area": "s"}, made=True)
        for each in clusters
    ]
    play.board(key, *named)
    for place, who in enumerate(table):
        author, made = author_of(play.room, who.actor), []
        for _note in range(NOTES // len(table)):
            said = {"text": " ".join(dice.choices(WORDS, k=9)), "by": author, "area": dice.choice("sw")}
            grouped = {"cluster": dice.choice(clusters)} if dice.random() < 0.7 else {}
            made.append(Change("notes", secrets.token_hex(6), said | grouped, made=True))
        remark = {"note": made[0].id, "text": " ".join(dice.choices(WORDS, k=5)), "by": author}
        dots = {made[0].id: 1, clusters[place % CLUSTERS]: 2}
        remarks = [Change("comments", secrets.token_hex(6), remark, made=True)]
        play.board(key, *made, *remarks, Change("votes", author, dots, made=True), who=who)


def evening():
    """Two questions, work at the tables, a vote: ended and kept, nothing added up yet."""
    dice, own = random.Random(200), labs.lab()
    ideas = labs.question(own, "Che cosa manca", key="ideas", most=3, upvotes=True, hidden=False)
    scale = labs.question(own, "Come stiamo", key="scale", asks="scale")
    tables = labs.block(own, "groups", "Ai tavoli", key="groups", areas=labs.AREAS, dots=3)
    vote = labs.block(own, "vote", "Che cosa conta di più", key="vote", of="ideas", most=3)
    for _table in range(TABLES):
        labs.group(own)
    play = labs.Play(own)
    here = [play.join(f"Nome {number}") for number in range(PEOPLE)]
    play.go(ideas)
    refs = [
        play.answer(who, ideas, " ".join(dice.choices(WORDS, k=12))) for who in here for _idea in range(2)
    ]
    play.go(scale)
    for who in here:
        play.answer(who, scale, dice.randint(1, 5))
    play.go(tables)
    seats = {f"t{number + 1}": here[number::TABLES] for number in range(TABLES)}
    play.seat(tables, **seats)
    for key, table in seats.items():
        _board(play, dice, f"groups.{key}", table)
    play.go(vote)
    for who in here:
        play.answer(who, vote, [f"i{ref}" for ref in dice.sample(refs, 3)])
    return play.end()


def _timed(act):
    begun = time.perf_counter()
    found = act()
    return time.perf_counter() - begun, found


def main():
    """Print what was measured beside its target."""
    lab, by = evening(), person()
    print(f"An evening of {PEOPLE} people, {TABLES} boards of {NOTES} notes ({idle()}):", flush=True)

    def fresh():
        return Lab.objects.select_related(*Lab.address_related).get(pk=lab.pk)

    took, _done = _timed(lambda: finish(lab=fresh(), by=by))
    line("closed → numbers and minutes drafted", f"{took:.2f} s", f"≤ {TARGET:g} s", met=took <= TARGET)
    took, written = _timed(lambda: harvest(by=by, lab=fresh()))
    more = f"{written} contributions"
    line("gathered → minutes with them", f"{took:.2f} s", f"≤ {TARGET:g} s", met=took <= TARGET, more=more)
    took, found = _timed(lambda: outcome(fresh()))
    line("read for the page of results", f"{took:.2f} s", more=f"{found.contributions} contributions")
    took, paper = _timed(lambda: document(fresh()))
    line(
        "accessible PDF",
        f"{took:.2f} s",
        f"≤ {TARGET:g} s",
        met=took <= TARGET,
        more=f"{len(paper) // 1000} kB",
    )
    assert len(fresh().minutes) > written


if __name__ == "__main__":
    main()
