"""The words one agrees to before being shown, their version and their digest."""

import hashlib

from django.conf import settings
from django.utils.translation import gettext as _

from cantiere.activities.innovators.models import InnovatorMap
from cantiere.programmes.models import Partnership

VERSION = "2026-1"


def runners(own: InnovatorMap) -> str:
    """Who runs the map: the promoters of its programme by name, or the site."""
    first = [Partnership.Role.PROMOTER, Partnership.Role.LEAD]
    rows = own.activity.programme.partnerships.filter(role__in=first).select_related("organisation")
    names = [row.organisation.name for row in rows]
    return ", ".join(names) or settings.CANTIERE_BODY_NAME or settings.CANTIERE_NAME


def words(own: InnovatorMap) -> str:
    """What is read beside the box to tick; a new text needs a new ``VERSION``."""
    return _(
        "I agree that {runners} publish this entry on the map “{title}”, open to everyone: name, "
        "municipality, what I do, story, what I offer and look for, interests, sectors, website and "
        "picture. My e-mail is never shown. I can change or erase the entry when I like, from the link "
        "in each letter."
    ).format(runners=runners(own), title=own.activity.title)


def digest(text: str) -> str:
    """SHA-256 of the words as they were read."""
    return hashlib.sha256(text.encode()).hexdigest()
