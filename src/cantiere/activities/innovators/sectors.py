"""What innovators work on: plain words of ours, since no public vocabulary names them as people do."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

SECTORS = (
    ("farming", _("Farming and food")),
    ("crafts", _("Crafts and making")),
    ("industry", _("Industry")),
    ("trade", _("Shops and services")),
    ("tourism", _("Tourism and hospitality")),
    ("culture", _("Culture and arts")),
    ("heritage", _("Heritage and landscape")),
    ("school", _("School and training")),
    ("care", _("Care and inclusion")),
    ("health", _("Health and sport")),
    ("environment", _("Environment and energy")),
    ("digital", _("Digital and research")),
    ("mobility", _("Getting around")),
    ("community", _("Neighbourhoods and commons")),
)
CODES = tuple(code for code, _label in SECTORS)


def labels(codes: Iterable[str]) -> list[str]:
    """The words of some sectors, in the language in use."""
    names = dict(SECTORS)
    return [str(names.get(code, code)) for code in codes]
