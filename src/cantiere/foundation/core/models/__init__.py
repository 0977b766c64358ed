"""The tables of the mechanisms."""

from cantiere.foundation.core.models.audit import AuditEntry, AuditSeal
from cantiere.foundation.core.models.once import Submission

__all__ = ["AuditEntry", "AuditSeal", "Submission"]
