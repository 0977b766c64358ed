"""What the pages of the room read, in few queries however many innovators there are."""

from cantiere.activities.innovators.queries.listing import (
    Cards,
    MapView,
    Tally,
    map_view,
    matching,
    points,
    tally,
)
from cantiere.activities.innovators.queries.profile import ProfileView, profile_view
from cantiere.activities.innovators.queries.queue import Queue, Waiting, doubles, queue

__all__ = [
    "Cards",
    "MapView",
    "ProfileView",
    "Queue",
    "Tally",
    "Waiting",
    "doubles",
    "map_view",
    "matching",
    "points",
    "profile_view",
    "queue",
    "tally",
]
