"""What a programme can ask of a census."""

from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cantiere.activities.observatory.models import Census, Record
from cantiere.engine.answers import Measure
from cantiere.programmes.kinds import ActivityKind
from cantiere.programmes.models import Activity


class CensusKind(ActivityKind[Census]):
    """A territory counts its participatory processes and tells of them."""

    key = "census"
    name = _("Census")
    verb = _("Answer")
    icon = "it-files"
    model = Census

    def measures(self, activity: Activity) -> Sequence[Measure]:
        """Published records, of all that are here."""
        records = Record.objects.of(activity)
        return [Measure("published", gettext("Published records"), records.public().count(), records.count())]
