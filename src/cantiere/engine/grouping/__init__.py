"""People into groups: balanced over what they bring, then turned so that new people meet."""

from cantiere.engine.grouping.balance import Grouping, Member, balanced
from cantiere.engine.grouping.rotation import repeated_pairs, rounds

__all__ = ["Grouping", "Member", "balanced", "repeated_pairs", "rounds"]
