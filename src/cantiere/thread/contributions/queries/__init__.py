"""What pages and upper rooms read of contributions."""

from cantiere.thread.contributions.queries.becoming import Followed, followed, knots_of
from cantiere.thread.contributions.queries.themes import Counts, ThemeCount, by_theme, counts

__all__ = ["Counts", "Followed", "ThemeCount", "by_theme", "counts", "followed", "knots_of"]
