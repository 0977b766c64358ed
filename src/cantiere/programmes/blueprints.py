"""Ready-made outlines a programme can start from."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cantiere.programmes.models import Programme

Words = str | Promise


@dataclass(frozen=True)
class PhasePlan:
    """A phase with the drafts it begins with: (kind, title)."""

    title: Words
    summary: Words
    activities: Sequence[tuple[str, Words]] = ()


@dataclass(frozen=True)
class Blueprint:
    """An outline: its form, its phases, and what each begins with."""

    key: str
    name: Words
    description: Words
    form: Programme.Form
    phases: Sequence[PhasePlan] = field(default=())


FOUR_PHASES = Blueprint(
    key="four_phases",
    name=_("Four phases"),
    description=_(
        "Explore the territory, design together, act, evaluate. For development programmes of a year or more."
    ),
    form=Programme.Form.IN_PHASES,
    phases=(
        PhasePlan(
            _("Exploration"),
            _("We look for who innovates and listen to what people need."),
            (("page", _("Who we are looking for")), ("meeting", _("Opening meeting"))),
        ),
        PhasePlan(
            _("Design"),
            _("We plan courses and actions together with those they are for."),
            (("meeting", _("Co-creation session")),),
        ),
        PhasePlan(
            _("Action"), _("We carry out what was designed together."), (("page", _("What we are doing")),)
        ),
        PhasePlan(
            _("Evaluation"),
            _("We check what changed and tell everyone."),
            (("meeting", _("Closing meeting")), ("page", _("What came of it"))),
        ),
    ),
)
# L.R. Emilia-Romagna 15/2018: the path is shared, held, and ends in a proposal the body must answer.
REGIONAL_LAW = Blueprint(
    key="regional_law",
    name=_("Process under the regional law"),
    description=_(
        "A process under Emilia-Romagna's law 15/2018: negotiation table, shared proposal, decision."
    ),
    form=Programme.Form.IN_PHASES,
    phases=(
        PhasePlan(
            _("Sharing the path"),
            _("The negotiation table is set up and agrees on rules and calendar."),
            (
                ("page", _("The object of the process and the decision at stake")),
                ("meeting", _("Negotiation table: first session")),
            ),
        ),
        PhasePlan(
            _("Opening"),
            _("We collect needs and ideas from everyone, also from those who usually do not come."),
            (("meeting", _("Public meeting")), ("meeting", _("Laboratory"))),
        ),
        PhasePlan(
            _("Closing"),
            _("We choose among the proposals and write the shared proposal document."),
            (
                ("meeting", _("Negotiation table: the proposal document")),
                ("page", _("Shared proposal document (DocPP)")),
            ),
        ),
        PhasePlan(
            _("Decision and monitoring"),
            _("The body takes note within 30 days, decides, and says why. Then we follow what happens."),
            (("page", _("Acknowledgement and decision")), ("page", _("What came of it"))),
        ),
    ),
)
PERMANENT = Blueprint(
    key="permanent",
    name=_("Permanent programme"),
    description=_(
        "No phases: activities follow one another. For a community, an observatory, a standing table."
    ),
    form=Programme.Form.PERMANENT,
)
BLANK = Blueprint(
    key="blank",
    name=_("Blank"),
    description=_("One phase and nothing else: you add the rest."),
    form=Programme.Form.IN_PHASES,
    phases=(PhasePlan(_("First phase"), ""),),
)
BLUEPRINTS = {each.key: each for each in (FOUR_PHASES, REGIONAL_LAW, PERMANENT, BLANK)}
