"""What a schema that can be read must still be: names once, lists known, nothing asked of the future."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import chain

from cantiere.engine.questionnaire.cleaning import Wrong, clean
from cantiere.engine.questionnaire.expressions import references, uses_own_value
from cantiere.engine.questionnaire.schema import (
    NUMBERS,
    OTHER,
    PLACES,
    SELECTS,
    TEXTS,
    Expression,
    Group,
    Kind,
    Question,
    Schema,
)

APPEARANCES = {Kind.TEXT: {"", "multiline"}, Kind.SELECT_ONE: {"", "minimal", "likert"}}
LONGEST_TEXT = 20_000


def check(schema: Schema) -> list[str]:
    """Everything to mend, in order; empty when the schema is sound."""
    found = [*_names(schema), *_lists(schema)]
    for question in schema.questions():
        found += [f"Question “{question.name}”: {what}" for what in _question(schema, question)]
    return found + list(_order(schema))


def _twice(names: Iterator[str] | list[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def _names(schema: Schema) -> Iterator[str]:
    if not schema.groups:
        yield "The questionnaire: it has no groups: add a page of questions"
    for name in _twice([group.name for group in schema.groups]):
        yield f"Group “{name}”: two groups have this name: give one another"
    for group in schema.groups:
        if not group.questions:
            yield f"Group “{group.name}”: it has no questions: add one, or take the group away"
    names = chain.from_iterable(question.names or (question.name,) for question in schema.questions())
    for name in _twice(list(names)):
        yield f"Question “{name}”: two answers have this name (or_other adds one in _{OTHER}): rename one"
    for name in _twice([question.bind for question in schema.questions() if question.bind]):
        yield f"The questionnaire: two questions are bound to the field “{name}”: bind one"


def _lists(schema: Schema) -> Iterator[str]:
    used = {question.list for question in schema.questions() if question.or_other}
    for name, choices in schema.lists.items():
        for code in _twice([choice.code for choice in choices]):
            yield f"List “{name}”: the code “{code}” is there twice: give one another"
        if name in used and OTHER in {choice.code for choice in choices}:
            yield f"List “{name}”: or_other adds the code “{OTHER}” itself: take it out of the list"


def _question(schema: Schema, question: Question) -> Iterator[str]:
    kind = question.type
    if kind in SELECTS and question.list not in schema.lists:
        yield f"the list “{question.list}” does not exist: add it to “lists” or name another"
    if kind not in SELECTS and (question.list or question.or_other):
        yield f"“list” and “or_other” are for {' and '.join(sorted(SELECTS))}: take them away"
    if kind in PLACES and not question.kinds:
        yield "“kinds” must say which places, as ['municipality']"
    if kind not in PLACES and question.kinds:
        yield "“kinds” is for place and places: take it away"
    if question.appearance not in APPEARANCES.get(kind, {""}):
        known = ", ".join(sorted(filter(None, APPEARANCES.get(kind, ())))) or "none"
        yield f"the appearance “{question.appearance}” is not known for {kind}: {known}"
    if kind is Kind.NOTE and (question.required or question.constraint or question.bind):
        yield "a note asks nothing: take away required, constraint and bind"
    if question.constraint_message and not question.constraint:
        yield "“constraint_message” has no constraint: write one, or take it away"
    if question.read_only and question.required is not False and question.default is None:
        yield "it is read_only and required without a default: nobody could answer"
    bounds = list(_bounds(question))
    yield from bounds
    if not bounds and question.default is not None:
        yield from _default(schema, question)


def _default(schema: Schema, question: Question) -> Iterator[str]:
    def find(written: str | int, kinds: Sequence[str]) -> int:
        if isinstance(written, int) and kinds:
            return written
        raise Wrong("place")

    try:
        clean(schema, question, question.default, name=question.name, find=find)
    except Wrong as wrong:
        yield f"the default “{question.default}” is no answer to it ({wrong.code}): correct it"


def _bounds(question: Question) -> Iterator[str]:
    longest = question.max_length
    if longest is not None:
        if question.type not in TEXTS:
            yield f"“max_length” is for texts, not for {question.type}: take it away"
        elif isinstance(longest, bool) or not isinstance(longest, int) or not 1 <= longest <= LONGEST_TEXT:
            yield f"“max_length” must be a whole number from 1 to {LONGEST_TEXT}"
    bounds = [bound for bound in (question.min, question.max) if bound is not None]
    if not bounds:
        return
    sound: Callable[[object], bool] | None = None
    if question.type in NUMBERS:
        sound = _is_number
    elif question.type is Kind.DATE:
        sound = _is_day
    if sound is None:
        yield f"“min” and “max” are for numbers and dates, not for {question.type}: take them away"
    elif not all(map(sound, bounds)):
        wanted = "ISO dates" if question.type is Kind.DATE else "numbers"
        yield f"“min” and “max” of {question.type} must be {wanted}"
    elif len(bounds) == 2 and bounds[0] > bounds[1]:  # type: ignore[operator]
        yield "“min” is above “max”: exchange them"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _order(schema: Schema) -> Iterator[str]:
    """Every expression speaks only of what was asked before; only a constraint may speak of itself."""
    known, before = set(schema.by_name), set[str]()
    for group in schema.groups:
        yield from _group_order(group, known, before)
        for question in group.questions:
            where = f"Question “{question.name}”"
            for name in ("required", "relevant", "constraint"):
                expression = getattr(question, name)
                own = set(question.names) if name == "constraint" else set()
                if isinstance(expression, Expression):
                    yield from _spoken(f"{where}: “{name}”", expression, known, before | own)
                    if name != "constraint" and uses_own_value(expression.ast):
                        yield f"{where}: “{name}” speaks of its own answer with “.”: that would be a circle"
            before |= set(question.names)


def _group_order(group: Group, known: set[str], before: set[str]) -> Iterator[str]:
    if group.relevant is None:
        return
    yield from _spoken(f"Group “{group.name}”: “relevant”", group.relevant, known, before)
    if uses_own_value(group.relevant.ast):
        yield f"Group “{group.name}”: “relevant” cannot use “.”: a page has no answer of its own"


def _spoken(where: str, expression: Expression, known: set[str], before: set[str]) -> Iterator[str]:
    for name in references(expression.ast):
        if name not in known:
            yield f"{where} speaks of ${{{name}}}, which does not exist: correct the name"
        elif name not in before:
            yield f"{where} speaks of ${{{name}}}, which is asked later or here: move it before"
