"""Questionnaires for tests: one with every type of question, on pages that depend on each other."""

import copy
from typing import Any

from cantiere.foundation.questionnaires import actions
from cantiere.foundation.questionnaires.models import Response, Version


def said(it: str, en: str = "") -> dict[str, str]:
    return {"it": it, "en": en} if en else {"it": it}


SCHEMA: dict[str, Any] = {
    "format": 1,
    "languages": ["it", "en"],
    "title": said("Censimento dei processi", "Census of processes"),
    "lists": {
        "body": [
            {"code": "public", "label": said("Ente pubblico", "Public body")},
            {"code": "association", "label": said("Associazione", "Association")},
        ],
        "method": [
            {"code": "world_cafe", "label": said("World café")},
            {"code": "ost", "label": said("Open Space")},
            {"code": "walk", "label": said("Camminata")},
        ],
        "yes_no": [{"code": "yes", "label": said("Sì", "Yes")}, {"code": "no", "label": said("No", "No")}],
    },
    "groups": [
        {
            "name": "who",
            "title": said("Chi racconta", "Who tells"),
            "questions": [
                {"name": "title", "type": "text", "label": said("Titolo del processo", "Title"), "required": True,
                 "max_length": 120, "bind": "title"},
                {"name": "body", "type": "select_one", "list": "body", "or_other": True, "required": True,
                 "label": said("Chi lo promuove", "Who promotes it"), "bind": "body"},
                {"name": "email", "type": "email", "label": said("La tua e-mail", "Your e-mail")},
                {"name": "website", "type": "url", "label": said("Sito web", "Website"), "bind": "website"},
            ],
        },
        {
            "name": "where",
            "title": said("Dove e quando", "Where and when"),
            "hint": said("Il territorio e i giorni.", "The territory and the days."),
            "questions": [
                {"name": "intro", "type": "note", "label": said("Se non ricordi il giorno, scrivi il primo del mese.")},
                {"name": "seat", "type": "place", "kinds": ["municipality"], "label": said("Comune", "Municipality"),
                 "bind": "place"},
                {"name": "territory", "type": "places", "kinds": ["municipality", "province"],
                 "label": said("Territorio", "Territory"), "bind": "territory"},
                {"name": "started", "type": "date", "label": said("Quando è iniziato", "When it began"), "bind": "started_on",
                 "min": "2015-01-01", "constraint": ". <= today()",
                 "constraint_message": said("Il giorno non può essere nel futuro.", "The day cannot be in the future.")},
                {"name": "funded", "type": "select_one", "list": "yes_no", "required": True,
                 "label": said("Ha avuto un contributo?", "Was it funded?"), "bind": "funded"},
                {"name": "amount", "type": "decimal", "relevant": "${funded} = 'yes'", "required": True, "min": 0,
                 "label": said("Di quanto, in euro", "How much, in euros"), "bind": "amount"},
            ],
        },
        {
            "name": "call",
            "title": said("Il bando", "The call"),
            "relevant": "${funded} = 'yes'",
            "questions": [
                {"name": "year", "type": "integer", "required": True, "min": 2000, "max": 2100,
                 "label": said("Anno del bando", "Year of the call"), "bind": "call_year"},
            ],
        },
        {
            "name": "how",
            "title": said("Come", "How"),
            "questions": [
                {"name": "methods", "type": "select_multiple", "list": "method", "or_other": True,
                 "label": said("Metodi", "Methods"), "bind": "methods"},
                {"name": "story", "type": "text", "appearance": "multiline", "max_length": 2000,
                 "required": "count-selected(${methods}) > 1", "label": said("Racconta", "Tell"), "bind": "story"},
            ],
        },
    ],
}  # fmt: skip
# What makes the questionnaire complete, page by page.
WHOLE: dict[str, dict[str, Any]] = {
    "who": {
        "title": "Il patto del Sorbara",
        "body": "public",
        "email": "chi@example.org",
        "website": "example.org",
    },
    "where": {
        "seat": "Bomporto",
        "territory": "Bastiglia\nBomporto",
        "started": "12/06/2020",
        "funded": "no",
    },
    "how": {"methods": ["ost"], "story": "Sei mesi di lavoro."},
}


def schema(**changes: Any) -> dict[str, Any]:
    """A copy of the schema with other values at its top."""
    return {**copy.deepcopy(SCHEMA), **changes}


def version(key: str = "census", **changes: Any) -> Version:
    """The questionnaire, published."""
    return actions.publish(key=key, title="Censimento", schema=schema(**changes))


def response(made: Version | None = None, **options: Any) -> Response:
    """A response just begun."""
    return actions.start(version=made or version(), **options)[0]


def filled(made: Version | None = None, **options: Any) -> Response:
    """A response whose pages are all answered, not yet sent; places must be loaded."""
    begun = response(made, **options)
    for page, raw in WHOLE.items():
        actions.save_page(response=begun, page=page, raw=raw)
    return begun


def sent(made: Version | None = None, **options: Any) -> Response:
    """A complete response; places must be loaded."""
    return actions.complete(response=filled(made, **options))
