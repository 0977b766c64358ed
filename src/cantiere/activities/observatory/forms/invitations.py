"""A list of whom to invite, written or uploaded, and what is wrong with its lines."""

import csv
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cantiere.activities.observatory.actions.invitations import Invited
from cantiere.activities.observatory.forms.census import _SheetForm
from cantiere.foundation.accounts import addresses
from cantiere.foundation.core import sheets

MOST = 2000
HEADERS = {"e-mail", "email", "mail", "posta", "indirizzo", "indirizzo e-mail", "pec"}


@dataclass(frozen=True)
class Line:
    """One line as it was read: whom it invites, or why it cannot."""

    number: int
    written: str
    invited: Invited | None
    wrong: str = ""


class InvitationsForm(_SheetForm):
    """One a line: e-mail; organisation; process. A file fills the list, which can then be mended here."""

    lines = forms.CharField(
        label=gettext_lazy("Whom do you invite?"),
        required=False,
        max_length=400_000,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "One a line: e-mail; organisation; process. Organisation and process may be missing."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        required=False,
        help_text=gettext_lazy("A sheet (CSV, Excel, ODS) with the same three columns."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx,.ods"}),
    )

    def __init__(self, *args: Any, there: Collection[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.there = there
        self.read: list[Line] = []

    def clean(self) -> dict[str, Any]:
        """Read the lines; wrong ones are told beside them and stop nobody else."""
        cleaned = super().clean() or self.cleaned_data
        try:
            rows = self._rows(cleaned)
        except ValidationError as refused:
            self.add_error("file", refused)
            return cleaned
        if len(rows) > MOST:
            self.add_error("lines", _("At most %(most)s lines at a time.") % {"most": MOST})
            return cleaned
        self.read = list(self._read(rows))
        if not self.read:
            self.add_error("lines", _("Write at least one address, or choose a file."))
        cleaned["lines"] = "\n".join("; ".join(filter(None, cells)) for cells in rows)
        return cleaned

    def _rows(self, cleaned: dict[str, Any]) -> list[list[str]]:
        text, file = str(cleaned.get("lines") or ""), cleaned.get("file")
        rows = _split(text)
        if file:
            with sheets.read(file) as sheet:
                rows += [list(sheet.columns), *(list(row.cells) for row in sheet.rows())]
        tidy = [[" ".join(cell.split()) for cell in cells[:3]] for cells in rows]
        return [cells for cells in tidy if any(cells) and not _is_header(cells)]

    def _read(self, rows: Iterable[Sequence[str]]) -> Iterable[Line]:
        seen = set(self.there)
        for number, cells in enumerate(rows, 1):
            email, organisation, process = (*cells, "", "")[:3]
            written = "; ".join(filter(None, cells))
            try:
                address = addresses.valid(email)
            except ValidationError as wrong:
                yield Line(number, written, None, " ".join(wrong.messages))
                continue
            if len(organisation) > 200 or len(process) > 160:
                yield Line(number, written, None, _("Too long: at most 200 signs a name, 160 a process."))
            elif (address, process) in seen:
                yield Line(number, written, None, _("Invited already: this line is left out."))
            else:
                seen.add((address, process))
                yield Line(number, written, Invited(address, organisation, process))

    @property
    def good(self) -> list[Invited]:
        """Those who can be invited."""
        return [line.invited for line in self.read if line.invited is not None]

    @property
    def bad(self) -> list[Line]:
        """The lines that cannot."""
        return [line for line in self.read if line.invited is None]


def _split(text: str) -> list[list[str]]:
    divider = ";" if ";" in text else "\t" if "\t" in text else ","
    return [row for row in csv.reader(text.splitlines(), delimiter=divider, skipinitialspace=True) if row]


def _is_header(cells: Sequence[str]) -> bool:
    return "@" not in "".join(cells) and cells[0].casefold() in {
        "e-mail",
        "email",
        "mail",
        "posta",
        "indirizzo",
    }
