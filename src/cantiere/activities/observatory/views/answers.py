"""Answering: page by page under a personal link, and by an invitation."""

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cantiere.activities.observatory.actions import entries, invitations
from cantiere.activities.observatory.models import Census, EntryLink, InvitationLink
from cantiere.activities.observatory.queries import census as reading
from cantiere.activities.observatory.queries.detail import census_view
from cantiere.activities.observatory.views.census import crumbs
from cantiere.foundation.accounts.http import Request
from cantiere.foundation.core.access import requires
from cantiere.foundation.core.limits import limited
from cantiere.foundation.core.once import submit
from cantiere.foundation.questionnaires import flow, queries
from cantiere.programmes.models import Activity


def _way(entry: EntryLink) -> flow.Way:
    def to(name: str) -> str:
        return reverse(f"observatory:{name}", args=[entry.key])

    census = entry.census
    return flow.Way(
        page=lambda name: f"{to('entry')}?pagina={name}",
        summary=to("entry_summary"),
        later=to("entry_later"),
        done=to("entry"),
        heading=census.title,
        crumbs=crumbs(census, (_("Your answers"), "")),
        context={
            "entry": entry,
            "until": reading.last_moment(entry),
            "notice": "observatory/census/_answering.html",
        },
    )


@limited("form")
@requires("observatory.answer", EntryLink)
def entry(request: Request, entry: EntryLink) -> HttpResponse:
    """One page of the questionnaire; without a page, where they stand."""
    if not reading.may_write(entry):
        return _no_longer(request, entry)
    page = request.GET.get("pagina", "")
    if not page:
        return HttpResponseRedirect(flow.first(entry.response, _way(entry)))
    return flow.page(request, entry.response, page, _way(entry))


def _no_longer(request: Request, entry: EntryLink) -> HttpResponse:
    """Sent, published, not published, or too late: with the answers as they are."""
    here = reverse("observatory:entry", args=[entry.key])
    if not entry.may_still_change and (request.method == "POST" or request.path != here):
        return HttpResponseRedirect(here)  # sent already: a second sending finds the same page
    context = {
        "entry": entry,
        "pages": queries.shown(entry.response),
        "crumbs": crumbs(entry.census, (_("Your answers"), "")),
    }
    late = request.method == "POST"  # it was open when they began this page
    return render(request, "observatory/census/standing.html", context, status=409 if late else 200)


@limited("form")
@requires("observatory.answer", EntryLink)
def entry_summary(request: Request, entry: EntryLink) -> HttpResponse:
    """Everything once more, and the button that sends it."""
    if not reading.may_write(entry):
        return _no_longer(request, entry)
    way = _way(entry)

    def finish() -> str:
        entries.submit_entry(entry=entry, by=request.person)
        return way.done

    return flow.summary(request, entry.response, way, finish=finish, finish_label=_("Send the answers"))


@requires("observatory.answer", EntryLink)
def entry_later(request: Request, entry: EntryLink) -> HttpResponse:
    """How to come back."""
    if not reading.may_write(entry):
        return _no_longer(request, entry)
    way = _way(entry)
    return flow.later(request, entry.response, way, link=settings.URL + way.done)


# By invitation ---------------------------------------------------------------------------------


@limited("form")
@requires("observatory.answer_invitation", InvitationLink)
def invitation(request: Request, invitation: InvitationLink) -> HttpResponse:
    """Straight in: whoever has begun goes on, whoever has not reads what it is and begins."""
    census = invitation.census
    if invitation.entry is not None:
        return HttpResponseRedirect(reverse("observatory:entry", args=[invitation.entry.key]))
    invitations.note_opened(invitation=invitation)
    form = Form(request.POST if request.method == "POST" else None)

    def act() -> str:
        begun = invitations.begin_invited(invitation=invitation)
        return reverse("observatory:entry", args=[begun.key])

    done = submit(request, form, act) if request.method == "POST" else None
    return done or _invited(request, invitation, census, form)


def _invited(request: Request, invitation: InvitationLink, census: Activity, form: Form) -> HttpResponse:
    own = Census.objects.select_related(*Census.address_related).get(pk=census.pk)
    context = {
        "form": form,
        "invitation": invitation,
        "view": census_view(own, request.person),
        "crumbs": crumbs(census, (_("Your invitation"), "")),
    }
    return render(request, "observatory/census/invitation.html", context)


@requires("observatory.answer_invitation", InvitationLink)
def invitation_refuse(request: Request, invitation: InvitationLink) -> HttpResponse:
    """It does not concern them: ask, then write no more."""
    back = reverse("observatory:invitation", args=[invitation.key])
    form = Form(request.POST if request.method == "POST" else None)

    def act() -> str:
        invitations.refuse(invitation=invitation)
        messages.success(request, _("Thank you for telling us. We do not write to you again about this."))
        return back

    done = submit(request, form, act) if request.method == "POST" else None
    context = {
        "form": form,
        "invitation": invitation,
        "back": back,
        "crumbs": crumbs(invitation.census, (_("Your invitation"), "")),
    }
    return done or render(request, "observatory/census/refuse.html", context)
