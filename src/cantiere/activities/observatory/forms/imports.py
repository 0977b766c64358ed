"""What is asked of whoever brings a sheet."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cantiere.activities.observatory.models import RecordImport
from cantiere.activities.observatory.queries import imports as queries
from cantiere.activities.observatory.sheet import BY_NAME, COLUMNS, propose
from cantiere.foundation.core import sheets


class BringForm(forms.Form):
    """A file; once valid, ``sheet`` is what was read of it."""

    file = forms.FileField(
        label=_("Sheet with the records"),
        help_text=_("XLSX, ODS, XLS or CSV: at most 20,000 rows and 20 MB. The first row names the columns."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.xls,.xlsb,.ods,.tsv,.txt"}),
    )
    sheet: sheets.Sheet

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        self.sheet = sheets.read(file)
        if not self.sheet.count:
            self.sheet.close()
            raise ValidationError(gettext("The sheet has the names of the columns, but no row below them."))
        return file


class MatchForm(forms.Form):
    """For each column of the sheet, which of ours it is."""

    def __init__(self, data: Any = None, *, brought: RecordImport) -> None:
        super().__init__(data)
        samples = brought.counts.get("samples", [])
        proposed = (
            queries.mapping_of(brought) if brought.mapping else propose(brought.headers, queries.remembered())
        )
        choices = [("", _("Leave out")), *((column.name, column.header) for column in COLUMNS)]
        for at, header in enumerate(brought.headers):
            self.fields[f"column{at}"] = forms.ChoiceField(
                label=f"{sheets.letter(at)} · {header}",
                choices=choices,
                initial=proposed[at],
                required=False,
                help_text=_example(samples[at]) if at < len(samples) else "",
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        taken: dict[str, str] = {}
        for name, column in list(cleaned.items()):
            if column and column in taken:
                words = gettext("“%(column)s” is chosen for %(other)s already: one of the two must change.")
                params = {"column": BY_NAME[column].header, "other": taken[column]}
                self.add_error(name, ValidationError(words, params=params))
            elif column:
                taken[column] = str(self.fields[name].label)
        if "title" not in taken:
            words = gettext(
                "Say which column holds the title of the process: without it there are no records."
            )
            raise ValidationError(words)
        return cleaned

    @property
    def columns(self) -> list[str]:
        """Ours, in the order of the sheet."""
        return [self.cleaned_data.get(name, "") for name in self.fields]


def _example(cells: list[str]) -> str:
    return gettext("For example: %(cells)s") % {"cells": " · ".join(cells)} if cells else ""


class ConfirmForm(forms.Form):
    """How a checked sheet is written."""

    leave_out = forms.BooleanField(label=_("Import only the rows without problems"), required=False)
    existing = forms.ChoiceField(
        label=_("Records that are here already"),
        choices=[
            ("update", _("Update them with what the sheet says; empty cells take nothing away")),
            ("keep", _("Leave them as they are")),
        ],
        initial="update",
        widget=forms.RadioSelect,
    )
    publish = forms.BooleanField(
        label=_("Publish the new records at once"),
        help_text=_("Otherwise they are drafts, which only those who curate the census see."),
        required=False,
    )

    def __init__(self, data: Any = None, *, brought: RecordImport) -> None:
        super().__init__(data)
        counts = queries.summary(brought)
        if not counts["refused"]:
            del self.fields["leave_out"]
        else:
            self.fields["leave_out"].required = True
            self.fields["leave_out"].error_messages["required"] = _(
                "Some rows have problems: tick here to leave them out, or mend the sheet and bring it again."
            )
        if not counts["changed"]:
            del self.fields["existing"]
        if not counts["new"]:
            del self.fields["publish"]

    @property
    def options(self) -> dict[str, bool]:
        """As the action wants them."""
        return {
            "leave_out": bool(self.cleaned_data.get("leave_out")),
            "keep_existing": self.cleaned_data.get("existing") == "keep",
            "publish": bool(self.cleaned_data.get("publish")),
        }
