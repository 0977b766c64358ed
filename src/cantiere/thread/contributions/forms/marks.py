"""What is done with several contributions ticked in the list."""

from enum import Enum
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cantiere.programmes.models import Activity
from cantiere.thread.contributions.models import Contribution, Step, Theme

MOST = 500


class Mark(Enum):
    """The button that was pressed; each word stands in the form."""

    CODE = "raggruppa"
    UNCODE = "togli"
    SPLIT = "separa"
    HOLD = "trattieni"
    PUBLISH = "pubblica"
    STEP = "passo"


class MarkForm(forms.Form):
    """Ticks, a button, and what that button needs."""

    theme = forms.ModelChoiceField(
        Theme.objects.none(),
        label=pgettext_lazy("of what was said", "Theme"),
        required=False,
        empty_label=_("Choose a theme"),
    )
    new_theme = forms.CharField(
        label=_("or a new theme"), max_length=80, required=False, help_text=_("Two or three words.")
    )
    reason = forms.CharField(
        label=_("Why they are not published"),
        max_length=240,
        required=False,
        help_text=_("Whoever said it reads this."),
    )
    kind = forms.ChoiceField(
        label=_("What happened"), choices=[("", _("Choose")), *Step.Kind.choices], required=False
    )
    words = forms.CharField(
        label=_("In words"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For who said it: what was done, and why. A no needs its reasons."),
    )
    link = forms.CharField(
        label=_("Where to read more"),
        max_length=500,
        required=False,
        help_text=_("An address, if there is one."),
    )

    def __init__(self, data: Any = None, *, activity: Activity) -> None:
        super().__init__(data)
        self.activity = activity
        field = self.fields["theme"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Theme.objects.filter(programme=activity.programme).select_related("parent")

    @property
    def mark(self) -> Mark | None:
        """Which button was pressed."""
        found = [mark for mark in Mark if mark.value == self.data.get("fai")]
        return found[0] if found else None

    @property
    def ticked(self) -> set[int]:
        """The numbers that were ticked, as the page shows them again."""
        asked = "p" if self.data.get("tutti") else "c"
        given = self.data.getlist(asked) if isinstance(self.data, QueryDict) else []
        return {
            int(number)
            for number in given[:MOST]
            if number.isascii() and number.isdecimal() and len(number) < 17
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.mark is None:
            raise ValidationError(gettext("Choose what to do with them."))
        self.rows = list(
            Contribution.objects.said().filter(activity=self.activity, pk__in=self.ticked).order_by("pk")
        )
        if not self.rows:
            raise ValidationError(gettext("Tick at least one contribution first."))
        self._needs(cleaned)
        return cleaned

    def _needs(self, cleaned: dict[str, Any]) -> None:
        theme, new = cleaned.get("theme"), cleaned.get("new_theme")
        if self.mark is Mark.CODE and not (theme or new):
            self.add_error("theme", gettext("Choose a theme, or write a new one."))
        if self.mark in {Mark.UNCODE, Mark.SPLIT} and not theme:
            self.add_error("theme", gettext("Choose the theme they belong to now."))
        if self.mark is Mark.SPLIT and not new:
            self.add_error("new_theme", gettext("Write how the new theme is called."))
        if self.mark is Mark.HOLD and not cleaned.get("reason"):
            self.add_error("reason", gettext("Say why: whoever said it reads your reason."))
        if self.mark is Mark.STEP:
            if not cleaned.get("kind"):
                self.add_error("kind", gettext("Choose what happened."))
            if not cleaned.get("words"):
                self.add_error("words", gettext("Say it in words: it is what people read."))
