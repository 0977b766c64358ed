"""Answers to choose from, written one a line: who changes the words of one keeps its key, so its votes."""

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from cantiere.engine.lab.script import Option

MOST_OPTIONS, LONGEST_OPTION = 20, 120


def lines_of(text: str) -> list[str]:
    """The lines that say something, without the signs of a list."""
    found = (" ".join(line.strip(" \t-*•").split()) for line in text.splitlines())
    return [line for line in found if line]


def kept(old: Sequence[Option], texts: Sequence[str], new_key: Callable[[], str]) -> tuple[Option, ...]:
    """An option for each text: an old one that was moved or reworded keeps its key, others get a new one."""
    keys = {option.text: option.key for option in old}
    found = {place: keys[text] for place, text in enumerate(texts) if text in keys}
    matcher = SequenceMatcher(None, [option.text for option in old], texts, autojunk=False)
    for change, first, last, begin, end in matcher.get_opcodes():
        if change == "replace":
            free = [option.key for option in old[first:last] if option.key not in found.values()]
            reworded = [place for place in range(begin, end) if place not in found]
            found |= dict(zip(reworded, free, strict=False))
    return tuple(Option(found.get(place) or new_key(), text) for place, text in enumerate(texts))
