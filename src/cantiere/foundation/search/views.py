"""The search page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cantiere.foundation.core.access import actor, public
from cantiere.foundation.search.forms import SearchForm
from cantiere.foundation.search.queries import find


@public
def page(request: HttpRequest) -> HttpResponse:
    """Everything published that holds the words, and what only this person may see."""
    form = SearchForm(request.GET)
    asked = form.chosen
    answer = find(
        asked["q"],
        actor(request),
        kind=asked["kind"],
        place=asked["place"],
        page=request.GET.get("page", 1),
    )
    return render(
        request,
        "search/page.html",
        {
            "form": form,
            "query": asked["q"],
            "kind": asked["kind"],
            "answer": answer,
            "shown_words": answer.instead or asked["q"],
            "instead_words": form.query(q=answer.instead, kind=None),
        },
    )
