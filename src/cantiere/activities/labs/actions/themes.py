"""What people put together on a board becomes a theme of the programme."""

from django.db import transaction

from cantiere.activities.labs.models import Harvested, Lab
from cantiere.foundation.accounts.models import Person
from cantiere.thread.contributions import actions as contributions
from cantiere.thread.contributions.models import Theme

LONGEST = 80


@transaction.atomic
def make_theme(*, by: Person, lab: Lab, cluster: Harvested) -> Theme:
    """The theme of this name, made where there is none; the cluster and what stands under it belong to it."""
    programme = lab.activity.programme
    name = " ".join(cluster.contribution.text.split())[:LONGEST]
    theme = Theme.objects.filter(programme=programme, name__iexact=name).first()
    if theme is None:
        theme = contributions.add_theme(by=by, programme=programme, details={"name": name})
    rows = [cluster, *cluster.gathered.select_related("contribution")]
    contributions.code(by=by, contributions=[row.contribution for row in rows], theme=theme)
    return theme
