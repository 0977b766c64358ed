"""What the room does by the clock."""

from cantiere.foundation.core.clock import every
from cantiere.foundation.search import actions


@every(at="03:40")
def forget_unused_words() -> None:
    """Keep the vocabulary to words that lead somewhere."""
    actions.forget_unused_words()
