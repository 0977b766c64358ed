"""What is thrown away by the clock."""

from datetime import timedelta

from django.utils import timezone

from cantiere.foundation.accounts.models import Code, Invitation, Session
from cantiere.foundation.core.clock import every


@every(minutes=30)
def throw_away() -> None:
    """Codes and sessions that are over; invitations a month after they were used or expired."""
    now = timezone.now()
    Code.objects.filter(expires_at__lt=now).delete()
    Session.objects.filter(expire_date__lt=now).delete()
    Invitation.objects.filter(expires_at__lt=now - timedelta(days=30)).delete()
