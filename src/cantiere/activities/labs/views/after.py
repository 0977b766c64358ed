"""After a laboratory, for its team: read what was said, write it down, write the minutes, delete the rest."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cantiere.activities.labs import actions
from cantiere.activities.labs.forms.after import LabMinutesForm, MarksForm
from cantiere.activities.labs.models import Harvested, Lab
from cantiere.activities.labs.queries.gathered import Gathered, Piece, gathered
from cantiere.activities.labs.queries.halls import RUN
from cantiere.activities.labs.views.desk import chair_of
from cantiere.activities.labs.views.frame import lab_frame
from cantiere.activities.labs.views.photos import photo_address
from cantiere.engine.lab.gathering import Said
from cantiere.foundation.accounts.http import SignedIn
from cantiere.foundation.core.access import can, requires
from cantiere.foundation.core.once import key_of, submit
from cantiere.programmes.views.workspace.frame import attempt
from cantiere.programmes.views.workspace.minutes import take_minutes_back, write_minutes

TYPED = "typed-"


@dataclass(frozen=True)
class Table:
    """What a group said in a moment; everybody, where the name is empty."""

    name: str
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Moment:
    """A block with what was said in it, group by group."""

    title: str
    prompt: str
    tables: Sequence[Table]
    is_words: bool = False


@dataclass(frozen=True)
class Pictured:
    """A note of which there is only a photo, and the group it is of."""

    said: Said
    table: str

    @property
    def field(self) -> str:
        """Where its words are typed."""
        return TYPED + self.said.ref.removeprefix("n")


def _address(name: str, lab: Lab) -> str:
    return reverse(f"labs:{name}", args=[lab.activity.slug])


@requires("labs.publish", Lab)
def harvest(request: SignedIn, lab: Lab) -> HttpResponse:
    """Everything said, by moment and group: what is not for everyone, what says the same."""
    found = gathered(lab) if lab.ended_on is not None else None
    form = MarksForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        messages.success(request, _mark(request, lab, form))
        return _address("harvest", lab)

    done = submit(request, form, act) if request.method == "POST" else None
    if done is not None:
        return done
    written = lab.harvested.count()
    clusters = lab.harvested.filter(sort=Harvested.Sort.CLUSTER).select_related("contribution")
    context = {
        "form": form,
        "moments": _moments(lab, found) if found is not None else [],
        "pictured": _pictured(lab, found) if found is not None else [],
        "photo_url": photo_address(lab, RUN),
        "waiting": len(found.waiting) if found is not None else 0,
        "held": sum(not piece.published for piece in found.waiting) if found is not None else 0,
        "written": written,
        "clusters": [row for row in clusters if row.contribution.text],
        "heading": _("What was gathered"),
    }
    frame = lab_frame(request.person, lab, "harvest", (_("What was gathered"), ""))
    return render(request, "labs/after/harvest.html", frame | context)


def _mark(request: SignedIn, lab: Lab, form: MarksForm) -> str:
    by, refs = request.person, form.refs
    if form.act == "hold":
        number = actions.hold_back(by=by, lab=lab, refs=refs, reason=form.cleaned_data["reason"])
        told = ngettext("{n} will not be published.", "{n} will not be published.", number)
    elif form.act == "let":
        number = actions.let_through(by=by, lab=lab, refs=refs)
        told = ngettext("{n} will be published.", "{n} will be published.", number)
    elif form.act == "join":
        number = actions.put_under(by=by, lab=lab, refs=refs)
        told = ngettext("{n} stands under the first now.", "{n} stand under the first now.", number)
    else:
        number = actions.take_out(by=by, lab=lab, refs=refs)
        told = ngettext("{n} stands for itself again.", "{n} stand for themselves again.", number)
    return told.format(n=number)


def _moments(lab: Lab, found: Gathered) -> list[Moment]:
    names = dict(lab.groups.values_list("key", "name"))
    blocks = found.evening.lab.script.blocks
    made = []
    for key, pieces in groupby(found.waiting, key=lambda piece: piece.said.block):
        tables = [
            Table(names.get(group, ""), list(each))
            for group, each in groupby(pieces, key=lambda piece: piece.said.group)
        ]
        block = blocks.get(key)
        prompt = getattr(block.plan, "prompt", "") if block is not None else ""
        title = block.title if block is not None else _("Taken off the run sheet")
        is_words = block is not None and getattr(block.plan, "asks", "") == "words"
        made.append(Moment(title, prompt, tables, is_words))
    return made


def _pictured(lab: Lab, found: Gathered) -> list[Pictured]:
    names = dict(lab.groups.values_list("key", "name"))
    return [Pictured(said, names.get(said.group, "")) for said in found.pictured]


@requires("labs.publish", Lab)
@require_POST
def transcribe(request: SignedIn, lab: Lab) -> HttpResponse:
    """What photos of paper notes say is typed; sent twice it is written once."""
    chair = chair_of(request, lab, RUN)
    key_of(request.POST)
    fields = [name for name in request.POST if name.startswith(TYPED)]
    typed = {name.removeprefix(TYPED): request.POST.get(name, "") for name in fields}
    try:
        number = actions.transcribe(chair=chair, words=typed)
        if number:
            told = ngettext("{n} note has its words now.", "{n} notes have their words now.", number)
            messages.success(request, told.format(n=number))
        else:
            messages.info(request, _("These notes had their words already: they stay as they were."))
    except ValidationError as refused:
        for message in refused.messages:
            messages.error(request, message)
    return HttpResponseRedirect(_address("harvest", lab))


def _do(request: SignedIn, lab: Lab, back: str, act: Callable[[], str]) -> HttpResponse:
    """A button without a form; a refusal is told on the page it stands on."""

    def told() -> str:
        messages.success(request, act())
        return _address(back, lab)

    return attempt(request, told, _address(back, lab))


@requires("labs.publish", Lab)
@require_POST
def write_down(request: SignedIn, lab: Lab) -> HttpResponse:
    """What was said becomes contributions."""

    def act() -> str:
        number = actions.harvest(by=request.person, lab=lab)
        told = ngettext("{n} contribution was written.", "{n} contributions were written.", number)
        return told.format(n=number)

    return _do(request, lab, "harvest", act)


@requires("labs.publish", Lab)
@require_POST
def themes(request: SignedIn, lab: Lab) -> HttpResponse:
    """A group of notes becomes a theme of the programme."""
    rows = lab.harvested.filter(sort=Harvested.Sort.CLUSTER).select_related("contribution")
    number = request.POST.get("cluster", "")
    cluster = rows.filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None

    def act() -> str:
        if cluster is None or cluster.contribution.is_withdrawn:
            raise ValidationError(_("This group of notes is no longer there."))
        theme = actions.make_theme(by=request.person, lab=lab, cluster=cluster)
        return _("“{name}” is a theme of the programme.").format(name=theme.name)

    return _do(request, lab, "harvest", act)


@requires("labs.run", Lab)
def minutes(request: SignedIn, lab: Lab) -> HttpResponse:
    """Read what composed itself, write in it, publish it."""
    return write_minutes(
        request,
        LabMinutesForm(request.POST if request.method == "POST" else None, row=lab),
        lab,
        may_publish=can(request.person, "labs.publish", lab),
        take_back_url=_address("minutes_back", lab),
        frame=lab_frame(request.person, lab, "minutes", (_("Minutes"), "")),
        template="labs/after/minutes.html",
    )


@requires("labs.run", Lab)
def compose(request: SignedIn, lab: Lab) -> HttpResponse:
    """Ask, then compose the minutes anew from what came out; what somebody wrote in them is lost."""
    back, form = _address("minutes", lab), Form(request.POST if request.method == "POST" else None)

    def act() -> str:
        actions.draft(by=request.person, lab=lab, again=True)
        messages.success(request, _("Composed anew from what came out."))
        return back

    done = submit(request, form, act) if request.method == "POST" else None
    way = [(_("Minutes"), back), (_("Compose them anew"), "")]
    context = {"form": form, "cancel_url": back, "heading": _("Compose the minutes anew?")}
    frame = lab_frame(request.person, lab, "minutes", *way)
    return done or render(request, "labs/after/compose.html", frame | context)


@requires("labs.publish", Lab)
def minutes_back(request: SignedIn, lab: Lab) -> HttpResponse:
    """Ask, then make the minutes a draft again."""
    back = _address("minutes", lab)
    way = [(_("Minutes"), back), (_("Make it a draft again"), "")]
    return take_minutes_back(request, lab, back=back, frame=lab_frame(request.person, lab, "minutes", *way))


@requires("labs.publish", Lab)
def erase(request: SignedIn, lab: Lab) -> HttpResponse:
    """Ask, then delete what was live before its day."""
    back = _address("harvest", lab)
    if lab.erased_on is not None:
        return HttpResponseRedirect(back)
    form = Form(request.POST if request.method == "POST" else None)

    def act() -> str:
        actions.erase(by=request.person, lab=lab)
        messages.success(request, _("Deleted: names, single answers and boards are gone."))
        return back

    done = submit(request, form, act) if request.method == "POST" else None
    found = gathered(lab) if done is None else None
    context = {
        "form": form,
        "cancel_url": back,
        "waiting": len(found.waiting) if found is not None else 0,
        "pictured": len(found.pictured) if found is not None else 0,
    }
    heading = {"heading": _("Delete what was live now?")}
    frame = lab_frame(request.person, lab, "harvest", (_("What was gathered"), back), (_("Delete"), ""))
    return done or render(request, "labs/after/erase.html", frame | context | heading)
