"""What the room knows about a person: their responses, and those that name their address."""

from collections.abc import Mapping

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import ProtectedError, Q, QuerySet, RestrictedError

from cantiere.engine.questionnaire import Kind
from cantiere.foundation.core import personal_data
from cantiere.foundation.questionnaires.models import Response, Version


class Answered(personal_data.Port):
    """Drafts go with the person; what was sent stays without the person and without personal answers."""

    tables = (Response,)

    def export(self, person: AbstractBaseUser) -> Mapping[str, object]:
        rows = self._rows(person).select_related("version__questionnaire").order_by("pk")
        return {
            "questionnaires": [
                {
                    "questionnaire": row.version.questionnaire.title,
                    "version": row.version.number,
                    "state": row.state,
                    "started": row.started_at.isoformat(),
                    "sent": row.completed_at and row.completed_at.isoformat(),
                    "answers": {**row.answers, **row.unfinished},
                    "answers_as_sent": row.sent,
                }
                for row in rows
            ]
        }

    def erase(self, person: AbstractBaseUser) -> None:
        for draft in Response.objects.filter(person_id=person.pk, state=Response.State.DRAFT):
            _forget(draft)
        for row in self._rows(person).select_related("version"):
            row.person_id = None
            for question in row.schema.questions():
                if question.is_personal:
                    for name in question.names:
                        row.answers.pop(name, None)
                        row.unfinished.pop(name, None)
                        row.sent.pop(name, None)
            row.save(update_fields=["person", "answers", "unfinished", "sent"])

    def _rows(self, person: AbstractBaseUser) -> QuerySet[Response]:
        """Those of the account, and those of nobody's account that give its address as theirs."""
        address = str(getattr(person, person.get_email_field_name(), ""))
        named = Q()
        for version in Version.objects.all():
            for question in version.parsed.questions():
                if question.type is Kind.EMAIL and address:
                    named |= Q(version=version, person=None, **{f"answers__{question.name}__iexact": address})
        return Response.objects.filter(Q(person_id=person.pk) | named)


def _forget(draft: Response) -> None:
    """Delete it; where a room above still points at it, nothing is left inside."""
    try:
        with transaction.atomic():
            draft.delete()
    except (ProtectedError, RestrictedError):
        draft.person_id, draft.answers, draft.unfinished, draft.pages, draft.sent = None, {}, {}, {}, {}
        draft.save()


personal_data.register(Answered())
