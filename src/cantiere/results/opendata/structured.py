"""The catalogue and its datasets for search engines: schema.org."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse

from cantiere.foundation.ui.context import installation
from cantiere.results.opendata.files import LICENCE, TYPES
from cantiere.results.opendata.queries import OpenDataset


def catalogue(datasets: Sequence[OpenDataset]) -> dict[str, object]:
    """All of them in few words."""
    return {
        "@context": "https://schema.org",
        "@type": "DataCatalog",
        "url": _whole(reverse("opendata:catalogue")),
        "name": installation().name,
        "license": LICENCE,
        "dataset": [_short(each) for each in datasets],
    }


def dataset(each: OpenDataset) -> dict[str, object]:
    """One with its files and its columns."""
    site = installation()
    told: dict[str, object] = {
        "@context": "https://schema.org",
        **_short(each),
        "isAccessibleForFree": True,
        "inLanguage": "it",
        "creator": {"@type": "Organization", "name": site.body_name or site.name},
        "includedInDataCatalog": {"@type": "DataCatalog", "url": _whole(reverse("opendata:catalogue"))},
        "dateModified": each.modified.isoformat(timespec="seconds"),
        "variableMeasured": [
            {"@type": "PropertyValue", "name": column.name, "description": column.description}
            for column in each.columns
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": TYPES[ending].partition(";")[0],
                "contentUrl": _whole(path),
            }
            for ending, path in each.links
        ],
    }
    if each.issued is not None:
        told["datePublished"] = each.issued.isoformat(timespec="seconds")
    return told


def _short(each: OpenDataset) -> dict[str, object]:
    here = _whole(each.url)
    return {
        "@type": "Dataset",
        "@id": here,
        "url": here,
        "name": each.title,
        "description": each.text,
        "identifier": each.name,
        "license": LICENCE,
    }


def _whole(path: str) -> str:
    return f"{settings.URL}{path}"
