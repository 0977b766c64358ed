"""A show of hands as answers: so many hands for each option, among so many people."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from cantiere.engine.voting import Question, RefusedError

COUNTED = frozenset({"single", "quiz", "scale", "multiple", "statements"})


def shared_out(question: Question, hands: Mapping[str, int], people: int) -> list[tuple[Any, int]]:
    """Answers that count the same as these hands, each with how many people give it.

    Nobody wrote down who raised a hand for what. Where several options may be chosen hands are dealt out in
    turn, so that nobody has two for one option and nobody more than is allowed. For statements hands are told
    by ``statement:stance``. :class:`RefusedError` where that cannot be.
    """
    raised = {option: count for option, count in hands.items() if count}
    if not raised:
        raise RefusedError("nothing_chosen")
    if question.kind == "statements":
        return _stances(raised, people)
    if question.kind != "multiple":
        if sum(raised.values()) > people:
            raise RefusedError("more_hands", most=people)
        return list(raised.items())
    if max(raised.values()) > people or sum(raised.values()) > people * question.most:
        raise RefusedError("more_hands", most=people)
    dealt: list[list[str]] = [[] for _ in range(people)]
    for place, option in enumerate(option for option, count in raised.items() for _hand in range(count)):
        dealt[place % people].append(option)
    counted = Counter(tuple(chosen) for chosen in dealt if chosen)
    return [(list(chosen), count) for chosen, count in counted.items()]


def _stances(raised: Mapping[str, int], people: int) -> list[tuple[Any, int]]:
    """Each statement is answered by the first so many of these people; the others leave it out."""
    dealt: list[dict[str, str]] = [{} for _ in range(people)]
    spoken: Counter[str] = Counter()
    for named, count in raised.items():
        statement, _colon, stance = named.rpartition(":")
        if spoken[statement] + count > people:
            raise RefusedError("more_hands", most=people)
        for person in range(spoken[statement], spoken[statement] + count):
            dealt[person][statement] = stance
        spoken[statement] += count
    counted = Counter(tuple(each.items()) for each in dealt if each)
    return [(dict(stances), count) for stances, count in counted.items()]
