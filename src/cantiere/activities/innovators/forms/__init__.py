"""What the room accepts: forms check, actions write."""

from cantiere.activities.innovators.forms.curation import (
    ByHandForm,
    CuratedForm,
    DecisionForm,
    InviteForm,
    PaperForm,
)
from cantiere.activities.innovators.forms.filters import InnovatorFilters
from cantiere.activities.innovators.forms.innovator_map import MapEditor
from cantiere.activities.innovators.forms.nomination import LetterForm, OneselfForm, OtherForm
from cantiere.activities.innovators.forms.profile import OwnForm

__all__ = [
    "ByHandForm",
    "CuratedForm",
    "DecisionForm",
    "InnovatorFilters",
    "InviteForm",
    "LetterForm",
    "MapEditor",
    "OneselfForm",
    "OtherForm",
    "OwnForm",
    "PaperForm",
]
