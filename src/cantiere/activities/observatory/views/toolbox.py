"""The toolbox: methods and digital tools, for everyone; where curators write it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cantiere.activities.observatory.actions import toolbox as actions
from cantiere.activities.observatory.forms.toolbox import ToolFilters, ToolForm
from cantiere.activities.observatory.models import Tool
from cantiere.activities.observatory.queries import toolbox
from cantiere.foundation.accounts.http import Request, SignedIn
from cantiere.foundation.core.access import can, public, requires
from cantiere.foundation.core.once import once, submit
from cantiere.foundation.ui.listing import Listing, page_of, respond

PER_PAGE = 60


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    way = [
        (_("Observatory"), reverse("observatory:records")),
        (_("Toolbox"), reverse("observatory:toolbox")),
        *more,
    ]
    return [*way[:-1], (way[-1][0], "")]


@public
def tools(request: Request) -> HttpResponse:
    """All of them by name, by words, by kind."""
    form = ToolFilters(request.GET)
    may_edit = can(request.person, "observatory.edit_toolbox")
    chosen = form.chosen
    found = toolbox.tools(
        chosen["text"], form.kind_code, people=chosen["people"], instead_of=chosen["instead_of"],
        drafts=may_edit,
    )  # fmt: skip
    page = page_of(toolbox.counted(found), request, PER_PAGE)
    count = page.paginator.count
    words = ngettext("%(n)s method or tool", "%(n)s methods and tools", count) % {"n": count}
    listing = Listing(
        sentence=words if count else _("No method or tool"),
        form=form,
        page=page,
        item_template="observatory/_tool_row.html",
        empty_title=_("Methods and tools will be here"),
        empty_text=_("Whoever curates the observatory is choosing the first ones. Come back soon."),
    )
    context = {"may_edit": may_edit, "crumbs": _crumbs()}
    return respond(request, "observatory/toolbox.html", listing, context)


@requires("observatory.see_tool", Tool)
def tool(request: Request, tool: Tool) -> HttpResponse:
    """What it is good for, how it works, who used it."""
    view = toolbox.tool_view(tool, request.person)
    context = {
        "view": view,
        "tool": tool,
        "crumbs": _crumbs((tool.name, "")),
        "records_url": f"{reverse('observatory:records')}?strumento={tool.slug}",
    }
    return render(request, "observatory/tool.html", context)


@requires("observatory.edit_toolbox")
def tool_add(request: SignedIn) -> HttpResponse:
    """Write a new one; nobody sees it before it is published."""
    form = ToolForm(request.POST if request.method == "POST" else None, row=Tool(kind=Tool.Kind.METHOD))

    def act() -> str:
        made = actions.add_tool(by=request.person, details=form.details)
        messages.success(request, _("Saved as a draft. Look at it, then publish it."))
        return made.get_absolute_url()

    done = submit(request, form, act) if request.method == "POST" else None
    heading = _("Add a method or tool")
    context = {"form": form, "heading": heading, "crumbs": _crumbs((heading, ""))}
    return done or render(request, "ui/form.html", context | {"cancel_url": reverse("observatory:toolbox")})


@requires("observatory.edit_toolbox", Tool)
def tool_edit(request: SignedIn, tool: Tool) -> HttpResponse:
    """Change what is said of it."""
    form = ToolForm(request.POST if request.method == "POST" else None, row=tool)

    def act() -> str:
        actions.edit_tool(by=request.person, tool=tool, details=form.details)
        messages.success(request, _("Saved."))
        return tool.get_absolute_url()

    done = submit(request, form, act) if request.method == "POST" else None
    crumbs = _crumbs((tool.name, tool.get_absolute_url()), (_("Edit"), ""))
    context = {"form": form, "heading": tool.name, "crumbs": crumbs, "cancel_url": tool.get_absolute_url()}
    return done or render(request, "ui/form.html", context)


@requires("observatory.edit_toolbox", Tool)
def tool_publish(request: SignedIn, tool: Tool) -> HttpResponse:
    """Let everyone see it, or hide it again."""

    def act() -> str:
        if "take_back" in request.POST:
            actions.take_back_tool(by=request.person, tool=tool)
            messages.success(request, _("Hidden: only those who curate see it now."))
        else:
            actions.publish_tool(by=request.person, tool=tool)
            messages.success(request, _("Published: everyone sees it now."))
        return tool.get_absolute_url()

    return once(request, act)
