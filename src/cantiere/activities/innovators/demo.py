"""A believable example, made through the actions: a call that is open."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from cantiere.activities.innovators import actions
from cantiere.activities.innovators.models import InnovatorMap
from cantiere.programmes.models import Activity


def fill(activity: Activity) -> None:
    """A call open for two months."""
    now = timezone.now()
    actions.edit_map(
        by=None,
        own=InnovatorMap.objects.select_related("activity__programme").get(pk=activity.pk),
        row={
            "summary": activity.summary or _("Who changes things here? Help us to find them."),
            "opens": activity.opens or now - timedelta(days=1),
            "closes": activity.closes or now + timedelta(days=60),
        },
        details={
            "intro": _(
                "We look for people, groups, schools and firms that **do something new** for those who "
                "live here.\n\n"
                "They need not be famous. What counts is that somebody is better off for it."
            )
        },
    )
