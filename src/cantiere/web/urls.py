"""Addresses of the web."""

from django.urls import URLPattern, URLResolver, path

from cantiere.web.views import feedback, home, state

app_name = "web"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("come-funziona/", home.about, name="about"),
    path("fonti-e-licenze/", home.credits, name="credits"),
    path("privacy/", home.privacy, name="privacy"),
    path("note-legali/", home.legal, name="legal"),
    path("accessibilita/", feedback.accessibility, name="accessibility"),
    path("chiarezza/", feedback.clarity, name="clarity"),
    path("chiarezza/<str:token>/", feedback.clarity_comment, name="clarity_comment"),
    path("gestione/stato/", state.state, name="state"),
    path("gestione/stato/<int:job>/riprova/", state.retry, name="retry"),
    path("gestione/segnalazioni/", feedback.reports, name="reports"),
    path("gestione/segnalazioni/<int:report>/", feedback.report_answer, name="report_answer"),
]
