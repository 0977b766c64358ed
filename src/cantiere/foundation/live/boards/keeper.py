"""The open boards of this process, and what somebody may do on them."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from time import monotonic
from typing import Any

from cantiere.engine.board import KEY, BoardRight
from cantiere.engine.live import State
from cantiere.foundation.live.boards.board import Board, Entry, Speaker
from cantiere.foundation.live.boards.limits import Limits
from cantiere.foundation.live.boards.storage import Failure, Head, Place
from cantiere.foundation.live.boards.writer import Keep, Look, Say, Writer
from cantiere.foundation.live.handlers import Handler
from cantiere.foundation.live.hub import Hub
from cantiere.foundation.live.news import BOARD, Alone
from cantiere.foundation.live.questions import BusyError, GoneError
from cantiere.foundation.live.tickets import Ticket

EVERY = 1.0  # seconds: who is there, what others wrote, which boards nobody needs
RIGHTS_EVERY = 0.2
SAY_EVERY = 0.1
LOOK_SOON = 0.02
logger = logging.getLogger(__name__)


def _right(state: State[Any], handler: Handler[Any], *, ticket: Ticket, key: str) -> BoardRight | None:
    if not state.accepts_ticket(ticket.actor, ticket.made):
        return None
    right = handler.board_right(state, ticket, key)
    if right is not None and not isinstance(right, BoardRight):
        raise TypeError(f"{right!r} is no right on a board.")
    return right


def _rights(
    state: State[Any], handler: Handler[Any], *, asked: Sequence[Ticket], key: str
) -> list[BoardRight | None]:
    return [_right(state, handler, ticket=ticket, key=key) for ticket in asked]


class Keeper:
    """Lives on the event loop of its hub; only :meth:`hand` and :meth:`hint` may be called from elsewhere."""

    def __init__(self, hub: Hub, limits: Limits | None = None) -> None:
        self.hub = hub
        self.limits = limits or Limits()
        self._streams: Counter[str] = Counter()
        self.connected = 0
        self.writer = Writer(self.hand)
        self._boards: dict[Place, Board] = {}
        self._watches: dict[Place, Callable[[], None]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._sweeping: asyncio.TimerHandle | None = None
        self._looking: asyncio.TimerHandle | None = None
        self._rechecks: dict[Place, asyncio.TimerHandle] = {}
        self._rechecked: dict[Place, float] = {}
        self._said: dict[Place, float] = {}
        self._keeps: list[Keep] = []
        self._saying: dict[Place, asyncio.TimerHandle] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    # From any thread ---------------------------------------------------------------------------

    @property
    def running(self) -> bool:
        """Whether there is a loop that boards live on."""
        return self._loop is not None and self._loop.is_running()

    def hand(self, act: Callable[..., None], *arguments: Any) -> None:
        """Call something on the loop; nothing happens where that has ended."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            try:
                loop.call_soon_threadsafe(act, *arguments)
            except RuntimeError:
                logger.info("The loop of boards has ended.")

    def hint(self, _room: int) -> None:
        """Another process wrote on a board."""
        self.hand(self.look)

    # On the loop -------------------------------------------------------------------------------

    def bind(self) -> None:
        """Begin on the running loop."""
        loop = asyncio.get_running_loop()
        if self._loop is loop:
            return
        self._loop = loop
        self._boards, self._watches, self._rechecks, self._rechecked = {}, {}, {}, {}
        self._said, self._saying, self._keeps = {}, {}, []
        self._sweeping = self._looking = None
        self.hub.bind()
        self.hub.backplane.board_heard = self.hint
        self.writer.start()

    def stop(self) -> None:
        """End; what waits is kept first."""
        self.writer.stop()
        self._loop = None

    @property
    def open(self) -> int:
        return len(self._boards)

    def come(self, who: str) -> bool:
        """Count one more connection of a person; ``False`` where there are too many."""
        if self._streams[who] >= self.limits.streams or self.connected >= self.limits.streams_in_all:
            return False
        self._streams[who] += 1
        self.connected += 1
        return True

    def go(self, who: str) -> None:
        """One less."""
        self.connected -= 1
        self._streams[who] -= 1
        if self._streams[who] <= 0:
            del self._streams[who]

    async def right(self, ticket: Ticket, key: str) -> BoardRight | None:
        """What the bearer of a ticket may do on a board; ``None`` where it is none of theirs.

        :class:`BusyError` where that cannot be found out now.
        """
        if not KEY.fullmatch(key):
            return None
        try:
            right: BoardRight | None = await self.hub.ask(
                ticket.room, partial(_right, ticket=ticket, key=key)
            )
        except GoneError:
            return None
        return right

    async def board(self, place: Place) -> Board | Failure:
        """An open board, read first where it is cold: however many come at once, it is read once."""
        board = self._boards.get(place)
        if board is None:
            board = self._boards[place] = Board(self, place)
            self._watches[place] = self.hub.watch(place[0], partial(self._changed, place))
            if self._sweeping is None:
                self._sweeping = asyncio.get_running_loop().call_later(EVERY, self._sweep)
        if not board.ready.done():
            await asyncio.shield(board.ready)
            self._changed(place)  # whoever waited may have another right by now
        return board.ended or board

    def forget(self, board: Board) -> None:
        """A board has ended."""
        if self._boards.get(board.place) is not board:
            return
        del self._boards[board.place]
        self._watches.pop(board.place, lambda: None)()
        recheck = self._rechecks.pop(board.place, None)
        if recheck is not None:
            recheck.cancel()
        self._rechecked.pop(board.place, None)
        self._said.pop(board.place, None)

    def submit(self, place: Place, speaker: Speaker, update: bytes) -> None:
        """Put one update of somebody without a lasting connection; the speaker hears the outcome."""
        self._spawn(self._submit(place, speaker, update))

    async def _submit(self, place: Place, speaker: Speaker, update: bytes) -> None:
        board = await self.board(place)
        if isinstance(board, Failure):
            speaker.failed(board)
        else:
            board.saw(speaker.right.author)
            board.put(Entry(speaker, 1, update))

    # Rights ------------------------------------------------------------------------------------

    def _changed(self, place: Place) -> None:
        """The state of a room may be another: rights are decided anew, at once if they were not just now."""
        if place in self._rechecks or place not in self._boards:
            return
        wait = max(0.0, self._rechecked.get(place, 0.0) + RIGHTS_EVERY - monotonic())
        loop = asyncio.get_running_loop()
        self._rechecks[place] = loop.call_later(wait, self._recheck, place)

    def _recheck(self, place: Place) -> None:
        self._rechecks.pop(place, None)
        board = self._boards.get(place)
        if board is not None:
            self._rechecked[place] = monotonic()
            self._spawn(self._entitle(board))

    async def _entitle(self, board: Board) -> None:
        listeners = list(board.listeners)
        asked = [listener.ticket for listener in listeners]
        try:
            rights = await self.hub.ask(board.place[0], partial(_rights, asked=asked, key=board.place[1]))
        except GoneError:
            board.end(Failure.GONE)
            return
        except BusyError:
            self._changed(board.place)
            return
        except Exception:
            logger.exception("Rights on a board could not be found out.")
            board.end(Failure.BUSY)
            return
        for listener, right in zip(listeners, rights, strict=True):
            if listener not in board.listeners or right == listener.right:
                continue
            if right is None:
                listener.end(Failure.GONE)
            else:
                listener.entitled(right)

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # Now and then ------------------------------------------------------------------------------

    def _sweep(self) -> None:
        moment = monotonic()
        for board in list(self._boards.values()):
            if board.idle(moment):
                board.close()
            else:
                board.look(moment)
        self._look()
        self._sweeping = None
        if self._boards:
            self._sweeping = asyncio.get_running_loop().call_later(EVERY, self._sweep)

    def look(self) -> None:
        """See soon what other processes wrote."""
        if self._looking is None:
            self._looking = asyncio.get_running_loop().call_later(LOOK_SOON, self._look)

    def _look(self) -> None:
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        known = {place: board.seq for place, board in self._boards.items() if board.ready.done()}
        if known:
            self.writer.put(Look(known, partial(self._looked, known)))

    def _looked(self, known: dict[Place, int], found: dict[Place, tuple[Head, list[bytes]]]) -> None:
        for place in known:
            board = self._boards.get(place)
            if board is not None and board.ready.done():
                board.catch_up(*found.get(place, (None, [])))

    def keep(self, job: Keep) -> None:
        """Commit a flush, with those of all boards whose moment is the same."""
        self._keeps.append(job)
        if len(self._keeps) == 1:
            asyncio.get_running_loop().call_soon(self._keep)

    def _keep(self) -> None:
        keeps, self._keeps = self._keeps, []
        self.writer.put(*keeps)

    def say(self, board: Board) -> None:
        """Tell the other processes, not too often."""
        if isinstance(self.hub.backplane, Alone) or board.place in self._saying:
            return
        wait = max(0.0, self._said.get(board.place, 0.0) + SAY_EVERY - monotonic())
        loop = asyncio.get_running_loop()
        self._saying[board.place] = loop.call_later(wait, self._say, board)

    def _say(self, board: Board) -> None:
        self._saying.pop(board.place, None)
        if not board.ended:
            self._said[board.place] = monotonic()
            self.writer.put(Say(partial(self.hub.backplane.say, board.place[0], board.seq, BOARD)))
