"""What visitors send."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cantiere.web.models import Clarity, Report


class ClarityForm(forms.Form):
    """A page and how clear it was."""

    page = forms.CharField(max_length=300)
    rate = forms.TypedChoiceField(coerce=int, choices=[(n, str(n)) for n in range(1, 6)])


class CommentForm(forms.ModelForm[Clarity]):
    """What was missing."""

    class Meta:
        model = Clarity
        fields = ["comment"]
        widgets = {"comment": forms.Textarea(attrs={"rows": 3})}


class ReportForm(forms.ModelForm[Report]):
    """A page that does not work for somebody."""

    class Meta:
        model = Report
        fields = ["page", "text", "email"]
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "page": _("Its address, or what you were looking for."),
            "text": _("Say what you tried to do and what happened. If you use a screen reader, say which."),
            "email": _("We use it only to answer you."),
        }


class AnswerForm(forms.ModelForm[Report]):
    """The answer to a report."""

    class Meta:
        model = Report
        fields = ["answer"]
