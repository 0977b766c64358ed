"""What a laboratory leaves: everything said in people's own words, and the numbers of its blocks.

Numbers hold no word of those who took part: what was weighed in a vote stands there by its name alone.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from cantiere.engine.board_content import BoardContent
from cantiere.engine.lab.frames import results
from cantiere.engine.lab.script import GroupsPlan, QuestionPlan, VotePlan
from cantiere.engine.lab.state import HELD, PAPER, Answers, LabState, typed_for
from cantiere.engine.live import Event

Json = dict[str, Any]


class Sort(StrEnum):
    """What kind of thing was said."""

    IDEA = "idea"
    WORDS = "words"
    NOTE = "note"
    CLUSTER = "cluster"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Said:
    """Something somebody said.

    ``ref`` is what it is called while the log exists; ``under`` that of what it belongs to: the idea it was
    merged into, its cluster, the note it comments. ``actor`` is who in the log said it, empty where no phone
    did; ``name`` what they wanted to be called, where the question asks for names. ``people`` is how many
    said it, ``dots`` what others gave for it, ``at`` when (milliseconds since 1970; 0 unknown), ``photo`` its
    picture, where it was written by hand.
    """

    ref: str
    sort: Sort
    block: str
    text: str
    actor: str = ""
    name: str = ""
    group: str = ""
    area: str = ""
    under: str = ""
    people: int = 1
    dots: int = 0
    at: int = 0
    held: bool = False
    in_room: bool = False
    photo: str = ""


def times_of(log: Iterable[Event]) -> dict[int, int]:
    """When each answer came, by its number."""
    return {event.seq: event.at for event in log if event.kind in {"answer", "paper"}}


def last_of(log: Iterable[Event]) -> dict[tuple[str, str], int]:
    """The number of everybody's last answer to each question, by block and actor as the answers have them."""
    found: dict[tuple[str, str], int] = {}
    for event in log:
        if event.kind == "answer":
            found[event.slot, event.actor] = event.seq
        elif event.kind == "paper":
            found[event.slot, f"{PAPER}{event.body['group']}:{event.seq}"] = event.seq
    return found


def said_in(lab: LabState, times: Mapping[int, int], last: Mapping[tuple[str, str], int]) -> Iterator[Said]:
    """Every idea and every word that was not taken back or removed, in the order of the log."""
    for key, answers in lab.answers.items():
        kept = {ref: idea for ref, idea in answers.ideas.items() if idea.stands}
        for ref, idea in kept.items():
            typed = idea.actor.startswith(PAPER)
            yield Said(
                ref=f"i{ref}",
                sort=Sort.IDEA,
                block=key,
                text=idea.text,
                actor="" if typed else idea.actor,
                name=idea.name,
                group=typed_for(idea.actor) if typed else "",
                under=f"i{idea.into}" if idea.into in kept else "",
                people=idea.people,
                dots=len(idea.ups),
                at=times.get(ref, 0),
                held=idea.state == HELD,
                in_room=typed,
            )
        yield from _words(lab, key, times, last)


def _words(
    lab: LabState, key: str, times: Mapping[int, int], last: Mapping[tuple[str, str], int]
) -> Iterator[Said]:
    question = lab.question_of(key)
    if question is None or question.kind != "words":
        return
    answers = lab.answers[key]
    for actor, value in answers.by.items():
        typed = actor.startswith(PAPER)
        yield Said(
            ref=f"a{last[key, actor]}",
            sort=Sort.WORDS,
            block=key,
            text=", ".join(value),
            actor="" if typed else actor,
            group=typed_for(actor) if typed else "",
            people=answers.people.get(actor, 1),
            at=times.get(last[key, actor], 0),
            in_room=typed,
        )


def on_board(
    key: str, board: BoardContent, areas: Mapping[str, tuple[str, str]], actors: Mapping[str, str]
) -> Iterator[Said]:
    """Every note, cluster and comment that stands on a board.

    ``areas`` are the blocks and titles of its areas by key, ``actors`` who in the log an author is.
    """
    begun, _dot, group = key.partition(".")
    where = {note.id: areas.get(note.area, (begun, "")) for note in board.notes}
    places = {cluster.id: areas.get(cluster.area, (begun, "")) for cluster in board.clusters}
    for note in board.notes:  # a cluster stands where its notes do
        places[note.cluster] = where[note.id]
    for cluster in board.clusters:
        block, area = places[cluster.id]
        dots = board.dots[cluster.id]
        yield Said(f"c{cluster.id}", Sort.CLUSTER, block, cluster.title, group=group, area=area, dots=dots)
    for note in board.notes:
        block, area = places[note.cluster] if note.cluster else where[note.id]
        yield Said(
            ref=f"n{note.id}",
            sort=Sort.NOTE,
            block=block,
            text=note.text,
            actor=actors.get(note.by, ""),
            group=group,
            area=area,
            under=f"c{note.cluster}" if note.cluster else "",
            dots=board.dots[note.id],
            in_room=note.room,
            photo=note.photo,
        )
    for comment in board.comments:
        block, area = where[comment.note]
        yield Said(
            ref=f"m{comment.id}",
            sort=Sort.COMMENT,
            block=block,
            text=comment.text,
            actor=actors.get(comment.by, ""),
            group=group,
            area=area,
            under=f"n{comment.note}",
        )


def counted(everything: Sequence[Said]) -> list[Said]:
    """The same, each with how many people said it: those too whose words stand under it, everybody once."""
    by_ref = {said.ref: said for said in everything}
    speakers: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for said in everything:
        if said.sort in {Sort.CLUSTER, Sort.COMMENT}:
            continue
        for ref in _upwards(said, by_ref):
            speakers[ref][said.actor or said.ref] = said.people
    return [replace(said, people=sum(speakers[said.ref].values()) or said.people) for said in everything]


def _upwards(said: Said, by_ref: Mapping[str, Said]) -> Iterator[str]:
    """What it is called, and what it stands under."""
    seen: set[str] = set()
    here: Said | None = said
    while here is not None and here.ref not in seen:
        seen.add(here.ref)
        yield here.ref
        here = by_ref.get(here.under)


def above_of(by_ref: Mapping[str, Said]) -> dict[str, set[str]]:
    """Of each what it stands under, directly or not."""
    return {ref: set(_upwards(said, by_ref)) - {ref} for ref, said in by_ref.items()}


def numbers_of(lab: LabState, key: str) -> Json:
    """The numbers of a block: lines with the words of their options, never those of people."""
    block = lab.script.blocks[key]
    if isinstance(block.plan, GroupsPlan):
        seated = Counter(lab.seats_in(key).values())
        tables = [
            {"key": table.key, "name": table.name, "people": seated[table.key]}
            for table in lab.script.tables_of(block.plan)
        ]
        areas = [asdict(area) for area in block.plan.areas]
        return {"people": seated.total(), "tables": tables, "areas": areas}
    if not isinstance(block.plan, QuestionPlan | VotePlan):
        return {}
    found = results(lab, key) or {"people": 0, "lines": []}
    found["ideas"] = sum(idea.stands for idea in lab.answers_to(key).ideas.values())
    for told in (found, found.get("before") or {}):
        told["lines"] = _lines(told.get("lines", ()), block.plan)
    if not _is_ours(block.plan):
        found.pop("shift", None)
    return found


def _is_ours(plan: QuestionPlan | VotePlan) -> bool:
    """Whether the lines of a result are not made of what people wrote."""
    return isinstance(plan, VotePlan) or plan.asks not in {"words", "ideas"}


def _lines(lines: Iterable[Json], plan: QuestionPlan | VotePlan) -> list[Json]:
    """Of what was weighed in a vote only the name, and only where somebody chose it."""
    if not _is_ours(plan):
        return []
    if not isinstance(plan, VotePlan):
        return list(lines)
    chosen = sorted((line for line in lines if line["count"]), key=lambda line: -line["count"])
    return [line | {"text": "", "said": None, "ref": weighed(line["key"])} for line in chosen]


def weighed(key: str) -> str:
    """What an option of a vote is called among all that was said: ideas ``i12``, items of the wall ``w…``."""
    return key if key.startswith("i") else key.removeprefix("w")


def attendance(lab: LabState) -> Json:
    """How many came in, how many of them from afar, how many worked on paper, how many groups were sat in."""
    on_paper: Counter[str] = Counter()
    for answers in lab.answers.values():
        on_paper |= _on_paper(answers)  # the same people answer one question after the other
    tables = {group for seats in lab.seats.values() for group in seats.values()}
    return {
        "entered": len(lab.people),
        "online": sum(lab.people.values()),
        "paper": on_paper.total(),
        "groups": len(tables | {group for group in on_paper if group}),
    }


def _on_paper(answers: Answers) -> Counter[str]:
    """How many answered a question on paper, by group: all hands together, of lines whoever sat there."""
    hands: Counter[str] = Counter()
    sat: Counter[str] = Counter()
    people = answers.people_on_paper()
    for ref, name in answers.on_paper().items():
        group = typed_for(name)
        if name in answers.among:
            sat[group] = max(sat[group], answers.among[name])
        else:
            hands[group] += people[ref]
    return hands | sat


def few_together(counts: Mapping[str, int], fewest: int) -> tuple[dict[str, int], int]:
    """Counts of at least ``fewest``, and how many the others are together; none stands out by subtraction.

    The rest is nothing or itself at least ``fewest``: else the smallest of the others joins it.
    """
    shown = {key: count for key, count in counts.items() if count >= fewest}
    rest = sum(counts.values()) - sum(shown.values())
    while 0 < rest < fewest and shown:
        smallest = min(shown, key=lambda key: (shown[key], key))
        rest += shown.pop(smallest)
    return shown, rest
