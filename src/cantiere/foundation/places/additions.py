"""What upper rooms do once places were loaded, which know nothing of them: they register themselves."""

from collections.abc import Callable

from cantiere.foundation.core.access import Actor

Watcher = Callable[[Actor], None]
_watchers: list[Watcher] = []


def watch(watcher: Watcher) -> None:
    """Call ``watcher`` whenever places were loaded: some may have ended, or stand in another area."""
    if watcher not in _watchers:
        _watchers.append(watcher)


def tell_loaded(by: Actor) -> None:
    """Places were loaded."""
    for watcher in _watchers:
        watcher(by)
