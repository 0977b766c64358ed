"""A live room and its log."""

from django.db import models


class LiveRoom(models.Model):
    """One room; ``kind`` names the handler that knows its rules, ``key`` what it is to that handler."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    # The number of the last event. Whoever writes locks this row, so that the log has one order.
    seq = models.BigIntegerField(default=0)
    # Raised when the log itself was changed: whoever holds a state reads everything anew.
    epoch = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="live_room_named_once")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class LivePresence(models.Model):
    """Who listens to a room in one of several processes; gone with the process, or stale without it."""

    process = models.CharField(max_length=32)
    room = models.ForeignKey(LiveRoom, models.CASCADE, related_name="+")
    actors = models.TextField()  # a JSON list
    at = models.BigIntegerField()  # milliseconds since 1970, when it was last said

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["process", "room"], name="live_presence_said_once"),
        ]

    def __str__(self) -> str:
        return f"{self.process}/{self.room_id}"


class LiveEvent(models.Model):
    """One event of a room's log. It is never changed; it is its own record of who did what and when."""

    # No index of its own: that of the numbers begins with the room.
    room = models.ForeignKey(LiveRoom, models.CASCADE, related_name="events", db_index=False)
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=32)
    slot = models.CharField(max_length=64, blank=True)
    actor = models.CharField(max_length=64)
    body = models.TextField()  # JSON as it was taken: never searched, and quicker than a JSON column
    at = models.BigIntegerField()  # milliseconds since 1970, when the server received it
    # The phone's own key, and what it stood for: the same again is answered with the first receipt. Whoever
    # writes holds the room and has read its log, keys too: an index would cost a page of the disk an answer.
    key = models.BinaryField(max_length=16)
    digest = models.BinaryField(max_length=16)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "seq"], name="live_event_numbered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.room_id}/{self.seq} {self.kind}"


class Board(models.Model):
    """A shared board of a room: all up to the update numbered ``up_to`` as one, and where its log stands."""

    room = models.ForeignKey(LiveRoom, models.CASCADE, related_name="boards")
    key = models.CharField(max_length=64)
    snapshot = models.BinaryField(default=b"\0\0")  # a Yjs update
    up_to = models.BigIntegerField(default=0)
    # The number of the last update. Whoever writes locks this row.
    seq = models.BigIntegerField(default=0)
    notes = models.PositiveIntegerField(default=0)
    authors = models.PositiveIntegerField(default=0)
    # Raised when the document was made anew: what anybody still holds of the old one is no part of it.
    epoch = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "key"], name="live_board_named_once")]

    def __str__(self) -> str:
        return f"{self.room_id}/{self.key}"


class BoardHand(models.Model):
    """Somebody who wrote on a board, by the name that notes are signed with, and when they last did."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="hands", db_index=False)
    author = models.CharField(max_length=64)
    at = models.BigIntegerField()  # milliseconds since 1970

    class Meta:
        constraints = [models.UniqueConstraint(fields=["board", "author"], name="live_board_hand_once")]

    def __str__(self) -> str:
        return f"{self.board_id}/{self.author}"


class BoardUpdate(models.Model):
    """What was merged into a board by one commit; gone once it is in the snapshot."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="updates")
    seq = models.BigIntegerField()
    update = models.BinaryField()
    at = models.BigIntegerField()  # milliseconds since 1970

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["board", "seq"], name="live_board_update_numbered_once")
        ]

    def __str__(self) -> str:
        return f"{self.board_id}/{self.seq}"
