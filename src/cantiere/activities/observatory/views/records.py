"""The observatory for everyone: list, map, the page of a record."""

from typing import cast

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.formats import number_format
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.gzip import gzip_page

from cantiere.activities.observatory.forms.filters import RecordFilters
from cantiere.activities.observatory.models import Record
from cantiere.activities.observatory.models.record import RecordQuerySet
from cantiere.activities.observatory.queries import find, points, structured
from cantiere.activities.observatory.queries.record import record_view
from cantiere.activities.observatory.queries.rows import Rows
from cantiere.foundation.accounts.http import Request
from cantiere.foundation.core.access import public, requires
from cantiere.foundation.core.codes import CodesField
from cantiere.foundation.places.ground import ground
from cantiere.foundation.ui.listing import Listing, page_of, respond
from cantiere.foundation.ui.maps import MapData, Point, points_response, sketch
from cantiere.foundation.ui.policies import embeddable


def filters(request: Request) -> RecordFilters:
    """The filters in force, with the years there are."""
    return RecordFilters(request.GET, years=find.years())


def sentence(tally: find.Tally) -> str:
    """«67 processi in 9 province, 20 nati durante l'emergenza»."""
    if not tally.records:
        return _("No process")
    words = _counted(ngettext("%(n)s process", "%(n)s processes", tally.records), tally.records)
    if tally.provinces:
        place = ngettext("%(what)s in %(n)s province", "%(what)s in %(n)s provinces", tally.provinces)
        words = place % {"what": words, "n": tally.provinces}
    if tally.new:
        born = ngettext(
            "%(what)s, %(n)s born during the emergency",
            "%(what)s, %(n)s born during the emergency",
            tally.new,
        )
        words = born % {"what": words, "n": number_format(tally.new, force_grouping=True)}
    return words


def _counted(words: str, count: int) -> str:
    return words % {"n": number_format(count, force_grouping=True)}


def with_query(name: str, query: str) -> str:
    """The address of a page of ours under the same filters."""
    return f"{reverse(name)}?{query}" if query else reverse(name)


@public
def records(request: Request) -> HttpResponse:
    """List and map of the same records; the address is the state."""
    listing = cast("Listing", SimpleLazyObject(lambda: _listing(request)))
    return respond(request, "observatory/records.html", listing, {"asked": request.META["QUERY_STRING"]})


def _listing(request: Request) -> Listing:
    form = filters(request)
    (found, tally), query = find.look(form.question), form.query()
    return Listing(
        sentence=sentence(tally),
        form=form,
        page=page_of(Rows(found, tally.records), request),
        item_template="observatory/_row.html",
        empty_title=_("The records of participatory processes will be here"),
        empty_text=_("A census is being prepared. Come back soon."),
        map=_map(form, found, drawn=0 < tally.records <= find.FEW),
        downloads=[
            (_("CSV (open data)"), with_query("observatory:records_csv", query)),
            ("JSON", with_query("observatory:records_json", query)),
            ("GeoJSON", with_query("observatory:records_geojson", query)),
            (_("Excel (to bring into a census again)"), with_query("observatory:sheet_xlsx", query)),
            (_("CSV (to bring into a census again)"), with_query("observatory:sheet_csv", query)),
        ],
    )


def _map(form: RecordFilters, found: RecordQuerySet, *, drawn: bool) -> MapData:
    query, here = form.query(), ground()
    drawing = points.positions(found) if drawn else []
    return MapData(
        points_url=with_query("observatory:points", query),
        nouns=(_("process"), _("processes")),
        label=_("Map of the processes"),
        ground=here,
        embed_url=with_query("observatory:embed", query),
        sketch=sketch(here, [Point(lng, lat, count, "", "") for lng, lat, count in drawing]),
    )


@public
@gzip_page
def map_points(request: Request) -> HttpResponse:
    """Where the records stand: one point a place, with how many."""
    form = filters(request)
    found = find.settled(form.question)
    standing = points.standings(found)
    ones = points.alone(found, standing)
    return points_response(_point(form, each, ones.get(each.place.pk)) for each in standing)


def _point(form: RecordFilters, each: points.Standing, one: tuple[str, str] | None) -> Point:
    if one is not None:
        title, slug = one
        return Point(each.lng, each.lat, 1, title, reverse("observatory:record", args=[slug]))
    words = ngettext("%(place)s: %(n)s process", "%(place)s: %(n)s processes", each.count)
    label = words % {"place": each.place.label, "n": number_format(each.count, force_grouping=True)}
    address = with_query("observatory:records", form.query(point=each.place))
    return Point(each.lng, each.lat, each.count, label, address)


@public
@embeddable
def embed(request: Request) -> HttpResponse:
    """The map alone, for other sites."""
    form = filters(request)
    context = {
        "map": _map(form, find.settled(form.question), drawn=True),
        "full_url": with_query("observatory:records", form.query()),
    }
    return render(request, "ui/embed_map.html", context)


@requires("observatory.see_record", Record)
def record(request: Request, record: Record) -> HttpResponse:
    """An identity card first, then the story."""
    view = record_view(record, request.person)
    crumbs = [(_("Observatory"), reverse("observatory:records")), (record.title, "")]
    context = {
        "view": view,
        "record": record,
        "crumbs": crumbs,
        "structured": structured.project(view) if record.is_public else None,
        "kinds": _labels(record, "participation_kinds"),
        "changed": _labels(record, "changed"),
        "suggest_url": _suggest_url(record) if view.may_suggest else "",
    }
    return render(request, "observatory/record.html", context)


def _labels(record: Record, name: str) -> list[str]:
    field = cast("CodesField", Record._meta.get_field(name))
    return field.labels(getattr(record, name))


def _suggest_url(record: Record) -> str:
    try:
        return reverse("observatory:suggest", args=[record.slug])
    except NoReverseMatch:
        return ""
