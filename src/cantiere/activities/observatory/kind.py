"""What a programme can ask of a census."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cantiere.activities.observatory import demo
from cantiere.activities.observatory.models import Census, Record
from cantiere.activities.observatory.queries import opendata
from cantiere.activities.observatory.queries.census import figures, waiting_in
from cantiere.engine.answers import Dataset, Measure, Section
from cantiere.programmes.kinds import ActivityKind, Waiting
from cantiere.programmes.models import Activity


class CensusKind(ActivityKind[Census]):
    """A territory counts its participatory processes and tells of them."""

    key = "census"
    name = _("Census")
    verb = _("Answer")
    icon = "it-files"
    model = Census

    def demo(self, activity: Activity) -> None:
        demo.census(activity)

    def problems(self, activity: Activity) -> Sequence[str]:
        """No word on why, no end, no questionnaire, a call without its name."""
        census, found = self._own(activity), []
        if not census.introduction:
            found.append(gettext("Write the introduction: why you ask, who may answer, what becomes of it."))
        if activity.closes is None:
            found.append(gettext("Say until when people can answer."))
        elif activity.closes <= timezone.now():
            found.append(gettext("The last moment to answer is over: choose a later one."))
        if not census.asks_funded and not census.asks_others:
            found.append(gettext("Choose at least one of the two questionnaires."))
        if census.asks_funded and not census.call:
            found.append(gettext("Say which call the funded projects belong to."))
        return found

    def waiting(self, activities: Sequence[Activity]) -> Sequence[Waiting]:
        """Answers and suggestions that nobody has looked at."""
        return waiting_in(activities)

    def measures(self, activity: Activity) -> Sequence[Measure]:
        """Answers of those invited, all answers, published records of all that are here."""
        told = figures(activity)
        records = Record.objects.of(activity).count()
        return [
            Measure("invited", gettext("Invitations sent"), told.invited),
            Measure("answered", gettext("Answers to invitations"), told.of_invited, told.invited),
            Measure("answers", gettext("Answers in all"), told.submitted),
            Measure("published", gettext("Published records"), told.records, records),
        ]

    def section(self, activity: Activity) -> Section:
        """The sentence, why it was asked, what came out, with the figures."""
        parts = [activity.summary, self._own(activity).introduction, activity.outcome]
        return Section(activity.title, "\n\n".join(filter(None, parts)), self.measures(activity))

    def datasets(self, activity: Activity) -> Sequence[Dataset]:
        """Open: its published records."""
        return opendata.datasets(activity)
