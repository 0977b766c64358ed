"""What a programme can ask of a map of innovators."""

from collections.abc import Sequence

from django.db.models import Count
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from cantiere.activities.innovators import datasets, demo
from cantiere.activities.innovators.models import Innovator, InnovatorMap
from cantiere.engine.answers import Dataset, Measure, Section
from cantiere.programmes.kinds import ActivityKind
from cantiere.programmes.models import Activity

State = Innovator.State


class InnovatorMapKind(ActivityKind[InnovatorMap]):
    """People nominate who changes things; those who agree stand on a map."""

    key = "innovator_map"
    name = _("Map of innovators")
    verb = _("Nominate an innovator")
    icon = "it-map-marker-circle"
    model = InnovatorMap

    def demo(self, activity: Activity) -> None:
        demo.fill(activity)

    def problems(self, activity: Activity) -> Sequence[str]:
        """Nobody knows whom it looks for."""
        if not self._own(activity).intro:
            return [gettext("Say whom the map looks for: people read it before they nominate.")]
        return []

    def measures(self, activity: Activity) -> Sequence[Measure]:
        """Nominations that were confirmed; of these on the map; municipalities; those who left or said no."""
        own = self._own(activity)
        rows = own.innovators.order_by().values("state").annotate(number=Count("pk"))
        counts = {row["state"]: row["number"] for row in rows}
        present = sum(number for state, number in counts.items() if state != State.UNCONFIRMED)
        left = own.departures.exclude(why="unconfirmed").count()
        published = counts.get(State.PUBLISHED, 0)
        places = own.innovators.filter(state=State.PUBLISHED).order_by().values("place").distinct().count()
        return [
            Measure("nominated", gettext("Innovators nominated"), present + left),
            Measure("published", gettext("Of these, on the map"), published, present + left),
            Measure("places", gettext("Municipalities where they are"), places),
            Measure("left", gettext("Of those nominated, not on the map any more"), left, present + left),
        ]

    def section(self, activity: Activity) -> Section:
        """The sentence, whom it looked for, how many came."""
        own, measures = self._own(activity), self.measures(activity)
        published = next(each.value for each in measures if each.key == "published")
        count = ngettext("%(n)s innovator is on the map.", "%(n)s innovators are on the map.", published)
        parts = [activity.summary, own.intro, count % {"n": published}, activity.outcome]
        return Section(activity.title, "\n\n".join(filter(None, parts)), measures)

    def datasets(self, activity: Activity) -> Sequence[Dataset]:
        """Open: who agreed to it. For the team: all entries."""
        own = self._own(activity)
        own.activity = activity
        return datasets.datasets(own)
