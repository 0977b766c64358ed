"""The run sheet: seen whole, edited in place, a page for each block."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cantiere.activities.labs import actions
from cantiere.activities.labs.forms.block import BlockEditor, ShortBlockForm
from cantiere.activities.labs.forms.groups_plan import TURN
from cantiere.activities.labs.forms.plans import Place
from cantiere.activities.labs.models import Block, Lab
from cantiere.activities.labs.queries.halls import script_of
from cantiere.activities.labs.queries.preview import phone_of
from cantiere.activities.labs.queries.script import answered, followers, sheet_of
from cantiere.activities.labs.questions.asking import Asking
from cantiere.activities.labs.views.frame import lab_frame
from cantiere.engine.lab import plan_of
from cantiere.engine.lab.layout import areas_of
from cantiere.foundation.accounts.http import SignedIn
from cantiere.foundation.core.access import requires
from cantiere.foundation.core.once import submit
from cantiere.programmes.views.workspace.frame import attempt, done
from cantiere.programmes.views.workspace.outline import step_of

# What a new block takes, in minutes, until somebody says otherwise.
USUAL = {"plenary": 10, "question": 5, "groups": 20, "break": 15, "harvest": 15, "vote": 5}


def script_url(lab: Lab, block: Block | None = None) -> str:
    """The run sheet, at one of its blocks."""
    address = reverse("labs:script", args=[lab.activity.slug])
    return f"{address}#blocco-{block.key}" if block is not None else address


def _context(request: SignedIn, lab: Lab, *crumbs: tuple[str, str]) -> dict[str, Any]:
    way = [(_("Run sheet"), script_url(lab) if crumbs else ""), *crumbs]
    return lab_frame(request.person, lab, "script", *way)


@requires("labs.prepare", Lab)
def script(request: SignedIn, lab: Lab) -> HttpResponse:
    """All blocks with their hours, whether they fit, what is still missing."""
    context = {**_context(request, lab), "heading": _("Run sheet"), "sheet": sheet_of(lab)}
    return TemplateResponse(request, "labs/script.html", context | {"kinds": Block.Kind.choices})


@requires("labs.prepare", Lab)
@require_POST
def block_add(request: SignedIn, lab: Lab) -> HttpResponse:
    """One more block of a kind, with what is usual; then its page."""
    kind = request.POST.get("kind", "")

    def act() -> str:
        if kind not in USUAL:
            raise ValidationError(_("Choose what happens in the new block."))
        details = {"title": str(Block.Kind(kind).label), "minutes": USUAL[kind]}
        block = actions.add_block(by=request.person, lab=lab, plan=plan_of(kind, {}), details=details)
        return reverse("labs:block", args=[block.pk])

    return attempt(request, act, script_url(lab))


def place_of(block: Block) -> Place:
    """Where a block stands in its run sheet."""
    rows = list(block.lab.blocks.all())
    earlier = rows[: [each.pk for each in rows].index(block.pk)]
    tables = {group.key: group.name for group in block.lab.groups.all()}
    return Place([each.step for each in earlier], tables)


@requires("labs.prepare_part", Block)
def block(request: SignedIn, block: Block) -> HttpResponse:
    """Its words, and the plan of what people do."""
    lab, place = block.lab, place_of(block)
    posted = request.method == "POST"
    if posted and TURN in request.POST:
        editor = BlockEditor.turned(block, place, request.POST)
    else:
        editor = BlockEditor(block, place, request.POST if posted else None)

        def act() -> str:
            actions.edit_block(
                by=request.person, block=block, details=editor.words.details, plan=editor.plan.plan
            )
            return done(request, _("Saved."), script_url(lab, block))

        taken = submit(request, editor, act) if posted else None
        if taken is not None:
            return taken
    context = {**_context(request, lab, (block.title, "")), "form": editor, "step": block}
    part = request.htmx and TURN in request.POST
    name = "_block_form" if part else "block"
    return TemplateResponse(request, f"labs/{name}.html", context | {"heading": block.title})


@requires("labs.prepare_part", Block)
def block_short(request: SignedIn, block: Block) -> HttpResponse:
    """Title, goal and minutes, in the run sheet itself; on a page of its own without script."""
    form = ShortBlockForm(request.POST if request.method == "POST" else None, row=block)

    def act() -> str:
        actions.edit_block(by=request.person, block=block, details=form.details)
        return script_url(block.lab, block)

    taken = submit(request, form, act) if request.method == "POST" else None
    if taken is not None:
        return taken
    heading = _("Edit the block")
    context = {
        **_context(request, block.lab, (block.title, "")),
        "form": form,
        "heading": heading,
        "action": request.path,
        "cancel_url": script_url(block.lab, block),
    }
    part = request.htmx and request.method == "GET"
    name = "programmes/workspace/_form_in_place.html" if part else "labs/form.html"
    return TemplateResponse(request, name, context)


def _in_place(request: SignedIn, block: Block, act: Callable[[], object]) -> HttpResponse:
    """Do it, then show the run sheet: the page again, or with script only the part that changed."""
    lab = block.lab

    def change() -> str:
        act()
        return script_url(lab, block)

    response = attempt(request, change, script_url(lab, block))
    if not request.htmx:
        return response
    words = {"sheet": sheet_of(lab), "lab": lab, "activity": lab.activity, "kinds": Block.Kind.choices}
    return TemplateResponse(request, "labs/_script.html", words)


@requires("labs.prepare_part", Block)
@require_POST
def block_move(request: SignedIn, block: Block) -> HttpResponse:
    """One place up or down."""
    step = step_of(request)
    return _in_place(request, block, lambda: actions.move_block(by=request.person, block=block, step=step))


@requires("labs.prepare_part", Block)
@require_POST
def block_copy(request: SignedIn, block: Block) -> HttpResponse:
    """The same once more, right after it."""
    return _in_place(request, block, lambda: actions.copy_block(by=request.person, block=block))


@requires("labs.prepare_part", Block)
def block_remove(request: SignedIn, block: Block) -> HttpResponse:
    """Ask, saying what follows it, then take it away."""
    lab, form = block.lab, forms.Form(request.POST if request.method == "POST" else None)

    def act() -> str:
        actions.remove_block(by=request.person, block=block)
        return done(request, _("The block is removed."), script_url(lab))

    taken = submit(request, form, act) if request.method == "POST" else None
    if taken is not None:
        return taken
    context = {
        **_context(request, lab, (block.title, "")),
        "heading": _("Remove the block “%(title)s”?") % {"title": block.title},
        "answered": answered(block),
        "followers": followers(block),
        "cancel_url": script_url(lab, block),
    }
    return TemplateResponse(request, "labs/block_remove.html", context)


@requires("labs.prepare_part", Block)
def block_preview(request: SignedIn, block: Block) -> HttpResponse:
    """What participants will see of a block, as it is written now."""
    frame = phone_of(block)
    asked = frame["block"]
    context = {
        **_context(
            request, block.lab, (block.title, reverse("labs:block", args=[block.pk])), (_("Preview"), "")
        ),
        "heading": _("Preview"),
        "step": block,
        "areas": areas_of(script_of(block.lab), block.key),
        "frame": frame,
        "asking": Asking(asked, {}) if "asks" in asked else None,
        "back": script_url(block.lab, block),
    }
    return TemplateResponse(request, "labs/block_preview.html", context)
