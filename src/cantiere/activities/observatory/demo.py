"""A believable example: a census open for three weeks."""

from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from cantiere.activities.observatory.actions.census import edit_census
from cantiere.activities.observatory.models import Census
from cantiere.programmes.models import Activity


def census(activity: Activity) -> None:
    """Two questionnaires, everyone may answer, until six in the evening in three weeks."""
    last = timezone.localdate() + timedelta(days=21)
    own = Census.objects.select_related(*Census.address_related).get(pk=activity.pk)
    edit_census(
        by=None,
        census=own,
        row={
            "summary": activity.summary
            or _("We gather the participatory processes of this territory and make them available to all."),
            "opens": timezone.now() - timedelta(days=1),
            "closes": timezone.make_aware(datetime.combine(last, time(18))),
        },
        own={
            "introduction": _(
                "Whoever must redesign a process looks for those who have been there before. Tell us of "
                "yours: what was planned, what changed, which tools you used.\n\n"
                "Public bodies, associations, firms and groups may answer. Each answer becomes a public "
                "record, after somebody has read it."
            ),
            "call": _("Participation call 2025"),
            "call_year": 2025,
        },
    )
