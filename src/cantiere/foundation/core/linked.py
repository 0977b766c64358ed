"""Personal links: what is kept finds a row and makes nobody a guest.

The key in a link is made of a seed and of the installation's secret, so that every letter can carry the same
link again and a copy of the database alone opens nothing. A new seed ends all links of before.
"""

import base64
import secrets
from typing import Any

from django.db import models
from django.utils.crypto import salted_hmac

from cantiere.foundation.core.keys import digest_of


def new_seed() -> str:
    """128 bits, in hexadecimal."""
    return secrets.token_hex(16)


def key_of(seed: str) -> str:
    """The 43 signs that stand in a link."""
    made = salted_hmac("cantiere.link", seed, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


class Linked(models.Model):
    """A row that somebody without an account reaches by a link."""

    seed = models.CharField(max_length=32, default=new_seed, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        """The digest follows the seed, also when the installation's secret was changed."""
        self.digest = digest_of(self.key)
        if options.get("update_fields") is not None and "seed" in options["update_fields"]:
            options["update_fields"] = [*options["update_fields"], "digest"]
        super().save(*args, **options)

    @property
    def key(self) -> str:
        """What stands in the link."""
        return key_of(self.seed)

    def key_to_send(self) -> str:
        """The key for a letter; the row is set right first if the installation's secret was changed."""
        if self.digest != digest_of(self.key):
            self.save(update_fields=["seed"])
        return self.key
