"""Where the team writes down what it heard, groups it, and says what became of it."""

from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cantiere.engine.square_code import square_code
from cantiere.foundation.accounts.http import Request, SignedIn
from cantiere.foundation.core.access import can, requires
from cantiere.foundation.core.once import FIELD, submit
from cantiere.programmes.models import Activity
from cantiere.programmes.views.workspace.frame import activity_frame, attempt, done
from cantiere.thread.contributions import actions, codes, queries
from cantiere.thread.contributions.forms import CorrectForm, Mark, MarkForm, WriteForm
from cantiere.thread.contributions.models import Contribution, Theme
from cantiere.thread.contributions.views import held
from cantiere.thread.contributions.views.own import slip_address

DOOR = "contributions:of_activity"
PER_PAGE = 50
NARROWED = ("senza-tema", "non-pubblicati")


def list_of(activity: Activity) -> str:
    """The list of what was said in an activity."""
    return reverse(DOOR, args=[activity.slug])


@requires("contributions.write", Activity)
@require_safe
def of_activity(request: SignedIn, activity: Activity) -> HttpResponse:
    """All that was said, to be ticked."""
    return _list(request, activity, MarkForm(activity=activity))


def _list(request: SignedIn, activity: Activity, form: MarkForm) -> HttpResponse:
    asked = request.GET if request.method == "GET" else request.POST
    narrowed = asked.get("mostra", "") if asked.get("mostra") in NARROWED else ""
    themes = list(Theme.objects.filter(programme=activity.programme).select_related("parent"))
    theme = next((each for each in themes if each.slug == asked.get("tema")), None)
    page = Paginator(queries.of_activity(activity, narrowed, theme), PER_PAGE).get_page(asked.get("pagina"))
    rows = queries.followed(list(page.object_list), own=False)
    words = {
        **activity_frame(request.person, activity, DOOR, (_("Contributions"), "")),
        "heading": _("Contributions"),
        "form": form,
        "page": page,
        "rows": rows,
        "desk": queries.desk(activity),
        "themes": themes,
        "theme": theme,
        "narrowed": narrowed,
        "reported": queries.reported(activity),
        "may_curate": can(request.person, "contributions.curate", activity),
    }
    return render(request, "contributions/team/list.html", words)


@requires("contributions.curate", Activity)
@require_POST
def mark(request: SignedIn, activity: Activity) -> HttpResponse:
    """Do with the ticked ones what the button says."""
    form = MarkForm(request.POST, activity=activity)
    kept = {name: request.POST[name] for name in ("mostra", "tema") if request.POST.get(name)}
    back = list_of(activity) + (f"?{urlencode(kept)}" if kept else "")

    def act() -> str:
        return done(request, _marked(request, activity, form), back)

    return submit(request, form, act) or _list(request, activity, form)


def _marked(request: SignedIn, activity: Activity, form: MarkForm) -> str:
    """Do it, and say in words what was done."""
    by, rows, given, mark = request.person, form.rows, form.cleaned_data, form.mark
    theme, new = given["theme"], given["new_theme"]
    if mark is Mark.SPLIT:
        made = actions.split_theme(by=by, theme=theme, name=new, contributions=rows)
        return _("«%(theme)s» stands beside «%(other)s».") % {"theme": made.name, "other": theme.name}
    if mark is Mark.CODE:
        if new:
            theme = actions.add_theme(by=by, programme=activity.programme, details={"name": new})
        n = actions.code(by=by, contributions=rows, theme=theme)
        words = ngettext(
            "%(n)s contribution put under «%(theme)s».", "%(n)s contributions put under «%(theme)s».", n
        )
        return words % {"n": n, "theme": theme.name}
    if mark is Mark.UNCODE:
        n = actions.uncode(by=by, contributions=rows, theme=theme)
        words = ngettext(
            "%(n)s contribution taken out of «%(theme)s».", "%(n)s contributions taken out of «%(theme)s».", n
        )
        return words % {"n": n, "theme": theme.name}
    if mark is Mark.HOLD:
        n = actions.hold_back(by=by, contributions=rows, reason=given["reason"])
        return ngettext(
            "%(n)s contribution is no longer public.", "%(n)s contributions are no longer public.", n
        ) % {"n": n}
    if mark is Mark.PUBLISH:
        n = actions.publish(by=by, contributions=rows)
        return ngettext("%(n)s contribution is public.", "%(n)s contributions are public.", n) % {"n": n}
    n = actions.step(by=by, contributions=rows, kind=given["kind"], words=given["words"], link=given["link"])
    words = ngettext("Written beside %(n)s contribution.", "Written beside %(n)s contributions.", n)
    return words % {"n": n}


@requires("contributions.write", Activity)
@never_cache
def write(request: SignedIn, activity: Activity) -> HttpResponse:
    """Type what was said; afterwards the page is ready for the next sheet."""
    form = WriteForm(request.POST if request.method == "POST" else None, activity=activity, kept=request.GET)
    slip = reverse("contributions:slip", args=[activity.slug])

    def act() -> str:
        given, code, stem = form.cleaned_data, form.slip_code, request.POST[FIELD]
        receipt = actions.open_receipt(code=code) if code else None
        said = [
            actions.Said(
                key=f"team-{stem[:60]}-{number}", text=line, origin=given["origin"], day=given["day"],
                place=given["place"], actor=given["actor"], in_room=given["in_room"], receipt=receipt,
            )
            for number, line in enumerate(form.lines)
        ]  # fmt: skip
        n = len(actions.contribute_all(activity=activity, said=said, by=request.person))
        words = ngettext("%(n)s contribution written down.", "%(n)s contributions written down.", n) % {
            "n": n
        }
        next_one = {
            "dove": given["origin"],
            "chi": given["actor"],
            "giorno": given["day"].isoformat(),
            "ricevuta": "1" if given["slip"] else "",
        }
        asked = urlencode({name: value for name, value in next_one.items() if value})
        return done(request, words, f"{slip if code else request.path}?{asked}")

    taken = submit(request, form, act) if request.method == "POST" else None
    if taken is not None:
        if form.slip_code:
            held.hold_slip(taken, form.slip_code, slip)
        return taken
    way = [(_("Contributions"), list_of(activity)), (_("Write down"), "")]
    words = {
        **activity_frame(request.person, activity, DOOR, *way),
        "heading": _("Write down what was said"),
        "form": form,
        "cancel_url": list_of(activity),
    }
    return render(request, "contributions/team/write.html", words)


@requires("contributions.write", Activity)
@never_cache
@require_safe
def slip(request: SignedIn, activity: Activity) -> HttpResponse:
    """The receipt to print and hand over; the code can be seen only now."""
    found = held.receipt_in(cast("Request", request), held.SLIP)
    rows = Contribution.objects.filter(receipt=found[0], activity=activity) if found else []
    way = [(_("Contributions"), list_of(activity)), (_("Receipt"), "")]
    words = {
        **activity_frame(request.person, activity, DOOR, *way),
        "heading": _("Receipt to hand over"),
        "code": codes.spoken(found[1]) if found else "",
        "rows": rows,
        "next_url": f"{reverse('contributions:write', args=[activity.slug])}?{request.GET.urlencode()}",
        "find_address": request.build_absolute_uri(reverse("contributions:find")).partition("://")[2],
    }
    return render(request, "contributions/team/slip.html", words)


@requires("contributions.write", Activity)
@never_cache
@require_safe
def slip_picture(request: SignedIn, activity: Activity) -> HttpResponse:  # noqa: ARG001 (the rule asks for it)
    """The square code of the slip."""
    found = held.receipt_in(cast("Request", request), held.SLIP)
    if found is None:
        return HttpResponse(status=204)
    return HttpResponse(square_code(slip_address(found[1])), content_type="image/svg+xml")


@requires("contributions.curate", Activity)
@require_POST
def take_back_step(request: SignedIn, activity: Activity) -> HttpResponse:
    """A step reported by mistake."""
    back = f"{list_of(activity)}#passi"

    def act() -> str:
        asked = {name: request.POST.get(name, "")[:80] for name in ("kind", "reference")}
        n = actions.take_back_step(by=request.person, activity=activity, **asked)
        words = ngettext("Taken back from %(n)s contribution.", "Taken back from %(n)s contributions.", n)
        return done(request, words % {"n": n}, back)

    return attempt(request, act, back)


@requires("contributions.edit", Contribution)
def edit(request: SignedIn, contribution: Contribution) -> HttpResponse:
    """The team's correction: the public page says that there was one, and why."""
    activity = contribution.activity
    if contribution.is_withdrawn:
        messages.error(request, _("Who said it took it back: there is nothing left to change."))
        return HttpResponseRedirect(list_of(activity))
    form = CorrectForm(request.POST if request.method == "POST" else None, row=contribution)

    def act() -> str:
        given = form.cleaned_data
        actions.correct(
            contribution=contribution, text=given["text"], by=request.person, reason=given["reason"]
        )
        return done(request, _("Corrected."), f"{list_of(activity)}#c{contribution.pk}")

    taken = submit(request, form, act) if request.method == "POST" else None
    if taken is not None:
        return taken
    way = [(_("Contributions"), list_of(activity)), (_("Correct"), "")]
    words = {
        **activity_frame(request.person, activity, DOOR, *way),
        "heading": _("Correct a contribution"),
        "form": form,
        "wordings": contribution.wordings.all(),
        "cancel_url": list_of(activity),
    }
    return render(request, "contributions/team/correct.html", words)
