"""Addresses of the room."""

from django.urls import URLPattern, URLResolver, path

from cantiere.activities.innovators.views import export, nomination, own, public, team
from cantiere.foundation.core import keys as _keys  # noqa: F401 (makes <secret:…> known)

app_name = "innovators"
urlpatterns: list[URLPattern | URLResolver] = [
    path("mappe-innovatori/<slug:innovator_map>/", public.map_detail, name="innovator_map_detail"),
    path("mappe-innovatori/<slug:innovator_map>/punti/", public.points, name="points"),
    path("mappe-innovatori/<slug:innovator_map>/riquadro/", public.embedded, name="embedded"),
    path("mappe-innovatori/<slug:innovator_map>/innovatori.csv", public.open_csv, name="open_csv"),
    path("mappe-innovatori/<slug:innovator_map>/segui/", public.follow, name="follow"),
    path("mappe-innovatori/<slug:innovator_map>/racconta/", nomination.nominate_oneself, name="oneself"),
    path("mappe-innovatori/<slug:innovator_map>/segnala/", nomination.nominate_other, name="other"),
    path("mappe-innovatori/<slug:innovator_map>/grazie/", nomination.thanks, name="thanks"),
    path("innovatori/<slug:innovator>/", public.profile, name="profile"),
    path("innovatori/<slug:innovator>/foto/", public.picture, name="picture"),
    path("innovatori/<slug:innovator>/scrivi/", nomination.write, name="write"),
    path("segnalazioni/<secret:nomination>/", nomination.confirm_nomination, name="confirm_nomination"),
    path("messaggi/<secret:letter>/", nomination.send_letter, name="send_letter"),
    path("le-mie-schede/", own.entries, name="entries"),
    path("la-mia-scheda/<secret:innovator>/", own.mine, name="mine"),
    path("la-mia-scheda/<secret:innovator>/giusta/", own.still_right, name="still_right"),
    path("la-mia-scheda/<secret:innovator>/togli/", own.leave, name="leave"),
    path("gestione/mappe-innovatori/<slug:innovator_map>/", team.map_edit, name="innovator_map_edit"),
    path("gestione/mappe-innovatori/<slug:innovator_map>/schede/", team.queue, name="queue"),
    path("gestione/mappe-innovatori/<slug:innovator_map>/schede/nuova/", team.add_by_hand, name="by_hand"),
    path("gestione/mappe-innovatori/<slug:innovator_map>/schede.csv", export.team_csv, name="team_csv"),
    path("gestione/mappe-innovatori/<slug:innovator_map>/schede.xlsx", export.team_xlsx, name="team_xlsx"),
    path("gestione/innovatori/<slug:innovator>/", team.review, name="review"),
    path("gestione/innovatori/<slug:innovator>/modifica/", team.review_edit, name="review_edit"),
    path("gestione/innovatori/<slug:innovator>/consenso/", team.review_consent, name="review_consent"),
    path("gestione/innovatori/<slug:innovator>/scrivi/", team.review_invite, name="review_invite"),
    path("gestione/innovatori/<slug:innovator>/unisci/", team.review_merge, name="review_merge"),
]
