"""How clear a page was, and what does not work for somebody."""

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cantiere.foundation.accounts.http import Request
from cantiere.foundation.core.access import public, requires
from cantiere.foundation.core.limits import limited
from cantiere.foundation.core.once import once
from cantiere.web import actions
from cantiere.web.forms import AnswerForm, ClarityForm, CommentForm, ReportForm
from cantiere.web.models import Clarity, Report
from cantiere.web.views.state import side

SALT = "clarity"


@public
@require_POST
@limited("feedback")
def clarity(request: Request) -> HttpResponse:
    """Take a rating, then offer to say more."""
    form = ClarityForm(request.POST)
    if not form.is_valid():
        return HttpResponseRedirect("/")

    def act() -> str:
        row = actions.rate(page=form.cleaned_data["page"], value=form.cleaned_data["rate"])
        return reverse("web:clarity_comment", args=[signing.dumps(row.pk, salt=SALT)])

    return once(request, act)


@public
@limited("feedback")
def clarity_comment(request: Request, token: str) -> HttpResponse:
    """A thank-you page with room for one comment."""
    try:
        row = get_object_or_404(Clarity, pk=signing.loads(token, salt=SALT, max_age=3600))
    except signing.BadSignature:
        raise Http404 from None
    form = CommentForm(request.POST or None, instance=Clarity(rate=row.rate))
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.comment(clarity=row, text=form.cleaned_data["comment"])
            messages.success(request, _("Thank you: whoever looks after this page will read it."))
            return row.page if row.page.startswith("/") and not row.page.startswith("//") else "/"

        return once(request, act)
    return render(request, "web/clarity.html", {"form": form, "row": row})


@public
@limited("feedback")
def accessibility(request: Request) -> HttpResponse:
    """The statement, what we know does not work, and how to tell us."""
    form = ReportForm(request.POST or None, initial={"page": request.GET.get("pagina", "")})
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            row = actions.report(**form.cleaned_data)
            messages.success(
                request,
                _("We received it. We answer you by {day}.").format(day=row.due_on.strftime("%d/%m/%Y")),
            )
            return reverse("web:accessibility")

        return once(request, act)
    return render(request, "web/accessibility.html", {"form": form, "days": Report.DAYS})


@requires("web.look_after")
def reports(request: Request) -> HttpResponse:
    """Reports in the order in which they are due."""
    today = timezone.localdate()
    rows = [(row, row.days_left(today)) for row in Report.objects.filter(answered_on=None).order_by("due_on")]
    answered = Report.objects.filter(answered_on__isnull=False).order_by("-answered_on")[:50]
    unclear = Clarity.objects.exclude(comment="").order_by("-pk")[:50]
    words = {"rows": rows, "answered": answered, "unclear": unclear, "side": side("web:reports")}
    return render(request, "web/reports.html", words)


@requires("web.look_after", Report)
def report_answer(request: Request, report: Report) -> HttpResponse:
    """Answer one report."""
    form = AnswerForm(request.POST or None, instance=report)
    form.fields["answer"].required = True
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.answer(by=request.person, row=report, text=form.cleaned_data["answer"])
            messages.success(request, _("Answer sent."))
            return reverse("web:reports")

        return once(request, act)
    return render(
        request, "web/report_answer.html", {"form": form, "report": report, "side": side("web:reports")}
    )
