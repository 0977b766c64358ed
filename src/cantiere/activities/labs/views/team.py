"""Where the team prepares a laboratory."""

from typing import Any

from django.http import HttpResponse

from cantiere.activities.labs import actions
from cantiere.activities.labs.forms.lab import LabForm
from cantiere.activities.labs.models import Lab
from cantiere.activities.labs.views.frame import lab_frame
from cantiere.foundation.accounts.http import SignedIn
from cantiere.foundation.core.access import requires
from cantiere.programmes.views.workspace.held import prepare_held


@requires("labs.edit", Lab)
def lab_edit(request: SignedIn, lab: Lab) -> HttpResponse:
    """Its words, its days, who may sign up, who may join, what people are asked."""

    def keep(wanted: dict[str, Any]) -> None:
        actions.edit(by=request.person, lab=lab, **wanted)

    frame = lab_frame(request.person, lab)
    return prepare_held(request, lab, LabForm, keep, template="labs/lab_edit.html", frame=frame)
