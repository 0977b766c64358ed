"""What was already submitted."""

from django.db import models


class Submission(models.Model):
    """A key given to a form when it was shown, kept in the transaction of what it did."""

    key = models.CharField(max_length=64, primary_key=True)
    fingerprint = models.CharField(max_length=64)
    address = models.CharField(max_length=500)
    day = models.DateField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return self.key
