"""The call: nominating oneself or another, and the link that confirms it."""

from typing import cast

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cantiere.activities.innovators import actions, consent
from cantiere.activities.innovators.forms import LetterForm, OneselfForm, OtherForm
from cantiere.activities.innovators.models import Innovator, InnovatorMap, Letter, Nomination
from cantiere.activities.innovators.views.public import crumbs
from cantiere.foundation.accounts.http import Request
from cantiere.foundation.core.access import requires
from cantiere.foundation.core.limits import limited
from cantiere.foundation.core.once import submit
from cantiere.foundation.ui.trap import caught


def _thanks(own: InnovatorMap, what: str) -> str:
    return f"{reverse('innovators:thanks', args=[own.activity.slug])}?{what}"


@requires("innovators.see", InnovatorMap)
@limited("nominate")
def nominate_oneself(request: Request, innovator_map: InnovatorMap) -> HttpResponse:
    """Begin one's own entry: four questions and an address."""
    posted = request.method == "POST"
    person = request.person
    initial = {"email": person.email, "name": person.name} if person is not None else {}
    form = OneselfForm(request.POST if posted else None, row=Innovator(map=innovator_map), initial=initial)

    def act() -> str:
        email = form.cleaned_data["email"]
        begun = actions.nominate_oneself(own=innovator_map, details=form.details, email=email, person=person)
        if begun is not None:
            return reverse("innovators:mine", args=[begun.key])
        return _thanks(innovator_map, "mia")

    if posted and caught(request):
        return redirect(_thanks(innovator_map, "mia"))
    done = submit(request, form, act) if posted else None
    return done or _call(request, innovator_map, form, "innovators/oneself.html", _("Tell what you do"))


@requires("innovators.see", InnovatorMap)
@limited("nominate")
def nominate_other(request: Request, innovator_map: InnovatorMap) -> HttpResponse:
    """Nominate somebody else."""
    posted = request.method == "POST"
    person = request.person
    initial = {"by_email": person.email, "by_name": person.name} if person is not None else {}
    form = OtherForm(request.POST if posted else None, row=Innovator(map=innovator_map), initial=initial)

    def act() -> str:
        actions.nominate_other(own=innovator_map, details=form.details, nomination=form.nomination)
        return _thanks(innovator_map, "altri")

    if posted and caught(request):
        return redirect(_thanks(innovator_map, "altri"))
    done = submit(request, form, act) if posted else None
    return done or _call(request, innovator_map, form, "innovators/other.html", _("Nominate an innovator"))


def _call(
    request: Request, own: InnovatorMap, form: OneselfForm | OtherForm, template: str, heading: str
) -> HttpResponse:
    activity = own.activity
    context = {
        "own": own,
        "activity": activity,
        "form": form,
        "heading": heading,
        "is_open": activity.is_open and activity.is_public,
        "runners": consent.runners(own),
        "crumbs": crumbs(activity, (heading, "")),
    }
    return render(request, template, context)


@requires("innovators.see", InnovatorMap)
@require_safe
def thanks(request: Request, innovator_map: InnovatorMap) -> HttpResponse:
    """Thank you, and what happens now: open the mail."""
    activity = innovator_map.activity
    context = {
        "own": innovator_map,
        "activity": activity,
        "of_others": "altri" in request.GET,
        "confirmed": "confermata" in request.GET,
        "letter": "messaggio" in request.GET,
        "crumbs": crumbs(activity, (_("Thank you"), "")),
    }
    return render(request, "innovators/thanks.html", context)


@requires("innovators.confirm", Nomination)
@never_cache
def confirm_nomination(request: Request, nomination: Nomination) -> HttpResponse:
    """From the link in the mail: it was me, or it was not."""
    own = nomination.innovator.map
    form = Form(request.POST if request.method == "POST" else None)

    def act() -> str:
        if "no" in request.POST:
            actions.take_back_nomination(nomination=nomination)
            messages.success(request, _("We erased the nomination."))
            return own.activity.get_absolute_url()
        actions.confirm_nomination(nomination=nomination)
        return _thanks(own, "confermata")

    done = submit(request, form, act) if request.method == "POST" else None
    context = {"nomination": nomination, "innovator": nomination.innovator, "own": own, "form": form}
    return done or render(request, "innovators/confirm.html", context)


@requires("innovators.write_to", Innovator)
@limited("letter")
def write(request: Request, innovator: Innovator) -> HttpResponse:
    """Write to an innovator, whose address is not shown."""
    posted, person = request.method == "POST", request.person
    initial = {"email": person.email, "name": person.name} if person is not None else {}
    form = LetterForm(request.POST if posted else None, row=Letter(innovator=innovator), initial=initial)

    def act() -> str:
        told = {name: cast("str", form.cleaned_data[name]) for name in ("name", "email", "text")}
        actions.write_letter(innovator=innovator, **told)
        return _thanks(innovator.map, "messaggio")

    if posted and caught(request):
        return redirect(_thanks(innovator.map, "messaggio"))
    done = submit(request, form, act) if posted else None
    heading = _("Write to %(name)s") % {"name": innovator.name}
    way = crumbs(innovator.map.activity, (innovator.name, innovator.get_absolute_url()), (heading, ""))
    context = {"innovator": innovator, "form": form, "heading": heading, "crumbs": way}
    return done or render(request, "innovators/write.html", context)


@requires("innovators.send_letter", Letter)
@never_cache
def send_letter(request: Request, letter: Letter) -> HttpResponse:
    """From the link in the mail: send it."""
    form = Form(request.POST if request.method == "POST" else None)
    innovator = letter.innovator

    def act() -> str:
        actions.send_letter(letter=letter)
        messages.success(request, _("Sent. If they answer, you get it by e-mail."))
        return innovator.get_absolute_url()

    done = submit(request, form, act) if request.method == "POST" else None
    return done or render(request, "innovators/send_letter.html", {"letter": letter, "innovator": innovator})
