"""Answering a census, inviting, curating what comes in, suggestions."""

from django.urls import URLPattern, path

from cantiere.activities.observatory.views import answers, census, invitations, queue, suggestions

_TEAM = "gestione/censimenti"

urlpatterns: list[URLPattern] = [
    path("censimenti/<slug:census>/", census.census_detail, name="census_detail"),
    path("censimenti/<slug:census>/rispondi/", census.census_start, name="census_start"),
    path("censimenti/risposta/<secret:entry>/", answers.entry, name="entry"),
    path("censimenti/risposta/<secret:entry>/riepilogo/", answers.entry_summary, name="entry_summary"),
    path("censimenti/risposta/<secret:entry>/piu-tardi/", answers.entry_later, name="entry_later"),
    path("censimenti/invito/<secret:invitation>/", answers.invitation, name="invitation"),
    path(
        "censimenti/invito/<secret:invitation>/non-ci-riguarda/",
        answers.invitation_refuse,
        name="invitation_refuse",
    ),
    path("osservatorio/schede/<slug:record>/completa/", suggestions.suggest, name="suggest"),
    path(
        "osservatorio/proposte/<secret:suggestion>/",
        suggestions.suggestion_confirm,
        name="suggestion_confirm",
    ),
    path(f"{_TEAM}/<slug:census>/", census.census_edit, name="census_edit"),
    path(f"{_TEAM}/<slug:census>/inviti/", invitations.census_invitations, name="census_invitations"),
    path(f"{_TEAM}/<slug:census>/inviti/aggiungi/", invitations.invitations_add, name="invitations_add"),
    path(f"{_TEAM}/<slug:census>/inviti/manda/", invitations.invitations_send, name="invitations_send"),
    path(
        f"{_TEAM}/inviti/<int:invitation>/sollecita/", invitations.invitation_remind, name="invitation_remind"
    ),
    path(f"{_TEAM}/inviti/<int:invitation>/togli/", invitations.invitation_remove, name="invitation_remove"),
    path(f"{_TEAM}/<slug:census>/risposte/", queue.census_queue, name="census_queue"),
    path(f"{_TEAM}/<slug:census>/risposte/aggiungi/", queue.entry_add, name="entry_add"),
    path(f"{_TEAM}/risposte/<int:entry>/", queue.entry_review, name="entry_review"),
    path(f"{_TEAM}/risposte/<int:entry>/modifiche/", queue.entry_ask, name="entry_ask"),
    path(f"{_TEAM}/risposte/<int:entry>/pubblica/", queue.entry_publish, name="entry_publish"),
    path(f"{_TEAM}/risposte/<int:entry>/non-pubblicare/", queue.entry_decline, name="entry_decline"),
    path(f"{_TEAM}/risposte/<int:entry>/riprendi/", queue.entry_take_up, name="entry_take_up"),
    path(f"{_TEAM}/risposte/<int:entry>/completa/", queue.entry_finish, name="entry_finish"),
    path(f"{_TEAM}/risposte/<int:entry>/nuovo-link/", queue.entry_renew, name="entry_renew"),
    path(f"{_TEAM}/<slug:census>/suggerimenti/", suggestions.census_suggestions, name="census_suggestions"),
    path(f"{_TEAM}/suggerimenti/<int:suggestion>/", suggestions.suggestion_review, name="suggestion_review"),
]
