"""One transaction for many answers, and what is done when it fails."""

import logging
from collections import defaultdict
from collections.abc import Sequence

from django.db import InterfaceError, OperationalError, connection, transaction

from cantiere.foundation.live import queries
from cantiere.foundation.live.books import Answer, Failure, Shelf

logger = logging.getLogger(__name__)


def commit(shelf: Shelf, answers: Sequence[Answer]) -> dict[int, bool]:
    """Decide and keep answers in one transaction; gives the rooms that changed, and whether urgently."""
    by_room: dict[int, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_room[answer.room].append(answer)
    changed: dict[int, bool] = {}
    try:
        with transaction.atomic():
            heads = queries.heads(list(by_room), lock=True)
            for room, head in heads.items():
                book, urgent = shelf.book(head)
                batch = book.take(by_room[room])
                if batch.entries:
                    book.handler.record(batch)
                if batch.entries or urgent:
                    changed[room] = urgent or any(book.handler.urgent(one.event) for one in batch.entries)
            for room in by_room.keys() - heads.keys():
                for answer in by_room[room]:
                    answer.outcome = Failure.TICKET
    except BaseException:
        for answer in answers:
            answer.outcome = Failure.BUSY  # whatever was decided, nothing is kept
        shelf.forget(by_room)
        raise
    return changed


def commit_patiently(shelf: Shelf, answers: Sequence[Answer]) -> dict[int, bool]:
    """:func:`commit`, again where the database was away for a moment, one by one where one is poison."""
    for last in (False, True):
        try:
            return commit(shelf, answers)
        except (OperationalError, InterfaceError):
            logger.warning("Live answers could not be kept%s.", "" if last else "; once more", exc_info=last)
            if not connection.in_atomic_block:
                connection.close()
        except Exception:
            if len(answers) == 1:
                logger.exception("A live answer could not be kept.")
                answers[0].outcome = Failure.BROKEN
                return {}
            changed: dict[int, bool] = {}
            for answer in answers:
                changed |= commit_patiently(shelf, [answer])
            return changed
    return {}
