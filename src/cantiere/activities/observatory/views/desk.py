"""All records of a census for those who curate it: found, written, published together."""

from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST

from cantiere.activities.observatory.actions.publishing import publish_records
from cantiere.activities.observatory.models import Census, Record
from cantiere.activities.observatory.models.record import RecordQuerySet
from cantiere.activities.observatory.queries import desk as queries
from cantiere.activities.observatory.views.frame import census_frame
from cantiere.foundation.accounts.http import SignedIn
from cantiere.foundation.core.access import requires
from cantiere.foundation.ui.listing import page_of
from cantiere.programmes.models import Activity
from cantiere.programmes.views.workspace.frame import attempt, done

AT_ONCE = 50


def _address(census: Activity, kind: str = "", words: str = "") -> str:
    told = {name: value for name, value in (("stato", kind), ("testo", words)) if value}
    address = reverse("observatory:census_records", args=[census.slug])
    return f"{address}?{urlencode(told)}" if told else address


def _asked(given: HttpRequest) -> tuple[str, str]:
    """Which kind, which words; a form carries on what the address said."""
    told = given.POST if given.method == "POST" else given.GET
    return told.get("stato", ""), told.get("testo", "")[:200]


@requires("observatory.curate", Census)
def census_records(request: SignedIn, census: Census) -> HttpResponse:
    """Every record, drafts first; those that nobody is to decide upon can be ticked."""
    activity = census.activity
    kind, words = _asked(request)
    page = page_of(queries.records_of(activity, kind=kind, words=words), request, AT_ONCE)
    rows = queries.desk_rows(list(page))
    counted = queries.counts(activity, words)
    labels = {
        "": pgettext("records", "All"),
        queries.DRAFTS: _("Drafts"),
        queries.PUBLIC: _("Published ones"),
    }
    context = {
        "heading": _("Records"),
        "page": page,
        "rows": rows,
        "may_publish": any(row.may_be_published for row in rows),
        "drafts": queries.publishable(queries.records_of(activity, words=words)).order_by().count(),
        "kinds": [(name, label, counted[name]) for name, label in labels.items()],
        "kind": kind,
        "words": words,
    }
    frame = census_frame(request.person, activity, "records", (_("Records"), ""))
    return render(request, "observatory/census/records.html", context | frame)


@requires("observatory.curate", Census)
@require_POST
def records_publish(request: SignedIn, census: Census) -> HttpResponse:
    """Let everyone see the drafts that were ticked, or all that were found."""
    activity = census.activity
    kind, words = _asked(request)
    back = _address(activity, kind, words)

    def act() -> str:
        chosen = _chosen(request, activity, words)
        count = publish_records(by=request.person, census=activity, records=chosen)
        if not count:
            raise ValidationError(_("Tick at least one draft first."))
        told = ngettext("%(n)s record is public now.", "%(n)s records are public now.", count)
        return done(request, told % {"n": count}, back)

    return attempt(request, act, back)


def _chosen(request: SignedIn, census: Activity, words: str) -> RecordQuerySet:
    if "trovate" in request.POST:
        return queries.records_of(census, words=words)
    return Record.objects.filter(slug__in=request.POST.getlist("scheda")[:AT_ONCE])
