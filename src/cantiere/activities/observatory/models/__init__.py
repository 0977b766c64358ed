"""The tables of the room."""

from cantiere.activities.observatory.models.answers import (
    CensusEntry,
    CensusInvitation,
    EntryLink,
    InvitationLink,
)
from cantiere.activities.observatory.models.census import Census, Suggestion, SuggestionLink
from cantiere.activities.observatory.models.imports import ColumnMapping, ImportRow, RecordImport
from cantiere.activities.observatory.models.record import Extension, Record, RecordBody
from cantiere.activities.observatory.models.toolbox import Tool, ToolUse
from cantiere.activities.observatory.models.vocabularies import (
    BodyRole,
    Changed,
    CoFunding,
    ExtensionKind,
    GenderPrevalence,
    Level,
    Nature,
    Origin,
    ParticipationKind,
    ProponentKind,
    Sheet,
    Source,
    Status,
    Theme,
    Used,
    YesNo,
)

__all__ = [
    "BodyRole",
    "Census",
    "CensusEntry",
    "CensusInvitation",
    "Changed",
    "CoFunding",
    "ColumnMapping",
    "EntryLink",
    "Extension",
    "ExtensionKind",
    "GenderPrevalence",
    "ImportRow",
    "InvitationLink",
    "Level",
    "Nature",
    "Origin",
    "ParticipationKind",
    "ProponentKind",
    "Record",
    "RecordBody",
    "RecordImport",
    "Sheet",
    "Source",
    "Status",
    "Suggestion",
    "SuggestionLink",
    "Theme",
    "Tool",
    "ToolUse",
    "Used",
    "YesNo",
]
