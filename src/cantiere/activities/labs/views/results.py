"""What came out of a laboratory, for everyone once it is published; and the way back to one's own words."""

from typing import TypeVar

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cantiere.activities.labs import codes, files, quoting
from cantiere.activities.labs.models import Lab
from cantiere.activities.labs.queries.outcome import outcome
from cantiere.activities.labs.views import device
from cantiere.foundation.accounts.http import Request
from cantiere.foundation.core.access import can, public, requires
from cantiere.foundation.core.limits import limited
from cantiere.foundation.core.sheets import write_csv
from cantiere.foundation.core.typeset import NotSetError
from cantiere.programmes.views.held import crumbs
from cantiere.thread.contributions.views import held

Reply = TypeVar("Reply", HttpResponse, StreamingHttpResponse)


@requires("labs.see_results", Lab)
@require_safe
def results(request: Request, lab: Lab) -> HttpResponse:
    """Moment by moment: numbers with their table, what was said, the boards, the minutes, the files."""
    *way, (title, _here) = crumbs(lab.activity)
    team = can(request.person, "labs.run", lab)
    context = {
        "lab": lab,
        "activity": lab.activity,
        "outcome": outcome(lab, whole=team),
        "minutes": "" if lab.minutes_as_composed else quoting.for_reading(lab.minutes),
        "may_run": team,
        "crumbs": [*way, (title, lab.activity.get_absolute_url()), (_("What came out"), "")],
    }
    return render(request, "labs/after/results.html", context)


@requires("labs.see_results", Lab)
@require_safe
@limited("file")
def results_pdf(_request: Request, lab: Lab) -> HttpResponse:
    """Minutes and results on paper."""
    try:
        made = files.document(lab)
    except NotSetError:
        return HttpResponse(_("The file could not be made. Come again in a moment."), status=503)
    return _file(made, "application/pdf", f"{lab.activity.slug}.pdf")


@requires("labs.see_results", Lab)
@require_safe
@limited("file")
def board_picture(request: Request, lab: Lab) -> HttpResponse:
    """The board of a group as it was left (``?di=block.group``), without what is not for everyone."""
    found = outcome(lab)
    boards = {f"{each.row.key}.{board.key}": (each, board) for each in found.moments for board in each.boards}
    asked = request.GET.get("di", "")
    if asked not in boards:
        return HttpResponseRedirect(reverse("labs:results", args=[lab.activity.slug]))
    try:
        made = files.picture(*boards[asked])
    except NotSetError:
        return HttpResponse(_("The file could not be made. Come again in a moment."), status=503)
    return _file(made, "image/png", f"{lab.activity.slug}-{asked}.png")


@requires("labs.see_results", Lab)
@require_safe
def results_csv(_request: Request, lab: Lab) -> StreamingHttpResponse:
    """The numbers, line by line."""
    heads = [column.name for column in files.columns()]
    response = StreamingHttpResponse(write_csv(heads, files.rows(outcome(lab))), content_type="text/csv")
    return _named(response, f"{lab.activity.slug}.csv")


@requires("labs.see_results", Lab)
@require_safe
def results_json(_request: Request, lab: Lab) -> HttpResponse:
    """Everything, for programs."""
    told = files.as_json(outcome(lab))
    return _named(JsonResponse(told, json_dumps_params={"ensure_ascii": False}), f"{lab.activity.slug}.json")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return _named(HttpResponse(content, content_type=kind), name)


def _named(response: Reply, name: str) -> Reply:
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response["X-Content-Type-Options"] = "nosniff"
    # What is read now may be corrected or taken back in a minute.
    response["Cache-Control"] = "private, no-cache"
    return response


@public
@never_cache
@require_POST
@limited("join")
def my_words(request: Request, code: str) -> HttpResponse:
    """To what one said: by the device one took part with, by the account, else by the code of a receipt."""
    lab = Lab.objects.select_related(*Lab.address_related).filter(code=codes.heard(code)).first()
    mine = device.held(request, lab) if lab is not None else None
    if mine is not None and mine.code:
        response = HttpResponseRedirect(reverse("contributions:receipt"))
        held.hold(response, mine.code)
        return response
    by_name = request.person is not None and mine is not None
    return HttpResponseRedirect(reverse("contributions:mine" if by_name else "contributions:find"))
