"""What every page knows."""

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from cantiere.foundation.ui import navigation


@dataclass(frozen=True)
class Site:
    """The installation, the body it belongs to, and the links that the law asks for."""

    name: str
    tagline: str
    body_name: str
    body_url: str
    palette: str
    contact_email: str
    privacy_url: str
    legal_url: str
    cookie_url: str
    accessibility_url: str
    accessibility_statement_url: str
    demonstration: bool
    version: str


def _version() -> str:
    try:
        return version("cantiere")
    except PackageNotFoundError:
        return ""


VERSION = _version()


def installation() -> Site:
    """The installation as the settings describe it."""
    return Site(
        name=settings.CANTIERE_NAME,
        tagline=settings.CANTIERE_TAGLINE,
        body_name=settings.CANTIERE_BODY_NAME,
        body_url=settings.CANTIERE_BODY_URL,
        palette=settings.CANTIERE_PALETTE,
        contact_email=settings.CANTIERE_CONTACT,
        privacy_url=settings.CANTIERE_PRIVACY_URL,
        legal_url=settings.CANTIERE_LEGAL_URL,
        cookie_url=settings.CANTIERE_COOKIE_URL,
        accessibility_url=settings.CANTIERE_ACCESSIBILITY_URL,
        accessibility_statement_url=settings.CANTIERE_ACCESSIBILITY_STATEMENT_URL,
        demonstration=settings.CANTIERE_DEMO,
        version=VERSION,
    )


def site(request: HttpRequest) -> dict[str, object]:
    """``site``, and the doors: ``navigation``, ``person_navigation``, ``footer_navigation``."""
    return {
        "site": installation(),
        "LANGUAGE_CODE": get_language(),
        "LANGUAGES": settings.LANGUAGES,
        "navigation": SimpleLazyObject(lambda: navigation.doors(request, "main")),
        "person_navigation": SimpleLazyObject(lambda: navigation.doors(request, "person")),
        "footer_navigation": SimpleLazyObject(lambda: navigation.doors(request, "footer")),
    }
