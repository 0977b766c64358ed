"""Where sheets of records are brought, matched, looked at and confirmed."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cantiere.activities.observatory.actions import imports as actions
from cantiere.activities.observatory.forms.imports import BringForm, ConfirmForm, MatchForm
from cantiere.activities.observatory.models import Census, RecordImport
from cantiere.activities.observatory.queries import imports as queries
from cantiere.activities.observatory.queries.exports import TYPES
from cantiere.activities.observatory.views.frame import census_frame
from cantiere.foundation.accounts.http import SignedIn
from cantiere.foundation.core import sheets
from cantiere.foundation.core.access import requires
from cantiere.foundation.core.limits import limited
from cantiere.foundation.core.once import submit
from cantiere.programmes.views.workspace.frame import attempt

State = RecordImport.State
ROWS_A_PAGE = 20


def address_of(brought: RecordImport) -> str:
    """The page of one import."""
    return reverse("observatory:import", args=[brought.pk])


@limited("upload")
@requires("observatory.curate", Census)
def imports(request: SignedIn, census: Census) -> HttpResponse:
    """Bring a sheet, see those that were brought, take one out."""
    activity = census.activity
    form = BringForm(request.POST, request.FILES) if request.method == "POST" else BringForm()

    def act() -> str:
        file = form.cleaned_data["file"]
        with form.sheet as sheet:
            return address_of(actions.bring(by=request.person, census=activity, file=file, sheet=sheet))

    done = submit(request, form, act) if request.method == "POST" else None
    if done is not None:
        return done
    page = Paginator(queries.imports_of(activity), ROWS_A_PAGE).get_page(request.GET.get("pagina"))
    context = {"form": form, "page": page, "heading": _("Sheets")}
    frame = census_frame(request.person, activity, "imports", (_("Sheets"), ""))
    return render(request, "observatory/imports/list.html", frame | context)


@requires("observatory.curate_import", RecordImport)
def import_detail(request: SignedIn, brought: RecordImport) -> HttpResponse:
    """Where a sheet stands, and what is to be decided."""
    return _page(request, brought)


def _page(request: SignedIn, brought: RecordImport, **forms: object) -> HttpResponse:
    context: dict[str, object] = {"brought": brought, "heading": brought.shown, **forms}
    if brought.state == State.UPLOADED and "form" not in context:
        context["form"] = MatchForm(brought=brought)
    if brought.state in {State.CHECKED, State.DONE}:
        pages = Paginator(queries.refused_rows(brought), ROWS_A_PAGE)
        page = pages.get_page(request.GET.get("pagina"))
        context |= {
            "page": page,
            "problems": queries.told(brought, page),
            "counts": queries.summary(brought),
            "written": brought.counts.get("written", {}),
            "published": brought.counts.get("options", {}).get("publish", False),
        }
    if brought.state == State.CHECKED:
        context |= {
            "specimens": queries.specimens(brought),
            "changes": brought.counts.get("changes", []),
            "unmapped": queries.unmapped(brought),
        }
        context.setdefault("form", ConfirmForm(brought=brought))
    context["working"] = brought.state in {State.CHECKING, State.WRITING}
    context["left_alone"] = queries.is_left_alone(brought)
    crumbs = ((_("Sheets"), reverse("observatory:imports", args=[brought.census.slug])), (brought.shown, ""))
    frame = census_frame(request.person, brought.census, "imports", *crumbs)
    return render(request, "observatory/imports/detail.html", frame | context)


@requires("observatory.curate_import", RecordImport)
@require_POST
def import_match(request: SignedIn, brought: RecordImport) -> HttpResponse:
    """Take the columns as they were matched, and have every row checked."""
    if brought.state != State.UPLOADED:
        return HttpResponseRedirect(address_of(brought))
    form = MatchForm(request.POST, brought=brought)

    def act() -> str:
        actions.match(by=request.person, brought=brought, columns=form.columns)
        return address_of(brought)

    return submit(request, form, act) or _page(request, brought, form=form)


@requires("observatory.curate_import", RecordImport)
@require_POST
def import_confirm(request: SignedIn, brought: RecordImport) -> HttpResponse:
    """Have it written."""
    if brought.state != State.CHECKED:
        return HttpResponseRedirect(address_of(brought))
    form = ConfirmForm(request.POST, brought=brought)

    def act() -> str:
        actions.confirm(by=request.person, brought=brought, **form.options)
        return address_of(brought)

    return submit(request, form, act) or _page(request, brought, form=form)


def _button(
    request: SignedIn, brought: RecordImport, action: Callable[..., None], words: str = ""
) -> HttpResponse:
    def act() -> str:
        action(by=request.person, brought=brought)
        if words:
            messages.success(request, words)
            return reverse("observatory:imports", args=[brought.census.slug])
        return address_of(brought)

    return attempt(request, act, address_of(brought))


@requires("observatory.curate_import", RecordImport)
@require_POST
def import_rematch(request: SignedIn, brought: RecordImport) -> HttpResponse:
    """Back to the columns."""
    return _button(request, brought, actions.rematch)


@requires("observatory.curate_import", RecordImport)
@require_POST
def import_restart(request: SignedIn, brought: RecordImport) -> HttpResponse:
    """Set going what stands still."""
    return _button(request, brought, actions.restart)


@requires("observatory.curate_import", RecordImport)
@require_POST
def import_drop(request: SignedIn, brought: RecordImport) -> HttpResponse:
    """Give it up."""
    return _button(request, brought, actions.drop, _("Dropped: nothing was written."))


@requires("observatory.curate_import", RecordImport)
def leftovers_xlsx(_request: SignedIn, brought: RecordImport) -> StreamingHttpResponse:
    """The rows with problems, as a workbook."""
    return _leftovers(brought, "xlsx")


@requires("observatory.curate_import", RecordImport)
def leftovers_csv(_request: SignedIn, brought: RecordImport) -> StreamingHttpResponse:
    """The rows with problems, as text."""
    return _leftovers(brought, "csv")


def _leftovers(brought: RecordImport, form: str) -> StreamingHttpResponse:
    columns, rows = queries.leftovers(brought)
    pieces = sheets.write_csv(columns, rows) if form == "csv" else sheets.write_xlsx(columns, rows)
    stem = brought.shown.rpartition(".")[0] or brought.shown
    return attachment(pieces, form, f"{stem} - righe da sistemare.{form}")


def attachment(pieces: object, form: str, name: str) -> StreamingHttpResponse:
    """A file to keep, sent as it is made."""
    response = StreamingHttpResponse(cast("list[bytes]", pieces), content_type=TYPES[form])
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
