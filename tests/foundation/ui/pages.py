"""A page with every component on it, and a team's room, for looking and for measuring."""

import datetime as dt
from pathlib import Path
from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path
from django.utils import timezone

from cantiere.foundation.core.access import public
from cantiere.foundation.ui.forms import DateInput
from cantiere.foundation.ui.knots import Knot

HERE = Path(__file__).parent

KNOTS = [
    Knot("Esplorazione", "done", "/f/1", "da gennaio a marzo 2026"),
    Knot("Progettazione", "now", "/f/2", "ripensata dopo la pausa di maggio", bend=True),
    Knot("Azione", "to_come", note="da ottobre 2026"),
    Knot("Valutazione", "to_come"),
]
RECEIPT = [
    Knot("Hai scritto la tua idea", "done", note="venerdì 12 giugno"),
    Knot("Raccolta nel tema «Strade e bosco»", "done", "/t", bend=True),
    Knot("L'ente risponde", "now", note="entro venerdì 10 luglio"),
    Knot("Impegno preso", "to_come"),
]
RING = [
    (10.7, 44.1),
    (10.82, 44.05),
    (10.95, 44.12),
    (10.98, 44.22),
    (10.86, 44.3),
    (10.74, 44.26),
    (10.66, 44.18),
]


class SampleForm(forms.Form):
    name = forms.CharField(label="Come ti chiami")
    email = forms.EmailField(label="Indirizzo e-mail", help_text="Ti mandiamo un codice, niente altro.")
    day = forms.DateField(label="Quale giorno preferisci", widget=DateInput, required=False)
    place = forms.ChoiceField(
        label="Il tuo comune", choices=[("", "Scegli"), ("f", "Fanano"), ("s", "Sestola")]
    )
    how = forms.ChoiceField(
        label="Come partecipi", choices=[("p", "In presenza"), ("o", "Online")], widget=forms.RadioSelect
    )
    interests = forms.MultipleChoiceField(
        label="Che cosa ti interessa",
        choices=[("a", "Ambiente"), ("b", "Scuola")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Anche più di una cosa.",
    )
    idea = forms.CharField(label="La tua idea", widget=forms.Textarea, required=False)
    paper = forms.FileField(label="Un documento", required=False, help_text="PDF, fino a 10 MB.")
    agree = forms.BooleanField(label="Ho letto come trattate i miei dati")


def context(form):
    today = timezone.localtime().replace(hour=18, minute=0, second=0, microsecond=0)
    return {
        "form": form,
        "knots": KNOTS,
        "receipt": RECEIPT,
        "rings": [RING],
        "crumbs": [("Programmi", "/p"), ("Rigenerare la montagna", "")],
        "facts": [
            ("it-calendar", "venerdì 12 giugno dalle 18 alle 20"),
            ("it-map-marker", "Fanano, sala civica"),
        ],
        "soon": today + dt.timedelta(days=1),
        "later": (today + dt.timedelta(days=12)).date(),
        "page": Paginator(range(90), 10).page(3),
    }


@public
def sample(request):
    form = SampleForm({"email": "nessuna"}) if "errors" in request.GET else SampleForm()
    if "errors" in request.GET:
        messages.error(request, "Il modulo non è ancora completo.")
        messages.success(request, "La bozza è salva.")
    template = engines["django"].from_string((HERE / "sample.html").read_text())
    return HttpResponse(template.render(context(form), request))


@public
def room(request):
    side = [
        SimpleNamespace(label="Da fare", url="/s", current=True, icon="it-list", count=3),
        SimpleNamespace(label="Fasi e attività", url="/s2", current=False, icon="it-flag", count=None),
        SimpleNamespace(label="Gruppo di lavoro", url="/s3", current=False, icon="it-user", count=None),
    ]
    source = """{% extends "ui/workspace.html" %}{% block heading %}Rigenerare la montagna{% endblock %}
    {% block work %}<h2>Da fare</h2><ul class="to-do"><li>{% status "warning" "Blocca la pubblicazione" %}
    <span>Manca la data di inizio.</span><a class="btn btn-outline-primary btn-sm" href="/s">Scrivi la data</a></li>
    <li>{% status "waiting" "Aspetta risposta" %}<span>Sei proposte senza risposta da dieci giorni.</span>
    <a class="btn btn-outline-primary btn-sm" href="/s">Rispondi</a></li></ul>
    <h2>Le fasi</h2>{% thread knots %}{% endblock %}"""
    template = engines["django"].from_string(source)
    return HttpResponse(template.render({**context(SampleForm()), "side": side}, request))


@public
def nothing(request):
    return HttpResponse("")


urlpatterns = [
    path("p/", sample, name="programmes"),
    path("stanza/", room, name="room"),
    path("cerca/", include(([path("", nothing, name="page")], "search"))),
    path("chiarezza/", include(([path("", nothing, name="clarity")], "web"))),
    path("accedi/", nothing, name="account_login"),
    path("calendario/", nothing, name="calendar"),
    path("i18n/", include("django.conf.urls.i18n")),
]
