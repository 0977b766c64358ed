"""How often somebody did something lately."""

from django.db import models


class Hits(models.Model):
    """A count in a window of time; ``who`` is a keyed digest, so no address is kept."""

    limit = models.CharField(max_length=40)
    who = models.CharField(max_length=64)
    window = models.BigIntegerField()
    count = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["limit", "who", "window"], name="one_count_a_window")]

    def __str__(self) -> str:
        return f"{self.limit}: {self.count}"
