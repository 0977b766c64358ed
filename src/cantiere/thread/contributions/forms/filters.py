"""What may be asked of all that was said in a programme; the address is the state, in Italian."""

from collections.abc import Mapping
from typing import ClassVar

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cantiere.foundation.places.filters import PlaceFilterField
from cantiere.foundation.ui.filters import FilterForm
from cantiere.programmes.models import Activity, Programme
from cantiere.thread.contributions.models import ActorKind, Contribution, Theme

ACTORS = {
    "cittadinanza": ActorKind.CITIZEN,
    "associazioni": ActorKind.ASSOCIATION,
    "imprese": ActorKind.FIRM,
    "enti": ActorKind.PUBLIC_BODY,
    "scuola-ricerca": ActorKind.SCHOOL,
    "altro": ActorKind.OTHER,
}
BECAME: dict[str, str | Promise] = {
    "con-risposta": pgettext_lazy("what became of it", "with an answer"),
    "accolto": pgettext_lazy("what became of it", "accepted"),
    "accolto-in-parte": pgettext_lazy("what became of it", "accepted in part"),
    "non-accolto": pgettext_lazy("what became of it", "not accepted"),
    "in-una-proposta": _("taken into a proposal"),
    "con-impegno": _("with a commitment"),
    "con-risultato": _("with a result"),
    "senza-risposta": _("still without an answer"),
}
ORDERS: dict[str, str | Promise] = {"recenti": _("latest first"), "vecchi": _("earliest first")}
ALL = _("All")


class ContributionFilters(FilterForm):
    """Words, theme, where it was said, who spoke, what became of it."""

    parameters: ClassVar[Mapping[str, str]] = {
        "themes": "tema",
        "activity": "dove",
        "became": "esito",
        "actor": "chi",
        "place": "luogo",
        "order": "ordine",
    }
    words: ClassVar[Mapping[str, str | Promise]] = {
        "themes": pgettext_lazy("chip", "on %(value)s"),
        "activity": pgettext_lazy("chip", "said in: %(value)s"),
        "became": "%(value)s",
        "actor": pgettext_lazy("chip", "who spoke: %(value)s"),
    }
    quiet = ("order",)

    q = forms.CharField(label=_("Words in what was said"), max_length=120)
    themes = forms.MultipleChoiceField(
        label=pgettext_lazy("filter", "Theme"), widget=forms.CheckboxSelectMultiple
    )
    activity = forms.ChoiceField(label=_("Where it was said"))
    became = forms.ChoiceField(label=_("What became of it"), choices=[("", ALL), *BECAME.items()])
    actor = forms.ChoiceField(
        label=_("Who spoke"), choices=[("", ALL), *((word, kind.label) for word, kind in ACTORS.items())]
    )
    place = PlaceFilterField(label=pgettext_lazy("filter", "Place"))
    order = forms.ChoiceField(label=_("Order"), choices=list(ORDERS.items()), initial="recenti")

    def __init__(self, data: QueryDict | None, *, programme: Programme) -> None:
        super().__init__(data)
        themes, activity = self.fields["themes"], self.fields["activity"]
        assert isinstance(themes, forms.MultipleChoiceField)
        assert isinstance(activity, forms.ChoiceField)
        themes.choices = [
            (theme.slug, theme.name)
            for theme in Theme.objects.filter(programme=programme).only("slug", "name")
        ]
        public = Activity.objects.public().filter(
            programme=programme, pk__in=Contribution.objects.public().values("activity")
        )
        activity.choices = [
            ("", ALL),
            *((row.slug, row.title) for row in public.only("slug", "title", "order")),
        ]
