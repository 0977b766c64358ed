"""What search engines read of an innovator who agreed to be found (schema.org)."""

from django.conf import settings
from django.urls import reverse

from cantiere.activities.innovators.models import Innovator

TYPES = {
    Innovator.Kind.PERSON: "Person",
    Innovator.Kind.GROUP: "Organization",
    Innovator.Kind.ORGANISATION: "Organization",
    Innovator.Kind.FIRM: "LocalBusiness",
}


def described(innovator: Innovator) -> dict[str, object] | None:
    """The entry as schema.org; nothing for who is not to be found."""
    if not (innovator.is_public and innovator.searchable):
        return None
    address = f"{settings.URL}{innovator.get_absolute_url()}"
    town = {"@type": "PostalAddress", "addressLocality": innovator.place.name, "addressCountry": "IT"}
    found: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": TYPES[Innovator.Kind(innovator.kind)],
        "@id": address,
        "name": innovator.name,
        "description": innovator.what,
        "mainEntityOfPage": address,
        "address": town,
        "knowsAbout": innovator.sector_labels,
    }
    if innovator.website:
        found["url"] = innovator.website
    if innovator.picture:
        found["image"] = f"{settings.URL}{reverse('innovators:picture', args=[innovator.slug])}"
    if innovator.organisation and innovator.is_somebody:
        found["worksFor"] = {"@type": "Organization", "name": innovator.organisation}
    return {key: value for key, value in found.items() if value}
