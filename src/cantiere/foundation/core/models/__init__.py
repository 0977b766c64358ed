"""The tables of the mechanisms."""

from cantiere.foundation.core.models.audit import AuditEntry, AuditSeal
from cantiere.foundation.core.models.erasure import Erasure
from cantiere.foundation.core.models.jobs import Job, Tick
from cantiere.foundation.core.models.limits import Hits
from cantiere.foundation.core.models.mail import Mail, MailAttachment
from cantiere.foundation.core.models.once import Submission

__all__ = [
    "AuditEntry",
    "AuditSeal",
    "Erasure",
    "Hits",
    "Job",
    "Mail",
    "MailAttachment",
    "Submission",
    "Tick",
]
