"""The pages of a questionnaire in a few lines: rooms own the addresses and the rules, this does the rest.

A room's guarded views call :func:`page`, :func:`summary` and :func:`later` with a :class:`Way`, which says
where they are. Everything works without script: conditions across pages skip pages, a question that applies
because of the same page is asked after posting.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext

from cantiere.engine.questionnaire import Group
from cantiere.engine.questionnaire.answers import pages
from cantiere.foundation.core.once import Checked, once, submit
from cantiere.foundation.questionnaires import actions, queries
from cantiere.foundation.questionnaires.forms import PageForm, field_id
from cantiere.foundation.questionnaires.models import Response
from cantiere.foundation.questionnaires.words import text
from cantiere.foundation.ui.knots import Knot

LATER = "later"  # the button that saves and leaves
CHECK = "check"  # in an address: tell what is wrong with the page


@dataclass(frozen=True)
class Way:
    """Where the pages of one response are; ``done`` is where one goes after it was sent.

    ``context`` goes to all templates; its ``notice`` names one that stands above the questions.
    """

    page: Callable[[str], str]
    summary: str
    later: str
    done: str
    heading: str
    crumbs: Sequence[tuple[str, str]] = ()
    context: Mapping[str, object] = field(default_factory=dict)


def first(response: Response, way: Way) -> str:
    """The address where somebody begins, or goes on."""
    if response.is_complete:
        return way.done
    following = queries.progress(response).next
    return way.page(following) if following else way.summary


def page(request: HttpRequest, response: Response, name: str, way: Way) -> HttpResponse:
    """Show a page, or save what was typed on it and go on; what is wrong is saved too, and told."""
    if response.is_complete:
        return HttpResponseRedirect(way.done)
    group = response.schema.group(name)
    if group is None:
        raise Http404
    if request.method == "POST":
        return _save(request, response, group, way)
    if group not in pages(response.schema, response.answers, today=timezone.localdate()):
        return HttpResponseRedirect(first(response, way))
    return _page(request, PageForm(response, group, check=CHECK in request.GET), way)


def _save(request: HttpRequest, response: Response, group: Group, way: Way) -> HttpResponse:
    form = PageForm(response, group, request.POST)
    sound, raw = form.is_valid() and not form.more, form.raw

    def act() -> str:
        actions.save_page(response=response, page=group.name, raw=raw, revision=form.revision, find=form.find)
        if LATER in request.POST:
            return way.later
        return _after(response, group, way) if sound else way.page(group.name)

    try:
        answer = once(request, act)
    except actions.ChangedMeanwhileError as changed:
        again = PageForm(changed.response, group, again=raw)
        there = {row.name: row for each in queries.shown(changed.response) for row in each.rows}
        differing = [there[name] for name in again.differing if name in there]
        return _page(
            request, again, way, status=409, meanwhile=changed.response.saved_at, differing=differing
        )
    if sound or LATER in request.POST or answer.status_code >= 400:
        return answer
    again = PageForm(response, group, again=raw, check=True, new=form.more)
    return _page(request, again, way, more=form.more, saved=True)


def _after(response: Response, group: Group, way: Way) -> str:
    """The page that follows, or the summary."""
    left = pages(response.schema, response.answers, today=timezone.localdate())
    order = [each.name for each in response.schema.groups]
    following = (each.name for each in left if order.index(each.name) > order.index(group.name))
    name = next(following, None)
    return way.page(name) if name else way.summary


def _page(request: HttpRequest, form: PageForm, way: Way, status: int = 200, **more: Any) -> HttpResponse:
    response, group = form.response, form.group
    progress = queries.progress(response)
    names = [each.name for each in progress.pages]
    number = names.index(group.name) if group.name in names else 0
    context = {
        "form": form,
        "heading": text(response.schema, group.title),
        "hint": text(response.schema, group.hint),
        "number": number + 1,
        "of": len(names),
        "knots": _knots(response, progress, group.name, way),
        "back": way.page(names[number - 1]) if number else "",
        "onward": _after(response, group, way),
        "way": way,
        **way.context,
        **more,
    }
    return _own(render(request, "questionnaires/page.html", context, status=status))


def _own(answer: HttpResponse) -> HttpResponse:
    """Whoever uses the same device next does not find the answers in its memory."""
    patch_cache_control(answer, private=True, no_cache=True, max_age=0)
    return answer


def _knots(response: Response, progress: queries.Progress, current: str, way: Way) -> list[Knot]:
    """The thread: pages that were saved can be gone back to, those left behind are named."""
    knots, behind = [], True
    for group in progress.pages:
        here, saved = group.name == current, group.name in response.pages
        behind = behind and not here
        left = saved or behind
        knots.append(
            Knot(
                text(response.schema, group.title),
                "now" if here else "done" if group.name in progress.done else "to_come",
                url=way.page(group.name) if left and not here else "",
                state_words="" if here or group.name in progress.done or not left else gettext("To complete"),
            )
        )
    return knots


def summary(
    request: HttpRequest,
    response: Response,
    way: Way,
    *,
    finish: Callable[[], str],
    finish_label: str,
    form: Checked | None = None,
) -> HttpResponse:
    """Everything that was answered, with what is to mend; the room's button sends it.

    ``finish`` runs once, in a transaction: it calls ``actions.complete`` and gives the address to go to.
    ``form`` holds what the room asks besides, such as consents.
    """
    if response.is_complete:
        return HttpResponseRedirect(way.done)
    last: Checked = form if form is not None else Form(request.POST if request.method == "POST" else None)
    wrong = queries.told(response)
    if request.method == "POST" and not wrong:
        done = submit(request, last, finish)
        if done is not None:
            return done
    progress = queries.progress(response)
    context = {
        "form": last,
        "pages": [(each, way.page(each.name)) for each in queries.shown(response, wrong)],
        "wrong": [(each, _to_mend(response, each, way)) for each in wrong],
        "knots": _knots(response, progress, "", way),
        "finish_label": finish_label,
        "way": way,
        **way.context,
    }
    status = 422 if request.method == "POST" and wrong else 200
    return _own(render(request, "questionnaires/summary.html", context, status=status))


def _to_mend(response: Response, wrong: queries.Told, way: Way) -> str:
    """The address of the field, on its page, with what is wrong told beside it."""
    address = way.page(wrong.page)
    return f"{address}{'&' if '?' in address else '?'}{CHECK}=1#{field_id(response.schema, wrong.question)}"


def later(request: HttpRequest, response: Response, way: Way, *, link: str = "") -> HttpResponse:
    """Say how to come back: by ``link`` (a whole address), or from one's account."""
    context = {"response": response, "link": link, "onward": first(response, way), "way": way, **way.context}
    return _own(render(request, "questionnaires/later.html", context))
