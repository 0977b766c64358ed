"""Template words of accounts."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from cantiere.foundation.ui.navigation import Door

register = template.Library()


@register.simple_tag(takes_context=True)
def account_doors(context: template.Context) -> list[Door]:
    """The pages of one's own account."""
    here = context["request"].path
    pages = [
        (_("Name and language"), "accounts:account"),
        (_("E-mail address"), "accounts:address"),
        (_("Where you are signed in"), "accounts:sessions"),
        (_("Passkeys"), "mfa_index"),
        (_("What you said yes to"), "accounts:consents"),
        (_("Your data"), "accounts:my_data"),
        (_("Erase the account"), "accounts:erase"),
    ]
    first = reverse("accounts:account")
    addresses = [(label, reverse(name)) for label, name in pages]
    return [
        Door(label, url, url == here if url == first else here.startswith(url)) for label, url in addresses
    ]
