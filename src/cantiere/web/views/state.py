"""How the installation is: mail that did not leave, work that failed, the seal of the audit log."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cantiere.foundation.accounts.http import Request
from cantiere.foundation.core.access import requires
from cantiere.foundation.core.models import AuditSeal, Job, Mail
from cantiere.foundation.core.once import once
from cantiere.foundation.live.desk import figures
from cantiere.foundation.ui.navigation import Door
from cantiere.web import actions

SHOWN = 50


@dataclass(frozen=True)
class Trouble:
    """A message somebody waits for in vain."""

    mail: Mail
    in_doubt: bool


def side(current: str) -> list[Door]:
    """The doors of whoever looks after the installation."""
    doors = [(_("How it is"), "web:state"), (_("Reports"), "web:reports"), (_("People"), "accounts:people")]
    return [Door(label, reverse(name), current=name == current) for label, name in doors]


@requires("web.look_after")
def state(request: Request) -> HttpResponse:
    """What needs somebody's hand, and how much waits."""
    troubled = Mail.objects.filter(status__in=[Mail.Status.FAILED, Mail.Status.DOUBT]).order_by("-pk")
    return render(
        request,
        "web/state.html",
        {
            "side": side("web:state"),
            "troubles": [Trouble(mail, mail.status == Mail.Status.DOUBT) for mail in troubled[:SHOWN]],
            "dead": Job.objects.filter(status=Job.Status.FAILED).order_by("-finished_at")[:SHOWN],
            "waiting_mail": Mail.objects.filter(status=Mail.Status.QUEUED).count(),
            "waiting_jobs": Job.objects.filter(status=Job.Status.READY).count(),
            "live": figures(),
            "seal": AuditSeal.objects.order_by("-up_to").first(),
        },
    )


@requires("web.look_after", Job)
@require_POST
def retry(request: Request, job: Job) -> HttpResponse:
    """Give a dead job its attempts again."""

    def act() -> str:
        actions.retry(by=request.person, job=job)
        messages.success(request, _("It is tried again within a minute."))
        return reverse("web:state")

    return once(request, act)
