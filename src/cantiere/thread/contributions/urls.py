"""Addresses of the room."""

from django.urls import URLPattern, URLResolver, path

from cantiere.thread.contributions.views import own, public, team, themes

app_name = "contributions"
urlpatterns: list[URLPattern | URLResolver] = [
    path("che-ne-e-stato/", own.find, name="find"),
    path("che-ne-e-stato/ricevuta/", own.receipt, name="receipt"),
    path("che-ne-e-stato/ricevuta/codice.svg", own.receipt_picture, name="receipt_picture"),
    path("che-ne-e-stato/chiudi/", own.close, name="close"),
    path("che-ne-e-stato/miei/", own.mine, name="mine"),
    path("che-ne-e-stato/<int:contribution>/correggi/", own.correct, name="correct"),
    path("che-ne-e-stato/<int:contribution>/ritira/", own.withdraw, name="withdraw"),
    path("contributi/<int:contribution>/", public.contribution, name="contribution"),
    path("programmi/<slug:programme>/contributi/", public.of_programme, name="of_programme"),
    path("gestione/attivita/<slug:activity>/contributi/", team.of_activity, name="of_activity"),
    path("gestione/attivita/<slug:activity>/contributi/segna/", team.mark, name="mark"),
    path("gestione/attivita/<slug:activity>/contributi/scrivi/", team.write, name="write"),
    path("gestione/attivita/<slug:activity>/contributi/ricevuta/", team.slip, name="slip"),
    path(
        "gestione/attivita/<slug:activity>/contributi/ricevuta/codice.svg",
        team.slip_picture,
        name="slip_picture",
    ),
    path(
        "gestione/attivita/<slug:activity>/contributi/passi/ritira/",
        team.take_back_step,
        name="take_back_step",
    ),
    path("gestione/contributi/<int:contribution>/", team.edit, name="edit"),
    path("gestione/programmi/<slug:programme>/temi/", themes.themes, name="themes"),
    path("gestione/temi/<int:theme>/", themes.theme_edit, name="theme_edit"),
    path("gestione/temi/<int:theme>/unisci/", themes.theme_merge, name="theme_merge"),
    path("gestione/temi/<int:theme>/togli/", themes.theme_remove, name="theme_remove"),
    path("gestione/temi/<int:theme>/sposta/", themes.theme_move, name="theme_move"),
]
