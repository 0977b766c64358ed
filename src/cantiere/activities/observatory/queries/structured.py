"""A record for machines: schema.org."""

from django.conf import settings

from cantiere.activities.observatory.queries.record import RecordView


def project(view: RecordView) -> dict[str, object]:
    """The process as a schema.org ``Project``, under its stable address."""
    record = view.record
    address = f"{settings.URL}{record.get_absolute_url()}"
    found: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Project",
        "@id": address,
        "url": address,
        "name": record.title,
        "inLanguage": "it",
        "dateModified": record.updated_at.isoformat(timespec="seconds"),
    }
    told: dict[str, object] = {
        "description": record.subject or record.objectives,
        "identifier": record.identifier,
        "sameAs": record.website,
        "about": record.get_theme_display(),
        "foundingDate": record.started_on.isoformat() if record.started_on else "",
        "dissolutionDate": record.ended_on.isoformat() if record.ended_on else "",
        "founder": _organisation(record.proponent, getattr(record.organisation, "website", ""))
        if record.proponent
        else "",
        "member": [_organisation(body.name, "") for body in view.bodies],
        "areaServed": [
            {"@type": "AdministrativeArea", "name": place.label, "identifier": place.code}
            for place in view.territories
        ],
        "funding": {"@type": "Grant", "name": record.call} if record.call else "",
    }
    return found | {name: value for name, value in told.items() if value}


def _organisation(name: str, website: str) -> dict[str, object]:
    told: dict[str, object] = {"@type": "Organization", "name": name}
    return told | ({"url": website} if website else {})
