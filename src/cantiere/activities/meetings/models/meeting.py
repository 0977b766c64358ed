"""A meeting: how it is held, what is on the agenda, what the minutes say."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cantiere.foundation.core.richtext import MarkdownField
from cantiere.programmes.models import WithMinutes


class Meeting(WithMinutes):
    """What only a meeting knows; its days are the appointments of its activity."""

    video_is_public = models.BooleanField(
        _("everyone may see the link"),
        default=False,
        help_text=_("For meetings that anyone may follow online."),
    )
    agenda = MarkdownField(_("agenda"), blank=True, help_text=_("What happens, in order. A list reads best."))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(video_link="") | Q(video_link__startswith="https://"), name="video_link_is_https"
            )
        ]
