"""The days of something held: one row each, and an empty one where there are none."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cantiere.foundation.ui.forms import DateInput, TimeInput
from cantiere.programmes.actions import Session
from cantiere.programmes.models import Activity

MOST = 40


class SessionForm(forms.Form):
    """A day, from an hour to another."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    day = forms.DateField(label=_("Day"), widget=DateInput)
    start = forms.TimeField(label=_("From"), widget=TimeInput)
    end = forms.TimeField(label=_("To"), widget=TimeInput)
    title = forms.CharField(
        label=_("Name of the session"),
        max_length=120,
        required=False,
        help_text=_("Only if there are several."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end <= start:
            self.add_error("end", _("The end must come after the start."))
        return cleaned

    @property
    def is_new(self) -> bool:
        """Whether it names no appointment yet."""
        return not self["pk"].value()

    @property
    def session(self) -> Session:
        """The row as the action takes it."""
        given = self.cleaned_data

        def at(hour: Any) -> datetime:
            return timezone.make_aware(datetime.combine(given["day"], hour))

        return Session(at(given["start"]), at(given["end"]), given["title"], given.get("pk"))


class _Sessions(forms.BaseFormSet[SessionForm]):
    """Rows whose hidden keys are those of this activity and no other."""

    def __init__(self, *args: Any, activity: Activity, **options: Any) -> None:
        self.own = {each.pk: each for each in activity.appointments.all()}
        self.extra = 0 if self.own else 1
        super().__init__(*args, **options)

    def clean(self) -> None:
        for form in self.forms:
            key = form.cleaned_data.get("pk") if hasattr(form, "cleaned_data") else None
            if key is not None and key not in self.own:
                raise ValidationError(_("One of these days was removed meanwhile. Look at them again."))

    @property
    def sessions(self) -> list[Session]:
        """What is left without empty and removed rows; a day somebody else added meanwhile stays."""
        rows = [form for form in self.forms if form.has_changed() or not form.is_new]
        kept = [form.session for form in rows if not form.cleaned_data.get("DELETE")]
        unknown = self.own.keys() - {form.cleaned_data.get("pk") for form in rows}
        return kept + [
            Session(a.starts, a.ends, a.title, a.pk) for pk, a in self.own.items() if pk in unknown
        ]

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Remove this day")


Sessions: type[_Sessions] = forms.formset_factory(  # type: ignore[assignment]
    SessionForm,
    formset=_Sessions,
    extra=0,
    max_num=MOST,
    absolute_max=MOST,
    validate_max=True,
    can_delete=True,
)


def sessions_of(activity: Activity) -> list[dict[str, object]]:
    """The appointments that stand, as the first values of the rows."""
    return [
        {
            "pk": each.pk,
            "day": timezone.localtime(each.starts).date(),
            "start": timezone.localtime(each.starts).time(),
            "end": timezone.localtime(each.ends).time(),
            "title": each.title,
        }
        for each in activity.appointments.order_by("starts", "pk")
    ]
