"""What is typed into the pages of accounts."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cantiere.foundation.accounts import addresses
from cantiere.foundation.accounts.actions.codes import DIGITS
from cantiere.foundation.accounts.models import Person, PlatformRole


class AddressField(forms.EmailField):
    """An e-mail address in its one spelling."""

    default_error_messages = {
        "required": _("Write your e-mail address."),
        "invalid": _("Check the address: it should look like name@example.org."),
    }

    def __init__(self, **kwargs: Any) -> None:
        attributes = {
            "autocomplete": "email",
            "inputmode": "email",
            "autocapitalize": "none",
            "spellcheck": "false",
        }
        super().__init__(widget=forms.EmailInput(attributes), **({"label": _("Your e-mail")} | kwargs))

    def clean(self, value: Any) -> str:
        return addresses.valid(super().clean(addresses.normal(str(value or ""))))


class AddressForm(forms.Form):
    """Whoever wants to come in."""

    email = AddressField()


class CodeForm(forms.Form):
    """The digits that came by mail; spaces do not matter."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("Eight digits."),
        widget=forms.TextInput(
            {
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "pattern": r"[0-9 \-]*",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )

    def clean_code(self) -> str:
        digits = "".join(filter(str.isdigit, self.cleaned_data["code"]))
        if len(digits) != DIGITS:
            raise forms.ValidationError(_("The code has eight digits. Copy it from the message."))
        return digits


class WelcomeForm(forms.Form):
    """The only questions to somebody new."""

    name = forms.CharField(
        label=_("What should we call you?"),
        max_length=80,
        required=False,
        help_text=_("Not needed. A made-up name is fine. The teams of the programmes you join will see it."),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    privacy = forms.BooleanField(
        label=_("I have read how my data are used, and I agree"),
        error_messages={"required": _("To go on, read the notice and tick this box.")},
    )


class ProfileForm(forms.ModelForm[Person]):
    """Name and language."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    class Meta:
        model = Person
        fields = ("name", "language")
        labels = {"name": _("Name")}
        help_texts = {
            "name": _("Not needed. A made-up name is fine. The teams of the programmes you join will see it.")
        }


class EraseForm(forms.Form):
    """The word that shows somebody means it."""

    word = forms.CharField(
        label=_("Type ERASE to confirm"), max_length=20, widget=forms.TextInput({"autocomplete": "off"})
    )

    def clean_word(self) -> str:
        word = str(self.cleaned_data["word"]).strip().upper()
        if word != str(_("ERASE")):
            raise forms.ValidationError(_("Type the word as you see it here: ERASE."))
        return word


class RoleForm(forms.Form):
    """A role for an address."""

    email = AddressField(label=_("E-mail of the person"))
    role = forms.ChoiceField(label=_("Role"), choices=PlatformRole.Role.choices)


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey, always one that can sign in alone."""

    name = forms.CharField(
        label=_("Name of the passkey"),
        max_length=60,
        required=False,
        help_text=_("For instance: office computer."),
    )
    passwordless = forms.BooleanField(required=False, initial=True, widget=forms.HiddenInput)


class PasskeyNameForm(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    name = forms.CharField(label=_("Name of the passkey"), max_length=60)


class RecoveryCodeForm(AuthenticateForm):  # type: ignore[misc]
    """A recovery code in place of the passkey."""

    code = forms.CharField(
        label=_("Recovery code"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric", "spellcheck": "false"}),
    )
