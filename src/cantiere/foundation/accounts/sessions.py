"""The session store: as Django's, with the person, the device and the beginning in columns of their own."""

from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as Store
from django.utils import timezone

DEVICE = "device"
BEGAN = "began_at"


class SessionStore(Store):
    """Keeps sessions in :class:`accounts.Session`."""

    @classmethod
    def get_model_class(cls) -> Any:
        from cantiere.foundation.accounts.models import Session

        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        row.person_id = data.get(SESSION_KEY)
        row.device = data.get(DEVICE, "")
        began = data.get(BEGAN)
        row.began_at = datetime.fromisoformat(began) if began else timezone.now()
        return row
