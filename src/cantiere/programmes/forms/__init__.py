"""What programmes accept: forms check, actions write."""

from cantiere.programmes.forms.activity import (
    ActivityForm,
    CancelForm,
    CopyActivityForm,
    NewActivityForm,
    OutcomeForm,
)
from cantiere.programmes.forms.changes import ChangeForm, CorrectionForm
from cantiere.programmes.forms.details import DetailsForm
from cantiere.programmes.forms.enrolment import DeclineForm, RulesForm
from cantiere.programmes.forms.held import HeldEditor, HeldForm
from cantiere.programmes.forms.minutes import MinutesForm
from cantiere.programmes.forms.outline import GoalForm, PhaseForm
from cantiere.programmes.forms.people import MemberForm, NewMemberForm, PartnerForm
from cantiere.programmes.forms.programme import CopyProgrammeForm, NewProgrammeForm, ProgrammeForm
from cantiere.programmes.forms.seats import DoorForm, EnrolForm
from cantiere.programmes.forms.sessions import SessionForm, Sessions
from cantiere.programmes.forms.together import Together

__all__ = [
    "ActivityForm",
    "CancelForm",
    "ChangeForm",
    "CopyActivityForm",
    "CopyProgrammeForm",
    "CorrectionForm",
    "DeclineForm",
    "DetailsForm",
    "DoorForm",
    "EnrolForm",
    "GoalForm",
    "HeldEditor",
    "HeldForm",
    "MemberForm",
    "MinutesForm",
    "NewActivityForm",
    "NewMemberForm",
    "NewProgrammeForm",
    "OutcomeForm",
    "PartnerForm",
    "PhaseForm",
    "ProgrammeForm",
    "RulesForm",
    "SessionForm",
    "Sessions",
    "Together",
]
