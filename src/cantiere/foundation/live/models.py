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


class LiveEvent(models.Model):
    """One event of a room's log. It is never changed; it is its own record of who did what and when."""

    room = models.ForeignKey(LiveRoom, models.CASCADE, related_name="events")
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=32)
    slot = models.CharField(max_length=64, blank=True)
    actor = models.CharField(max_length=64)
    body = models.TextField()  # JSON as it was taken: never searched, and quicker than a JSON column
    at = models.BigIntegerField()  # milliseconds since 1970, when the server received it
    # The phone's own key, and what it stood for: the same again is answered with the first receipt.
    key = models.BinaryField(max_length=16)
    digest = models.BinaryField(max_length=16)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "seq"], name="live_event_numbered_once"),
            models.UniqueConstraint(fields=["room", "key"], name="live_event_counted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.room_id}/{self.seq} {self.kind}"
