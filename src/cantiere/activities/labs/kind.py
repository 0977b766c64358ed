"""What a programme can ask of a laboratory."""

from collections.abc import Iterator, Mapping, Sequence

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from cantiere.activities.labs import actions, answers, demo
from cantiere.activities.labs.models import Block, Group, Lab
from cantiere.activities.labs.queries.script import missing_of
from cantiere.engine.answers import Dataset, Measure, Section
from cantiere.engine.lab import timetable
from cantiere.programmes.kinds import ActivityKind, Waiting
from cantiere.programmes.models import Activity, Appointment
from cantiere.programmes.queries import problems_of_held

NEAR = 7  # days


class LabKind(ActivityKind[Lab]):
    """People work together for some hours, by a run sheet."""

    key = "lab"
    name = _("Laboratory")
    verb = _("Take part")
    icon = "it-comment"
    model = Lab

    def setup(self, activity: Activity) -> None:
        actions.set_up(activity=activity)

    def copy(self, source: Activity, target: Activity) -> None:
        actions.copy(source=source, target=target)

    def demo(self, activity: Activity) -> None:
        demo.world_cafe(activity)

    def problems(self, activity: Activity) -> Sequence[str]:
        """What lacks everything that is held; an empty run sheet; blocks that cannot run as written."""
        lab = self._own(activity)
        blocks = list(lab.blocks.all())
        found = problems_of_held(lab)
        if not blocks:
            found.append(gettext("Write the run sheet: at least one block."))
        wrong = missing_of(blocks, list(lab.groups.all()))
        titles = {block.key: block.title for block in blocks}
        return found + [
            gettext("Run sheet, “%(title)s”: %(what)s") % {"title": titles[key], "what": sentence}
            for key, sentences in wrong.items()
            for sentence in sentences
        ]

    def waiting(self, activities: Sequence[Activity]) -> Sequence[Waiting]:
        """What is near and not ready; what has ended and waits to be read, written down, published."""
        today = timezone.localdate()
        near = {
            activity.pk: activity
            for activity in activities
            if activity.starts_on
            and activity.cancelled_on is None
            and 0 <= (activity.starts_on - today).days <= NEAR
        }
        ready = [*_without_facilitator(near), *_too_long(near)] if near else []
        return [*ready, *answers.waiting(activities)]

    def measures(self, activity: Activity) -> Sequence[Measure]:
        """Seats and who came; once it ended, who took part how, and what they gave."""
        return answers.measures(self._own(activity))

    def section(self, activity: Activity) -> Section:
        """What came out and the minutes, once they are public."""
        return answers.section(self._own(activity))

    def datasets(self, activity: Activity) -> Sequence[Dataset]:
        """Open: when and where, the published results. For the team: who came."""
        return answers.datasets(self._own(activity))


def _without_facilitator(near: Mapping[int, Activity]) -> Iterator[Waiting]:
    alone = Group.objects.filter(lab__in=near, lab__ended_on=None, facilitator=None)
    for key, number in alone.values_list("lab").annotate(Count("pk")).order_by("lab"):
        activity = near[key]
        text = ngettext(
            "“%(title)s” is near: %(n)s group has no facilitator.",
            "“%(title)s” is near: %(n)s groups have no facilitator.",
            number,
        )
        words = text % {"title": activity.title, "n": number}
        yield Waiting(words, gettext("Choose them"), reverse("labs:groups", args=[activity.slug]))


def _too_long(near: Mapping[int, Activity]) -> Iterator[Waiting]:
    written = dict(
        Block.objects.filter(lab__in=near, lab__ended_on=None).values_list("lab").annotate(Sum("minutes"))
    )
    planned: dict[int, int] = {}
    for each in Appointment.objects.filter(activity__in=written):
        planned[each.activity_id] = planned.get(each.activity_id, 0) + timetable.length(
            [(each.starts, each.ends)]
        )
    for key, minutes in planned.items():
        if (over := written[key] - minutes) > 0:
            activity = near[key]
            text = ngettext(
                "“%(title)s” is near: its run sheet is %(n)s minute too long.",
                "“%(title)s” is near: its run sheet is %(n)s minutes too long.",
                over,
            )
            words = text % {"title": activity.title, "n": over}
            yield Waiting(words, gettext("Shorten it"), reverse("labs:script", args=[activity.slug]))
