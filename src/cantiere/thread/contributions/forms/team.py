"""What the team writes: what it heard, corrections, themes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cantiere.foundation.places.forms import PlaceField
from cantiere.foundation.ui.forms import DateInput
from cantiere.programmes.forms import DetailsForm
from cantiere.programmes.models import Activity
from cantiere.thread.contributions import codes
from cantiere.thread.contributions.models import ActorKind, Contribution, Theme
from cantiere.thread.contributions.models.contribution import LONGEST

MOST_LINES = 200
_signer = Signer(salt="cantiere.contributions.slip")


class WriteForm(forms.Form):
    """Sentences as they are heard, one a line, or one long text."""

    LINES, WHOLE = "lines", "whole"

    text = forms.CharField(
        label=_("What was said"),
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 7, "data-focus": ""}),
        help_text=_("One sentence a line, in the words of who said it. No names of people."),
    )
    shape = forms.ChoiceField(
        label=_("How it is written"),
        choices=[(LINES, _("One contribution a line")), (WHOLE, _("All of it is one contribution"))],
        initial=LINES,
        widget=forms.RadioSelect,
    )
    origin = forms.CharField(
        label=_("Where in the meeting"),
        max_length=160,
        required=False,
        help_text=_("For example: Table 3, second question."),
    )
    actor = forms.ChoiceField(label=_("Who speaks"), choices=ActorKind.choices, initial=ActorKind.UNSTATED)
    place = PlaceField(
        label=_("Where they come from"), required=False, help_text=_("Municipality, if they say it.")
    )
    day = forms.DateField(label=_("Day"), widget=DateInput)
    in_room = forms.BooleanField(
        label=_("We wrote it down in the room, hearing it"),
        required=False,
        initial=True,
        help_text=_("Take the tick away for sheets that people filled in themselves."),
    )
    slip = forms.BooleanField(
        label=_("Give a receipt to print"),
        required=False,
        help_text=_("For whoever said these things: with its code they see what becomes of them."),
    )
    code = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, activity: Activity, kept: Any = None) -> None:
        kept = kept or {}
        initial = {
            "day": kept.get("giorno") or _first_day(activity),
            "origin": kept.get("dove", "")[:160],
            "actor": kept.get("chi") if kept.get("chi") in ActorKind.values else ActorKind.UNSTATED,
            "slip": kept.get("ricevuta") == "1",
            "code": _signer.sign(codes.new_code()),
        }
        super().__init__(data, initial=initial)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        lines = self._lines(text)
        if len(lines) > MOST_LINES:
            words = gettext("%(n)s lines are too many at once: at most %(most)s.")
            raise ValidationError(words % {"n": len(lines), "most": MOST_LINES})
        long = [number for number, line in enumerate(lines, 1) if len(line) > LONGEST]
        if long:
            words = gettext("Line %(n)s is too long: at most %(most)s characters fit.")
            raise ValidationError(words % {"n": long[0], "most": LONGEST})
        return text

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise ValidationError(gettext("This day is still to come."))
        return day

    def _lines(self, text: str) -> list[str]:
        if self.data.get("shape") == self.WHOLE:
            return [text.strip()]
        return [line.strip(" \t-*•") for line in text.splitlines() if line.strip(" \t-*•")]

    @property
    def lines(self) -> list[str]:
        """Each contribution."""
        return self._lines(self.cleaned_data["text"])

    @property
    def slip_code(self) -> str:
        """The code made when the page was shown; empty when no slip is wanted or it is not ours."""
        try:
            return _signer.unsign(self.cleaned_data["code"]) if self.cleaned_data["slip"] else ""
        except BadSignature:
            return ""


def _first_day(activity: Activity) -> Any:
    today = timezone.localdate()
    return min(activity.starts_on or today, today)


class CorrectForm(DetailsForm[Contribution]):
    """The team's correction, with its reason."""

    reason = forms.CharField(
        label=_("Why you correct it"),
        max_length=240,
        help_text=_("Everyone reads it beside the text: for example “A person’s name was taken out.”"),
    )

    class Meta:
        model = Contribution
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}


class ThemeForm(DetailsForm[Theme]):
    """A theme in words."""

    class Meta:
        model = Theme
        fields = ("name", "description", "parent")

    def __init__(self, *args: Any, row: Theme, **options: Any) -> None:
        super().__init__(*args, row=row, **options)
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ModelChoiceField)
        parent.queryset = Theme.objects.filter(programme=row.programme, parent=None).exclude(pk=row.pk)
        parent.empty_label = gettext("Nothing: it stands by itself")


class _OtherTheme(forms.Form):
    into = forms.ModelChoiceField(Theme.objects.none(), label=pgettext_lazy("of what was said", "Theme"))

    def __init__(self, data: Any = None, *, theme: Theme) -> None:
        super().__init__(data)
        field = self.fields["into"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Theme.objects.filter(programme=theme.programme).exclude(pk=theme.pk)


class MergeForm(_OtherTheme):
    """Which theme takes in the other."""


class RemoveForm(_OtherTheme):
    """Where the contributions of a removed theme go."""

    into = forms.ModelChoiceField(
        Theme.objects.none(),
        label=pgettext_lazy("theme", "Its contributions go to"),
        required=False,
        empty_label=_("No theme: they wait to be grouped again"),
    )
