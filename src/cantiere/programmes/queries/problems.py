"""What still blocks publishing."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from cantiere.programmes.models import Partnership, Programme


@dataclass(frozen=True)
class Problem:
    """Something that blocks publishing, and where it is mended."""

    text: str
    address: str


def problems_of(programme: Programme) -> list[Problem]:
    """What still blocks publishing: of the programme itself, then of the activities meant to be public."""
    settings = reverse("programmes:settings", args=[programme.slug])
    outline = reverse("programmes:workspace", args=[programme.slug])
    partners = reverse("programmes:partners", args=[programme.slug])
    problems = []
    if not programme.summary:
        problems.append(Problem(_("Say in one sentence what the programme wants to achieve."), settings))
    if not programme.starts_on:
        problems.append(Problem(_("Say on which day the programme starts."), settings))
    if not programme.places.exists():
        problems.append(Problem(_("Say which territory the programme is for."), settings))
    if not programme.partnerships.filter(
        role__in=[Partnership.Role.PROMOTER, Partnership.Role.LEAD]
    ).exists():
        problems.append(Problem(_("Name at least one promoter."), partners))
    if programme.is_in_phases and not programme.phases.filter(starts_on__isnull=False).exists():
        problems.append(Problem(_("Give a planned start to at least one phase."), f"{outline}#outline"))
    if not programme.goals.exists():
        problems.append(Problem(_("Write at least one goal."), f"{outline}#obiettivi"))
    return problems
