"""What may be asked of the list."""

from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from cantiere.activities.innovators.models import Innovator, InnovatorMap
from cantiere.foundation.places.filters import PlaceFilterField
from cantiere.foundation.ui.filters import FilterForm
from cantiere.foundation.ui.forms import Boxes


class InnovatorFilters(FilterForm):
    """Words, place, sectors, who, and whether they offer or look for something."""

    parameters: ClassVar[dict[str, str]] = {
        "place": "luogo", "sectors": "settore", "kind": "chi", "offers": "offre", "needs": "cerca",
    }  # fmt: skip
    words: ClassVar[dict[str, Any]] = {
        "sectors": _("about %(value)s"),
        "kind": _("only: %(value)s"),
        "offers": _("who offer something"),
        "needs": _("who look for something"),
    }

    q = forms.CharField(label=_("What they do, offer or look for"), max_length=200)
    place = PlaceFilterField(label=_("Place"))
    sectors = forms.MultipleChoiceField(label=_("Sectors"), widget=Boxes)
    kind = forms.ChoiceField(label=_("Who"), choices=[("", _("Everyone")), *Innovator.Kind.choices])
    offers = forms.BooleanField(label=_("Offers something"))
    needs = forms.BooleanField(label=_("Looks for something"))

    def __init__(self, *args: Any, own: InnovatorMap, **options: Any) -> None:
        super().__init__(*args, **options)
        cast("forms.MultipleChoiceField", self.fields["sectors"]).choices = own.offered
