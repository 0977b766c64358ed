"""What only a demonstration shows: the mail it did not send."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache

from cantiere.foundation.accounts.http import Request
from cantiere.foundation.core.access import requires
from cantiere.foundation.core.models import Mail


@requires("accounts.demonstrate")
@never_cache
def mailbox(request: Request) -> HttpResponse:
    """The last messages, newest first."""
    mails = Mail.objects.order_by("-created_at", "-pk")[:30]
    return TemplateResponse(request, "accounts/mailbox.html", {"mails": mails})
