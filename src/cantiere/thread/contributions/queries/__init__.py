"""What pages and upper rooms read of contributions."""

from cantiere.thread.contributions.queries.becoming import Followed, followed, knots_of
from cantiere.thread.contributions.queries.lists import (
    Desk,
    PublicRow,
    Reported,
    chosen,
    desk,
    of_activity,
    public_rows,
    reported,
)
from cantiere.thread.contributions.queries.receipts import held_by, receipt_of, said_by
from cantiere.thread.contributions.queries.shown import Shown, shown_in
from cantiere.thread.contributions.queries.themes import Counts, ThemeCount, by_theme, counts

__all__ = [
    "Counts",
    "Desk",
    "Followed",
    "PublicRow",
    "Reported",
    "Shown",
    "ThemeCount",
    "by_theme",
    "chosen",
    "counts",
    "desk",
    "followed",
    "held_by",
    "knots_of",
    "of_activity",
    "public_rows",
    "receipt_of",
    "reported",
    "said_by",
    "shown_in",
]
