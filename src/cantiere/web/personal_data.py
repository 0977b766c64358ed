"""Reports carry an address, not an account: they follow whoever owns that address."""

from collections.abc import Mapping

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import personal_data
from cantiere.web.models import Report


class Web(personal_data.Port):
    """Reports sent from a person's address."""

    tables = (Report,)

    def export(self, person: AbstractBaseUser) -> Mapping[str, object]:
        return {
            "reports": list(self._of(person).values("page", "text", "received_on", "answer", "answered_on"))
        }

    def erase(self, person: AbstractBaseUser) -> None:
        self._of(person).delete()

    def _of(self, person: AbstractBaseUser) -> QuerySet[Report]:
        return Report.objects.filter(email__iexact=person.email if isinstance(person, Person) else "")


personal_data.register(Web())
