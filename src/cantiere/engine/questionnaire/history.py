"""Versions of one questionnaire: what a name or a code has meant, it goes on meaning."""

from collections.abc import Iterator, Sequence

from cantiere.engine.questionnaire.schema import SELECTS, Question, Schema
from cantiere.engine.words import fold


def compare(new: Schema, earlier: Sequence[tuple[int, Schema]]) -> list[str]:
    """Why ``new`` may not follow versions ``(number, schema)``; empty when it may.

    A question keeps its type under its name. A code keeps its meaning: another label is refused, unless the
    schema lists ``list/code`` under ``reworded``, which says that only the words are new.
    """
    found: list[str] = []
    for name, question in new.by_name.items():
        if name != question.name:
            continue
        for number, old in earlier:
            before = old.by_name.get(name)
            if before is not None and (before.name != name or before.type is not question.type):
                found.append(
                    f"Question “{name}”: in version {number} it was {before.type}, now it is "
                    f"{question.type}: give the new question another name"
                )
                break
        else:
            found += _codes(new, question, earlier)
    return list(dict.fromkeys(found))


def _codes(new: Schema, question: Question, earlier: Sequence[tuple[int, Schema]]) -> Iterator[str]:
    if question.type not in SELECTS:
        return
    meant: dict[str, dict[str, int]] = {}
    for number, old in earlier:
        before = old.by_name.get(question.name)
        for choice in old.choices(before) if before is not None else ():
            meant.setdefault(choice.code, {})[_first(old, choice.label)] = number
    for choice in new.choices(question):
        label = _first(new, choice.label)
        known = meant.get(choice.code, {})
        if (
            known
            and fold(label) not in map(fold, known)
            and f"{question.list}/{choice.code}" not in new.reworded
        ):
            words, number = list(known.items())[-1]
            yield (
                f"List “{question.list}”: the code “{choice.code}” meant “{words}” in version {number} and "
                f"now “{label}”: give the new meaning a new code, or add “{question.list}/{choice.code}” to "
                "“reworded”"
            )


def _first(schema: Schema, words: object) -> str:
    return schema.text(words, schema.languages[0])  # type: ignore[arg-type]
