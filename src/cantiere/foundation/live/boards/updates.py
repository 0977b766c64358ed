"""What a Yjs update is made of, read before it is applied.

Merging never fails and never asks: whatever an update says becomes part of the document, and what it builds
on may come later. So the outside of each is looked at first (`lib0` encoding, version 1): whose parts it
brings, what they build on, and that it holds nothing but plain values in maps, which is all that a board is
made of.
"""

from dataclasses import dataclass, field

import pycrdt

from cantiere.engine.board import ROOTS

MOST_PARTS = 6_000
_ROOTS = frozenset(ROOTS)
_GONE, _DELETED, _TYPE, _ANY = 0, 1, 7, 8
_MAP = 1
_KIND, _HAS_KEY, _HAS_RIGHT, _HAS_LEFT = 0b11111, 0b100000, 0b1000000, 0b10000000
_DEEPEST = 2
_LAST = 2**31


class MalformedError(ValueError):
    """No update that a board takes."""


class TooMuchError(ValueError):
    """More parts than one update may have."""


@dataclass(slots=True)
class Parts:
    """``spans``: client, first and next number of what it brings; ``needs``: client and number of what that
    builds on; ``deletes``: client and next number of what it takes away; ``records``: table, name, client and
    number of each it makes.
    """

    spans: list[tuple[int, int, int]] = field(default_factory=list)
    needs: list[tuple[int, int]] = field(default_factory=list)
    deletes: list[tuple[int, int]] = field(default_factory=list)
    records: list[tuple[str, str, int, int]] = field(default_factory=list)


class _Reader:
    __slots__ = ("at", "data")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def byte(self) -> int:
        value = self.data[self.at]
        self.at += 1
        return value

    def number(self) -> int:
        value = self.data[self.at]
        self.at += 1
        return value if value < 128 else self._more(value & 127)

    def _more(self, value: int) -> int:
        data, at, shift = self.data, self.at, 7
        while (part := data[at]) > 127:
            value |= (part & 127) << shift
            shift += 7
            at += 1
            if shift > 63:
                raise MalformedError("number")
        self.at = at + 1
        return value | part << shift

    def skip(self, length: int) -> None:
        self.at += length
        if self.at > len(self.data):
            raise MalformedError("end")

    def text(self) -> bytes:
        length = self.number()
        begun = self.at
        self.skip(length)
        return self.data[begun : self.at]

    def value(self, depth: int = 0) -> None:
        kind = self.byte()
        if kind == 119:  # text
            self.skip(self.number())
        elif kind == 125:  # a whole number; its first byte holds a sign
            while self.byte() > 127:
                pass
        elif kind in {120, 121}:  # yes, no
            pass
        elif kind in {123, 124}:  # a broken number
            self.skip(8 if kind == 123 else 4)
        elif kind == 118 and depth < _DEEPEST:  # an object
            for _ in range(self.number()):
                self.skip(self.number())
                self.value(depth + 1)
        else:
            raise MalformedError("value")


def read(update: bytes) -> Parts:
    """The parts of an update; :class:`MalformedError` or :class:`TooMuchError` where it cannot be taken."""
    parts = Parts()
    reader = _Reader(update)
    try:
        left = MOST_PARTS
        for _client in range(reader.number()):
            count = reader.number()
            left -= count
            if left < 0:
                raise TooMuchError(count)
            client, clock = reader.number(), reader.number()
            first = clock
            for _part in range(count):
                clock += _read_part(reader, parts, client, clock)
            if clock > _LAST:
                raise MalformedError("clock")
            parts.spans.append((client, first, clock))
        _read_deletes(reader, parts)
    except IndexError as ended:
        raise MalformedError("end") from ended
    if reader.at != len(update):
        raise MalformedError("more")
    return parts


def _read_part(reader: _Reader, parts: Parts, client: int, clock: int) -> int:
    """One part, and how many numbers it takes."""
    info = reader.byte()
    kind = info & _KIND
    if kind == _GONE:
        return reader.number()
    if info & _HAS_LEFT:
        parts.needs.append((reader.number(), reader.number()))
    if info & _HAS_RIGHT:
        parts.needs.append((reader.number(), reader.number()))
    if not info & (_HAS_LEFT | _HAS_RIGHT):
        record = _read_parent(reader, parts, info)
        if record is not None:
            parts.records.append((*record, client, clock))
    return _read_content(reader, kind)


def _read_content(reader: _Reader, kind: int) -> int:
    if kind == _ANY:
        count = reader.number()
        if count > MOST_PARTS:
            raise TooMuchError(count)
        for _ in range(count):
            reader.value()
        return count
    if kind == _DELETED:
        return reader.number()
    if kind == _TYPE and reader.number() == _MAP:
        return 1
    raise MalformedError("kind")


def _read_parent(reader: _Reader, parts: Parts, info: int) -> tuple[str, str] | None:
    """Where a part belongs; gives table and name where it is a record."""
    root = ""
    if reader.number() == 1:
        root = reader.text().decode(errors="replace")
        if root not in _ROOTS:
            raise MalformedError("root")
    else:
        parts.needs.append((reader.number(), reader.number()))
    if not info & _HAS_KEY:
        raise MalformedError("a list")
    key = reader.text()
    return (root, key.decode(errors="replace")) if root else None


def _read_deletes(reader: _Reader, parts: Parts) -> None:
    for _client in range(reader.number()):
        client, clock = reader.number(), 0
        for _range in range(reader.number()):
            clock = reader.number()
            clock += reader.number()
            parts.deletes.append((client, clock))


def clocks(state: bytes) -> dict[int, int]:
    """A state vector: client → next number."""
    reader = _Reader(state)
    return {reader.number(): reader.number() for _ in range(reader.number())}


# Frames of y-protocols ----------------------------------------------------------------------------

SYNC, STEP_1, STEP_2, UPDATE = 0, 0, 1, 2


def framed(kind: int, load: bytes) -> bytes:
    """A step of synchronising, as a frame."""
    return bytes((SYNC, kind)) + pycrdt.write_message(load)


def unframed(frame: bytes) -> tuple[int, bytes]:
    """Which step a frame is, and what it carries; :class:`MalformedError` where it is none."""
    if len(frame) < 3 or frame[0] != SYNC or frame[1] > UPDATE:
        raise MalformedError("frame")
    reader = _Reader(frame)
    reader.at = 2
    try:
        length = reader.number()
    except IndexError as ended:
        raise MalformedError("end") from ended
    if reader.at + length != len(frame):
        raise MalformedError("length")
    return frame[1], frame[reader.at :]
