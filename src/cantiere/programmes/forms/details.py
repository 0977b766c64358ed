"""Forms over a row that they never touch."""

from collections.abc import Mapping
from copy import copy
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _

Row = TypeVar("Row", bound=Model)

if TYPE_CHECKING:

    class _ModelForm(forms.ModelForm[Row], Generic[Row]):
        pass

else:

    class _ModelForm(forms.ModelForm, Generic[Row]):
        pass


class DetailsForm(_ModelForm[Row]):
    """Checks what was written of ``row``, which stays as it is until an action takes ``details``."""

    def __init__(self, data: Any = None, files: Any = None, *, row: Row, **options: Any) -> None:
        super().__init__(data, files, instance=copy(row), **options)

    @property
    def details(self) -> Mapping[str, object]:
        """The checked values by field of the model."""
        names = {field.name for field in self._meta.model._meta.get_fields()}
        return {name: value for name, value in self.cleaned_data.items() if name in names}

    def keep_in_order(self, first: str, last: str) -> None:
        """Called by ``clean``: the later of two moments or days must not come before the earlier."""
        begins, ends = self.cleaned_data.get(first), self.cleaned_data.get(last)
        if begins is None or ends is None:
            return
        same_is_fine = type(begins) is date
        if ends < begins or (ends == begins and not same_is_fine):
            words = {"last": self.fields[last].label, "first": self.fields[first].label}
            self.add_error(last, _("“%(last)s” comes before “%(first)s”: change one of the two.") % words)
