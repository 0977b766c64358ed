"""What may be asked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cantiere.foundation.notices.models import Preference, Rhythm


class RhythmForm(forms.ModelForm[Preference]):
    """How often mail may come."""

    class Meta:
        model = Preference
        fields = ("rhythm",)
        widgets = {"rhythm": forms.RadioSelect}
        help_texts = {"rhythm": _("A changed date or a cancelled meeting is told at once.")}


class FollowForm(forms.Form):
    """Begin or stop following; ``back`` is where the button stood."""

    topic = forms.RegexField(r"^[a-z_]+:[0-9]+$", max_length=80)
    follow = forms.ChoiceField(choices=[("yes", ""), ("no", "")])
    back = forms.CharField(max_length=500, required=False)


class LessForm(forms.Form):
    """What somebody wants less of."""

    choice = forms.ChoiceField(
        choices=[("unfollow", ""), (Rhythm.WEEKLY.value, ""), (Rhythm.NEVER.value, "")]
    )
