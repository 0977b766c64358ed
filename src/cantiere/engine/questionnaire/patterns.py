r"""Regular expressions that no text can make slow: a small language, run as a set of states.

Taken are characters, ``.``, classes (``[a-z]``, ``[^0-9]``), ``\d \w \s`` and their capitals (ASCII),
groups, ``|``, and ``* + ? {2} {2,} {2,5}``. The whole text must fit, as ODK defines ``regex()``; ``^`` at the
beginning and ``$`` at the end may be written and change nothing. The time grows with text × pattern, never
faster.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache

LONGEST_PATTERN = 500
LONGEST_TEXT = 1000
MOST_STATES = 1000
MOST_REPEATS = 500
DEEPEST = 40

Fits = Callable[[str], bool]
_DIGITS = frozenset("0123456789")
_WORD = _DIGITS | frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_")
_SPACE = frozenset(" \t\n\r\f\v")
_CLASSES = {"d": _DIGITS, "w": _WORD, "s": _SPACE}
_PLAIN = {"n": "\n", "t": "\t", "r": "\r"}
_SPECIAL = frozenset("\\^$.|?*+()[]{}-/")


class PatternError(ValueError):
    """A pattern outside the language."""


class _States:
    """An automaton: edges that take a character, and jumps that take none."""

    def __init__(self) -> None:
        self.edges: list[tuple[Fits, int] | None] = []
        self.jumps: list[list[int]] = []

    def new(self) -> int:
        if len(self.edges) >= MOST_STATES:
            raise PatternError("it repeats too much: write a shorter one")
        self.edges.append(None)
        self.jumps.append([])
        return len(self.edges) - 1


# A piece adds itself to the automaton from a state on and gives the state it ends in.
Piece = Callable[[_States, int], int]


def _character(fits: Fits) -> Piece:
    def add(states: _States, start: int) -> int:
        end = states.new()
        own = states.new()
        states.jumps[start].append(own)
        states.edges[own] = (fits, end)
        return end

    return add


def _sequence(pieces: list[Piece]) -> Piece:
    def add(states: _States, start: int) -> int:
        for piece in pieces:
            start = piece(states, start)
        return start

    return add


def _either(branches: list[Piece]) -> Piece:
    def add(states: _States, start: int) -> int:
        end = states.new()
        for branch in branches:
            first = states.new()
            states.jumps[start].append(first)
            states.jumps[branch(states, first)].append(end)
        return end

    return add


def _repeated(piece: Piece, fewest: int, most: int | None) -> Piece:
    def add(states: _States, start: int) -> int:
        for _time in range(fewest):
            start = piece(states, start)
        end = states.new()
        if most is None:
            loop = states.new()
            states.jumps[start].append(loop)
            states.jumps[piece(states, loop)].append(loop)
            states.jumps[loop].append(end)
            return end
        for _time in range(most - fewest):
            states.jumps[start].append(end)
            start = piece(states, start)
        states.jumps[start].append(end)
        return end

    return add


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.depth = 0

    @property
    def here(self) -> str:
        return self.source[self.at : self.at + 1]

    def take(self) -> str:
        sign = self.here
        if not sign:
            raise PatternError("it ends too early")
        self.at += 1
        return sign

    def alternatives(self) -> Piece:
        self.depth += 1
        if self.depth > DEEPEST:
            raise PatternError("too many brackets inside each other")
        branches = [self.sequence()]
        while self.here == "|":
            self.take()
            branches.append(self.sequence())
        self.depth -= 1
        return branches[0] if len(branches) == 1 else _either(branches)

    def sequence(self) -> Piece:
        pieces: list[Piece] = []
        while self.here not in {"", "|", ")"}:
            pieces.append(self.repetition(self.single()))
        return _sequence(pieces)

    def single(self) -> Piece:
        sign = self.take()
        if sign == "(":
            return self.group()
        if sign == "[":
            return _character(self.set_of())
        if sign == ".":
            return _character(lambda character: character != "\n")
        if sign == "\\":
            return _character(self.escaped())
        if sign in "*+?{":
            raise PatternError(f"“{sign}” repeats nothing: write \\{sign} for the sign itself")
        if sign in "^$":
            raise PatternError(f"“{sign}” stands only at the {'beginning' if sign == '^' else 'end'}")
        return _character(_only(sign))

    def group(self) -> Piece:
        if self.source.startswith("?:", self.at):
            self.at += 2
        elif self.here == "?":
            raise PatternError("look-ahead and named groups are not taken")
        inside = self.alternatives()
        if self.here != ")":
            raise PatternError("a bracket “(” is not closed")
        self.take()
        return inside

    def escaped(self) -> Fits:
        sign = self.take()
        if sign.lower() in _CLASSES:
            return _within(_CLASSES[sign.lower()], ranges=(), outside=sign.isupper())
        if sign in _PLAIN:
            return _only(_PLAIN[sign])
        if sign in _SPECIAL or not sign.isalnum():
            return _only(sign)
        raise PatternError(f"“\\{sign}” is not taken")

    def set_of(self) -> Fits:
        outside = self.here == "^"
        if outside:
            self.take()
        single: set[str] = set()
        ranges: list[tuple[str, str]] = []
        while self.here != "]":
            first = self.member(single)
            if first is None:
                continue
            if self.here == "-" and self.source[self.at + 1 : self.at + 2] not in {"]", ""}:
                self.take()
                last = self.member(single)
                if last is None or last < first:
                    raise PatternError("a range in […] goes from a smaller sign to a larger one")
                ranges.append((first, last))
            else:
                single.add(first)
        self.take()
        if not single and not ranges:
            raise PatternError("[] is empty")
        return _within(single, ranges=tuple(ranges), outside=outside)

    def member(self, single: set[str]) -> str | None:
        r"""A sign inside brackets; a class like ``\d`` is added whole and gives nothing."""
        sign = self.take()
        if sign != "\\":
            return sign
        sign = self.take()
        if sign in _CLASSES:
            single |= _CLASSES[sign]
            return None
        if sign in _PLAIN:
            return _PLAIN[sign]
        if sign in _SPECIAL or not sign.isalnum():
            return sign
        raise PatternError(f"“\\{sign}” is not taken inside […]")

    def repetition(self, piece: Piece) -> Piece:
        sign = self.here
        if sign not in {"*", "+", "?", "{"}:
            return piece
        self.take()
        fewest, most = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(sign) or self.times()
        if self.here in {"?", "+", "*", "{"}:
            raise PatternError("two signs that repeat stand together")
        return _repeated(piece, fewest, most)

    def times(self) -> tuple[int, int | None]:
        closing = self.source.find("}", self.at)
        first, comma, last = self.source[self.at : max(closing, self.at)].partition(",")
        written = [first, *([last] if last else [])]
        if closing < 0 or not all(part.isascii() and part.isdigit() and len(part) < 5 for part in written):
            raise PatternError("repetitions are written {2}, {2,} or {2,5}")
        self.at = closing + 1
        fewest = int(first)
        most = (int(last) if last else None) if comma else fewest
        if fewest > MOST_REPEATS or (most is not None and not fewest <= most <= MOST_REPEATS):
            raise PatternError(f"repetitions go from fewer to more, and to {MOST_REPEATS} at most")
        return fewest, most


def _only(sign: str) -> Fits:
    return lambda character: character == sign


def _within(single: Iterable[str], *, ranges: tuple[tuple[str, str], ...], outside: bool) -> Fits:
    known = frozenset(single)

    def fits(character: str) -> bool:
        inside = character in known or any(first <= character <= last for first, last in ranges)
        return inside != outside

    return fits


class Pattern:
    """A pattern made ready; :class:`PatternError` says what it may not hold."""

    def __init__(self, source: str) -> None:
        if len(source) > LONGEST_PATTERN:
            raise PatternError(f"it has at most {LONGEST_PATTERN} characters")
        inner = source.removeprefix("^")
        if inner.endswith("$") and not _is_escaped(inner):
            inner = inner[:-1]
        reader = _Reader(inner)
        piece = reader.alternatives()
        if reader.here:
            raise PatternError("a bracket “)” was never opened")
        self.states = _States()
        self.start = self.states.new()
        self.end = piece(self.states, self.start)

    def fits(self, text: str) -> bool:
        """Whether the whole text fits; one longer than 1,000 characters never does."""
        if len(text) > LONGEST_TEXT:
            return False
        now = self._reached([self.start])
        for character in text:
            ahead = [
                edge[1]
                for state in now
                if (edge := self.states.edges[state]) is not None and edge[0](character)
            ]
            if not ahead:
                return False
            now = self._reached(ahead)
        return self.end in now

    def _reached(self, states: list[int]) -> set[int]:
        """These states and all that jumps lead to."""
        seen, waiting = set(states), list(states)
        while waiting:
            for following in self.states.jumps[waiting.pop()]:
                if following not in seen:
                    seen.add(following)
                    waiting.append(following)
        return seen


def _is_escaped(source: str) -> bool:
    """Whether the last sign has an odd number of backslashes before it."""
    before = source[:-1]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


@lru_cache(maxsize=256)
def _pattern(source: str) -> Pattern | None:
    try:
        return Pattern(source)
    except PatternError:
        return None


def matches(source: str, text: str) -> bool:
    """Whether a whole text fits a pattern; what is no pattern fits nothing."""
    pattern = _pattern(source)
    return pattern is not None and pattern.fits(text)
