"""What the room does later."""

from cantiere.foundation.core.jobs import job
from cantiere.programmes.models import Activity
from cantiere.thread.contributions import actions


@job(external=True)
def show_activity(number: int) -> None:
    """Index all that was said in an activity; begun again it says the same."""
    activity = Activity.objects.select_related("programme").filter(pk=number).first()
    if activity is not None:
        actions.show_activity(activity=activity)
