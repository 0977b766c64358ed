"""From text to tree: a tokenizer and a Pratt parser, with limits that keep every tree small."""

import re
from dataclasses import dataclass

from cantiere.engine.questionnaire.expressions.tree import BINDING, FLAT, FUNCTIONS, NEGATION, Ast
from cantiere.engine.questionnaire.patterns import Pattern, PatternError

LONGEST = 4000  # characters
DEEPEST = 60  # levels of the tree
FIGURES = 15  # what a double holds exactly

_TOKEN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<ref>\$\{\s*(?P<name>[A-Za-z_][A-Za-z0-9_.-]*)\s*\})
    | (?P<number>\d+(?:\.\d*)?|\.\d+)
    | (?P<string>'[^']*'|"[^"]*")
    | (?P<op><=|>=|!=|[=<>+*-])
    | (?P<word>[A-Za-z_][A-Za-z0-9_-]*)
    | (?P<sign>[(),.])
    """,
    re.VERBOSE | re.ASCII,
)
_MISTAKES = {
    "==": "write = for “is equal to”",
    "&&": "write and",
    "||": "write or",
    "!": "write not(…) or !=",
    "$": "write a question as ${name}",
    "/": "write div to divide",
    "%": "write mod for what is left of a division",
    "‘": "write straight quotes",
    "’": "write straight quotes",
    "“": "write straight quotes",
    "”": "write straight quotes",
    "'": "close the quotes",
    '"': "close the quotes",
}


class ExpressionError(ValueError):
    """An expression that cannot be read; ``position`` counts characters from 1."""

    def __init__(self, why: str, position: int) -> None:
        super().__init__(f"{why} (character {position})")
        self.why = why
        self.position = position


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the source: its sort, its text, and where it stands (from 1)."""

    sort: str
    text: str
    at: int


def parse(source: str) -> Ast:
    """The tree of an expression; :class:`ExpressionError` says where it cannot be read and why."""
    if len(source) > LONGEST:
        raise ExpressionError(f"an expression has at most {LONGEST} characters", LONGEST)
    return _Parser(_tokens(source)).whole()


def _tokens(source: str) -> list[Token]:
    tokens, at = [], 0
    while at < len(source):
        found = _TOKEN.match(source, at)
        if found is None or source.startswith("==", at):
            hint = _MISTAKES.get(source[at : at + 2]) or _MISTAKES.get(source[at])
            raise ExpressionError(hint or f"“{source[at]}” means nothing here", at + 1)
        sort = str(found.lastgroup)
        if found["ref"]:
            tokens.append(Token("ref", found["name"], at + 1))
        elif sort == "number" and sum(map(str.isdigit, found[0])) > FIGURES:
            raise ExpressionError(f"a number has at most {FIGURES} figures", at + 1)
        elif sort != "space":
            tokens.append(Token(sort, found[0], at + 1))
        at = found.end()
    return [*tokens, Token("end", "", len(source) + 1)]


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.index = 0
        self.open = 0

    @property
    def here(self) -> Token:
        return self.tokens[self.index]

    def take(self) -> Token:
        token = self.here
        self.index += 1
        return token

    def whole(self) -> Ast:
        if self.here.sort == "end":
            raise ExpressionError("nothing is written", 1)
        tree = self.expression(0)
        if self.here.sort != "end":
            raise ExpressionError(f"an operator is missing before “{self.here.text}”", self.here.at)
        if height(tree) > DEEPEST:
            raise ExpressionError("too many things inside each other: split the question", 1)
        return tree

    def expression(self, least: int) -> Ast:
        self.open += 1
        if self.open > DEEPEST * 2:
            raise ExpressionError("too many things inside each other: split the question", self.here.at)
        left = self.operand()
        while (operator := self.operator()) is not None and BINDING[operator] > least:
            self.take()
            right = self.expression(BINDING[operator])
            if operator in FLAT and left.get("op") == operator:
                left = {"op": operator, "args": [*left["args"], right]}
            else:
                left = {"op": operator, "args": [left, right]}
        self.open -= 1
        return left

    def operator(self) -> str | None:
        token = self.here
        return token.text if token.sort in {"op", "word"} and token.text in BINDING else None

    def operand(self) -> Ast:  # noqa: PLR0911 (one way out for each sort of token)
        token = self.take()
        match token.sort, token.text:
            case "number", text:
                number = float(text)
                return {"value": int(number) if number.is_integer() else number}
            case "string", text:
                return {"value": text[1:-1]}
            case "ref", name:
                return {"ref": name}
            case "sign", ".":
                return {"own": True}
            case "sign", "(":
                inside = self.expression(0)
                self.expect(")", token)
                return inside
            case "op", "-":
                return {"op": "neg", "args": [self.expression(NEGATION - 1)]}
            case "word", name:
                return self.call(token, name)
            case "end", _:
                raise ExpressionError("something is missing at the end", token.at)
        raise ExpressionError(f"“{token.text}” cannot stand here", token.at)

    def call(self, token: Token, name: str) -> Ast:
        if self.here.text != "(" or self.here.sort != "sign":
            hint = f"write '{name}' for a code, ${{{name}}} for a question"
            raise ExpressionError(f"“{name}” is neither a function nor an operator: {hint}", token.at)
        if name not in FUNCTIONS:
            raise ExpressionError(
                f"there is no function {name}(): use {', '.join(sorted(FUNCTIONS))}", token.at
            )
        opened = self.take()
        arguments: list[Ast] = []
        if not (self.here.sort == "sign" and self.here.text == ")"):
            arguments.append(self.expression(0))
            while self.here.sort == "sign" and self.here.text == ",":
                self.take()
                arguments.append(self.expression(0))
        self.expect(")", opened)
        fewest, most = FUNCTIONS[name]
        if not fewest <= len(arguments) <= most:
            wanted = str(fewest) if fewest == most else f"{fewest} to {most}"
            raise ExpressionError(f"{name}() takes {wanted} things, not {len(arguments)}", token.at)
        if name == "regex":
            _check_pattern(arguments[1], token)
        return {"call": name, "args": arguments}

    def expect(self, sign: str, opened: Token) -> None:
        if self.here.sort != "sign" or self.here.text != sign:
            raise ExpressionError(f"“{sign}” is missing for the “(” of character {opened.at}", self.here.at)
        self.take()


def _check_pattern(pattern: Ast, token: Token) -> None:
    if not isinstance(pattern.get("value"), str):
        raise ExpressionError("regex() wants its pattern between quotes", token.at)
    try:
        Pattern(pattern["value"])
    except PatternError as refused:
        raise ExpressionError(f"the pattern of regex(): {refused}", token.at) from refused


def height(tree: Ast) -> int:
    """How many levels a tree has; counted without recursion."""
    levels, row = 0, [tree]
    while row:
        levels += 1
        row = [child for node in row for child in node.get("args", ())]
    return levels
