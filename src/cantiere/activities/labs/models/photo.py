"""Photos of paper notes: made smaller, without what a camera writes into them; they go with the live room."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from cantiere.foundation.core.uploads import PictureField
from cantiere.foundation.live.models import LiveRoom


def new_id() -> str:
    """What a note calls its photo."""
    return secrets.token_hex(16)


class Photo(models.Model):
    """The picture of a note; which note it is stands on the board."""

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    room = models.ForeignKey(LiveRoom, models.CASCADE, related_name="+")
    picture = PictureField(_("photo"))

    class Meta:
        verbose_name = _("photo of a paper note")

    def __str__(self) -> str:
        return self.id
