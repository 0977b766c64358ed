"""Addresses of a demonstration: how a room uses the pages of a questionnaire."""

from django.http import HttpResponse
from django.urls import include, path, reverse

from cantiere.foundation.core.access import public
from cantiere.foundation.questionnaires import actions, flow, queries
from cantiere.foundation.questionnaires.models import Response


def load(key_digest):
    found = Response.objects.select_related("version__questionnaire").filter(key_digest=key_digest).first()
    assert found is not None
    return found


def way(request):
    key = request.path.split("/")[2]
    home = reverse("tried:page", args=[key])
    return flow.Way(
        page=lambda name: f"{home}?pagina={name}",
        summary=reverse("tried:summary", args=[key]),
        later=reverse("tried:later", args=[key]),
        done=reverse("tried:done"),
        heading="Censimento dei processi",
        crumbs=[("Censimento", "")],
    )


@public
def page(request, entry):
    return flow.page(request, load(entry), request.GET.get("pagina", ""), way(request))


@public
def summary(request, entry):
    response = load(entry)

    def finish():
        actions.complete(response=response)
        return reverse("tried:done")

    return flow.summary(request, response, way(request), finish=finish, finish_label="Invia il questionario")


@public
def later(request, entry):
    key = request.path.split("/")[2]
    return flow.later(request, load(entry), way(request), link=request.build_absolute_uri(f"/prova/{key}/"))


@public
def shown(request, entry):
    from django.shortcuts import render

    return render(request, "questionnaires/_answers.html", {"pages": queries.shown(load(entry))})


@public
def done(_request):
    return HttpResponse("Grazie")


tried = (
    [
        path("prova/<secret:entry>/", page, name="page"),
        path("prova/<secret:entry>/riepilogo/", summary, name="summary"),
        path("prova/<secret:entry>/dopo/", later, name="later"),
        path("prova/<secret:entry>/mostra/", shown, name="shown"),
        path("prova/fatto/", done, name="done"),
    ],
    "tried",
)
urlpatterns = [path("", include(tried)), path("", include("cantiere.config.urls"))]
