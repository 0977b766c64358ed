"""Forms about a page."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from cantiere.activities.meetings.models import Page, PageDocument
from cantiere.foundation.core.uploads.fields import DocumentFormField
from cantiere.programmes.forms import ActivityForm, DetailsForm, OutcomeForm, Together


class PageForm(DetailsForm[Page]):
    """What only a page knows."""

    class Meta:
        model = Page
        fields = ("story", "link")
        widgets = {"story": forms.Textarea(attrs={"rows": 14}), "link": forms.URLInput}


class DocumentsForm(forms.Form):
    """A file to add, and those to take away."""

    file = DocumentFormField(
        label=_("Add a document"), required=False, help_text=_("PDF or office file, up to 20 MB.")
    )
    file_title = forms.CharField(label=_("Title of the document"), max_length=120, required=False)
    drop: forms.ModelMultipleChoiceField[PageDocument] = forms.ModelMultipleChoiceField(
        PageDocument.objects.none(),
        label=_("Remove these documents"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, page: Page, **options: Any) -> None:
        super().__init__(*args, **options)
        documents = page.documents.all()
        cast("forms.ModelMultipleChoiceField[PageDocument]", self.fields["drop"]).queryset = documents
        if not documents:
            del self.fields["drop"]


class PageEditor(Together):
    """The row, the story, what came of it, the documents: one page, one sending."""

    def __init__(self, page: Page, data: Any = None, files: Any = None) -> None:
        self.row = ActivityForm(data, row=page.activity)
        self.own = PageForm(data, row=page)
        self.outcome = OutcomeForm(data, row=page.activity)
        self.documents = DocumentsForm(data, files, page=page)
        self.row.fields["opens"].help_text = _("If people take part where the link leads: from when.")
        self.row.fields["closes"].help_text = _("And until when.")
        super().__init__(self.row, self.own, self.outcome, self.documents)
