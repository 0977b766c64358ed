"""The catalogue in DCAT-AP_IT, the Italian profile of W3C's data catalogue vocabulary.

Mandatory, by the ontology 2.0 of the profile: of the catalogue title, description, publisher, modified; of a
dataset title, description, theme, identifier, modified, rightsHolder, accrualPeriodicity; of a distribution
format, license, accessURL; of an agent name and identifier.
"""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from cantiere.foundation.ui.context import installation
from cantiere.results.opendata import files
from cantiere.results.opendata.queries import OpenDataset, catalogue_days, open_datasets

DCATAPIT = Namespace("http://dati.gov.it/onto/dcatapit#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
AUTHORITY = "http://publications.europa.eu/resource/authority"
FILE_TYPES = {"csv": "CSV", "json": "JSON", "geojson": "GEOJSON"}
MEDIA = {"csv": "text/csv", "json": "application/json", "geojson": "application/geo+json"}
LICENCE = URIRef(files.LICENCE)
ITALIAN = URIRef(f"{AUTHORITY}/language/ITA")
SERIALISATIONS = {"ttl": "turtle", "rdf": "pretty-xml", "jsonld": "json-ld"}
MEDIA_OF_CATALOGUE = {"ttl": "text/turtle", "rdf": "application/rdf+xml", "jsonld": "application/ld+json"}


def _here(path: str) -> URIRef:
    return URIRef(f"{settings.URL}{path}")


def _words(text: str) -> Literal:
    return Literal(text, lang=get_language() or "it")


def _day(moment: datetime | None) -> Literal | None:
    return None if moment is None else Literal(timezone.localtime(moment).date())


def _say(graph: Graph, about: URIRef, *facts: tuple[URIRef, Node | None]) -> None:
    """What is known of a thing; what is not is not said."""
    for predicate, value in facts:
        if value is not None:
            graph.add((about, predicate, value))


def serialised(ending: str) -> str:
    """The whole catalogue as ``ttl``, ``rdf`` or ``jsonld``."""
    return str(catalogue().serialize(format=SERIALISATIONS[ending]))


def catalogue() -> Graph:
    """The catalogue with all its datasets."""
    graph = Graph()
    spaces = {"dcatapit": DCATAPIT, "dcat": DCAT, "dct": DCTERMS, "foaf": FOAF, "vcard": VCARD}
    for prefix, space in spaces.items():
        graph.bind(prefix, space)
    datasets = open_datasets()
    agent, contact = _agent(graph), _contact(graph)
    here = _here(reverse("opendata:catalogue"))
    first, last = catalogue_days()
    days = [each.modified for each in datasets] or [last or timezone.now()]
    said = gettext("What programmes, meetings, censuses and maps of this site give out for reuse.")
    _say(
        graph,
        here,
        (RDF.type, DCAT.Catalog),
        (RDF.type, DCATAPIT.Catalog),
        (DCTERMS.title, _words(gettext("Open data of %(site)s") % {"site": installation().name})),
        (DCTERMS.description, _words(said)),
        (DCTERMS.publisher, agent),
        (DCTERMS.language, ITALIAN),
        (DCAT.themeTaxonomy, URIRef(f"{AUTHORITY}/data-theme")),
        (FOAF.homepage, _here("/")),
        (DCTERMS.modified, _day(max(days))),
        (DCTERMS.issued, _day(first)),
        *((DCAT.dataset, _dataset(graph, dataset, agent, contact)) for dataset in datasets),
    )
    return graph


def _dataset(graph: Graph, dataset: OpenDataset, agent: URIRef, contact: URIRef) -> URIRef:
    here = _here(dataset.url)
    _say(
        graph,
        here,
        (RDF.type, DCAT.Dataset),
        (RDF.type, DCATAPIT.Dataset),
        (DCTERMS.title, _words(dataset.title)),
        (DCTERMS.description, _words(dataset.text)),
        (DCTERMS.identifier, Literal(dataset.name)),
        (DCAT.theme, URIRef(f"{AUTHORITY}/data-theme/{dataset.model.theme}")),
        (DCTERMS.accrualPeriodicity, URIRef(f"{AUTHORITY}/frequency/{dataset.model.frequency}")),
        (DCTERMS.issued, _day(dataset.issued)),
        (DCTERMS.modified, _day(dataset.modified)),
        (DCTERMS.rightsHolder, agent),
        (DCTERMS.publisher, agent),
        (DCTERMS.language, ITALIAN),
        (DCAT.contactPoint, contact),
        (DCAT.landingPage, here),
        (FOAF.page, _here(reverse("opendata:fields", args=[dataset.name]))),
        *((DCAT.distribution, _distribution(graph, dataset, *link)) for link in dataset.links),
    )
    return here


def _distribution(graph: Graph, dataset: OpenDataset, ending: str, path: str) -> URIRef:
    here = _here(path)
    _say(
        graph,
        here,
        (RDF.type, DCAT.Distribution),
        (RDF.type, DCATAPIT.Distribution),
        (DCTERMS.title, _words(f"{dataset.title}, {FILE_TYPES[ending]}")),
        (DCTERMS.format, URIRef(f"{AUTHORITY}/file-type/{FILE_TYPES[ending]}")),
        (DCAT.mediaType, Literal(MEDIA[ending])),
        (DCTERMS.license, LICENCE),
        (DCAT.accessURL, here),
        (DCAT.downloadURL, here),
        (DCTERMS.modified, _day(dataset.modified)),
    )
    _say(
        graph,
        LICENCE,
        (RDF.type, DCATAPIT.LicenseDocument),
        (RDF.type, DCTERMS.LicenseDocument),
        (DCTERMS.type, URIRef("http://purl.org/adms/licencetype/Attribution")),
        (FOAF.name, Literal("Creative Commons Attribution 4.0 International (CC BY 4.0)", lang="en")),
    )
    return here


def _agent(graph: Graph) -> URIRef:
    """The body whose site this is; its code in the index of public administrations identifies it."""
    site = installation()
    here = _here("/#ente")
    _say(
        graph,
        here,
        (RDF.type, FOAF.Agent),
        (RDF.type, DCATAPIT.Agent),
        (FOAF.name, _words(site.body_name or site.name)),
        (DCTERMS.identifier, Literal(settings.CANTIERE_BODY_CODE or site.body_url or settings.URL)),
        (FOAF.homepage, URIRef(site.body_url) if site.body_url else None),
    )
    return here


def _contact(graph: Graph) -> URIRef:
    site = installation()
    here = _here("/#contatti")
    _say(
        graph,
        here,
        (RDF.type, VCARD.Organization),
        (RDF.type, DCATAPIT.Organization),
        (VCARD.fn, Literal(site.body_name or site.name)),
        (VCARD.hasEmail, URIRef(f"mailto:{site.contact_email}")),
    )
    return here
