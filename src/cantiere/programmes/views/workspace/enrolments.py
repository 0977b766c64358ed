"""Who enrols in an activity: rules, answers, the list, and the papers one takes along."""

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cantiere.engine.square_code import square_code
from cantiere.foundation.accounts.http import SignedIn
from cantiere.foundation.core.access import requires
from cantiere.foundation.core.once import submit
from cantiere.foundation.core.sheets import write_csv
from cantiere.programmes import actions
from cantiere.programmes.forms import DeclineForm, RulesForm
from cantiere.programmes.models import Activity, Enrolment, EnrolmentRules
from cantiere.programmes.queries.workspace import attendance
from cantiere.programmes.views.workspace.frame import activity_frame, attempt, done


def _rules(activity: Activity) -> EnrolmentRules:
    """The rules, where people enrol in this kind of activity; else nothing is here."""
    rules = EnrolmentRules.objects.filter(activity=activity).first()
    if rules is None:
        raise Http404
    rules.activity = activity
    return rules


def list_of(activity: Activity, anchor: str = "") -> str:
    """The list of enrolments, at one of its lines."""
    return reverse("programmes:enrolments", args=[activity.slug]) + (f"#{anchor}" if anchor else "")


@requires("programmes.run_activity", Activity)
@never_cache
def enrolments(request: SignedIn, *, activity: Activity) -> HttpResponse:
    """Who asks, who comes, who waits, who is here."""
    rules = _rules(activity)
    words = {
        **activity_frame(request.person, activity, "enrolments", (_("Enrolments"), "")),
        "rules": rules,
        "attendance": attendance(rules),
    }
    return TemplateResponse(request, "programmes/workspace/enrolments.html", words)


@requires("programmes.edit_activity", Activity)
def enrolment_rules(request: SignedIn, *, activity: Activity) -> HttpResponse:
    """Seats, approval, hours."""
    form = RulesForm(request.POST or None, row=_rules(activity))

    def act() -> str:
        rules = form.cleaned_data
        actions.set_rules(by=request.person, activity=activity, **rules)
        return done(request, _("Saved."), list_of(activity))

    if request.method == "POST":
        taken = submit(request, form, act)
        if taken is not None:
            return taken
    heading = _("How people enrol")
    way = [(_("Enrolments"), list_of(activity)), (heading, "")]
    words = {
        **activity_frame(request.person, activity, "enrolments", *way),
        "heading": heading,
        "form": form,
        "cancel_url": list_of(activity),
    }
    return TemplateResponse(request, "programmes/workspace/activity_form.html", words)


@requires("programmes.run_enrolment", Enrolment)
@require_POST
def enrolment_approve(request: SignedIn, *, enrolment: Enrolment) -> HttpResponse:
    """Yes to a request."""
    address = list_of(enrolment.activity)

    def act() -> str:
        actions.approve(by=request.person, enrolment=enrolment)
        return done(request, _("%(name)s gets an e-mail.") % {"name": enrolment.person}, address)

    return attempt(request, act, address)


@requires("programmes.run_enrolment", Enrolment)
def enrolment_decline(request: SignedIn, *, enrolment: Enrolment) -> HttpResponse:
    """No to a request, or a seat taken back, with the reason."""
    activity, form = enrolment.activity, DeclineForm(request.POST or None)

    def act() -> str:
        reason = form.cleaned_data["reason"]
        actions.decline(by=request.person, enrolment=enrolment, reason=reason)
        words = _("%(name)s gets an e-mail with the reason.") % {"name": enrolment.person}
        return done(request, words, list_of(activity))

    if request.method == "POST":
        taken = submit(request, form, act)
        if taken is not None:
            return taken
    heading = _("No seat for %(name)s") % {"name": enrolment.person}
    way = [(_("Enrolments"), list_of(activity)), (heading, "")]
    words = {
        **activity_frame(request.person, activity, "enrolments", *way),
        "heading": heading,
        "form": form,
        "submit_label": _("Decline and write to them"),
        "submit_css": "btn-danger",
        "cancel_url": list_of(activity),
    }
    return TemplateResponse(request, "programmes/workspace/activity_form.html", words)


@requires("programmes.run_enrolment", Enrolment)
@require_POST
def attendance_note(request: SignedIn, *, enrolment: Enrolment) -> HttpResponse:
    """One tap: here; one more takes it back."""
    address = list_of(enrolment.activity, f"persona-{enrolment.pk}")

    def act() -> str:
        note = actions.undo_check_in if "undo" in request.POST else actions.check_in
        note(by=request.person, enrolment=enrolment)
        return address

    return _after_tap(request, enrolment.activity, attempt(request, act, address))


@requires("programmes.run_activity", Activity)
@require_POST
def attendance_unnamed(request: SignedIn, *, activity: Activity) -> HttpResponse:
    """One more who gives no name; or one less."""
    address, step = list_of(activity, "presenze"), -1 if "undo" in request.POST else 1

    def act() -> str:
        actions.count_without_name(by=request.person, activity=activity, step=step)
        return address

    return _after_tap(request, activity, attempt(request, act, address))


def _after_tap(request: SignedIn, activity: Activity, response: HttpResponse) -> HttpResponse:
    if not request.htmx:
        return response
    rules = _rules(activity)
    words = {"activity": activity, "rules": rules, "attendance": attendance(rules)}
    return TemplateResponse(request, "programmes/workspace/_attendance.html", words)


@requires("programmes.run_activity", Activity)
@never_cache
def door(request: SignedIn, *, activity: Activity) -> HttpResponse:
    """The code at the door, to show on a screen or print."""
    words = {
        **activity_frame(request.person, activity, "enrolments", (_("Code at the door"), "")),
        "rules": _rules(activity),
        "address": request.build_absolute_uri(reverse("programmes:check_in", args=[activity.slug])),
    }
    return TemplateResponse(request, "programmes/workspace/door.html", words)


@requires("programmes.run_activity", Activity)
@never_cache
def door_picture(request: SignedIn, *, activity: Activity) -> HttpResponse:
    """The address of the check-in as a square code, with the code at the door filled in."""
    code = _rules(activity).door_code
    address = request.build_absolute_uri(reverse("programmes:check_in", args=[activity.slug]))
    address = f"{address}?codice={code}" if code else address
    return HttpResponse(square_code(address), content_type="image/svg+xml")


@requires("programmes.run_activity", Activity)
@never_cache
def attendance_sheet(request: SignedIn, *, activity: Activity) -> HttpResponse:
    """The list on paper, with room to sign."""
    rules = _rules(activity)
    words = {
        **activity_frame(request.person, activity, "enrolments", (_("Attendance sheet"), "")),
        "attendance": attendance(rules),
        "blank_lines": range(8),
    }
    return TemplateResponse(request, "programmes/workspace/sheet.html", words)


@requires("programmes.run_activity", Activity)
@never_cache
def enrolments_table(request: SignedIn, *, activity: Activity) -> HttpResponse:  # noqa: ARG001 (a view)
    """The list as a table for spreadsheets."""
    _rules(activity)
    heads = [_("Name"), _("E-mail"), _("State"), _("Since"), _("Online"), _("Note"), _("Came on")]
    rows = (
        (
            str(each.person),
            each.person.email,
            str(each.get_state_display()),
            f"{timezone.localtime(each.queued_at):%Y-%m-%d %H:%M}",
            _("yes") if each.online else _("no"),
            each.note,
            each.attended_on,
        )
        for each in activity.enrolments.select_related("person")
    )
    response = HttpResponse(b"".join(write_csv(heads, rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{activity.slug}-{timezone.localdate()}.csv"'
    return response
