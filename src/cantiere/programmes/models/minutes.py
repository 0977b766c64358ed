"""What came out of something people held together, from the shortest to the longest."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cantiere.foundation.core.richtext import MarkdownField
from cantiere.programmes.models.held import Held


class WithMinutes(Held):
    """Columns of a kind that is held and leaves minutes; read by the team alone until ``minutes_on``."""

    in_person_count = models.PositiveIntegerField(
        _("people counted in the room"),
        null=True,
        blank=True,
        help_text=_("If you took attendance on paper: everyone in the room, team excluded."),
    )
    points = models.TextField(
        _("what came out"),
        max_length=2000,
        blank=True,
        help_text=_("One point a line: what was decided, learnt or left open."),
    )
    short = models.CharField(
        _("in two sentences"),
        max_length=400,
        blank=True,
        help_text=_(
            "For everyone: what was decided or learnt, and what happens next. Also shown on the home page."
        ),
    )
    minutes = MarkdownField(
        _("minutes"),
        blank=True,
        help_text=_("Name people only if they spoke for a body and agree to be named."),
    )
    # Since when they wait for the approval of whoever may publish; None once they are public.
    minutes_ready_on = models.DateField(null=True, editable=False)
    minutes_on = models.DateField(null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def point_list(self) -> list[str]:
        """What came out, a point each."""
        return [line.strip(" \t-*•") for line in self.points.splitlines() if line.strip(" \t-*•")]
