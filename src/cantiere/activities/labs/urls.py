"""Addresses of the room."""

from django.urls import URLPattern, URLResolver, path, register_converter
from django.urls.converters import StringConverter

from cantiere.activities.labs.live import NOTES, SCREEN
from cantiere.activities.labs.queries.halls import REHEARSE, RUN
from cantiere.activities.labs.views import (
    after,
    board,
    desk,
    desk_rooms,
    groups,
    join,
    methods,
    photos,
    printing,
    public,
    results,
    screen,
    script,
    taking_part,
    team,
)
from cantiere.activities.labs.views.acts import ACTS


class HallConverter(StringConverter):
    """The real hall, or that of the rehearsal."""

    regex = f"{RUN}|{REHEARSE}"


class ActConverter(StringConverter):
    """What a button of the desk asks for."""

    regex = "|".join(ACTS)


class ViewConverter(StringConverter):
    """What others see of a hall, beside their phones."""

    regex = f"{SCREEN}|{NOTES}"


register_converter(HallConverter, "hall")
register_converter(ActConverter, "act")
register_converter(ViewConverter, "view")
DESK = "gestione/laboratori/<slug:lab>/<hall:hall>/"

app_name = "labs"
urlpatterns: list[URLPattern | URLResolver] = [
    path("partecipa/", join.code, name="code"),
    path("partecipa/<str:code>/", join.join, name="join"),
    path("partecipa/<str:code>/ora/", taking_part.now, name="now"),
    path("partecipa/<str:code>/ora/dai/", taking_part.give, name="give"),
    path("partecipa/<str:code>/ora/biglietto/", taking_part.ticket, name="ticket"),
    path("partecipa/<str:code>/ora/tavolo/", taking_part.table, name="table"),
    path("partecipa/<str:code>/ora/lavagna/", board.board, name="board"),
    path("partecipa/<str:code>/ora/foto/", photos.photo, name="photo"),
    path("partecipa/<str:code>/codice.svg", screen.way_in, name="way_in"),
    path("gestione/laboratori/<slug:lab>/schermo/", screen.open_screen, name="open_screen"),
    path("gestione/laboratori/<slug:lab>/note/", screen.open_notes, name="open_notes"),
    path("schermo/<str:key>/", screen.screen, name="screen"),
    path("schermo/<str:key>/biglietto/", screen.screen_ticket, name="screen_ticket"),
    path("note/<str:key>/", screen.notes, name="notes"),
    path("note/<str:key>/biglietto/", screen.notes_ticket, name="notes_ticket"),
    path("laboratori/<slug:lab>/", public.lab_detail, name="lab_detail"),
    path("laboratori/<slug:lab>/laboratorio.ics", public.lab_calendar, name="lab_calendar"),
    path("partecipa/<str:code>/mie-parole/", results.my_words, name="my_words"),
    path("laboratori/<slug:lab>/risultati/", results.results, name="results"),
    path("laboratori/<slug:lab>/risultati/verbale.pdf", results.results_pdf, name="results_pdf"),
    path("laboratori/<slug:lab>/risultati/risultati.csv", results.results_csv, name="results_csv"),
    path("laboratori/<slug:lab>/risultati/risultati.json", results.results_json, name="results_json"),
    path("laboratori/<slug:lab>/risultati/lavagna.png", results.board_picture, name="board_picture"),
    path("gestione/laboratori/<slug:lab>/raccolta/", after.harvest, name="harvest"),
    path("gestione/laboratori/<slug:lab>/raccolta/scrivi/", after.write_down, name="write_down"),
    path("gestione/laboratori/<slug:lab>/raccolta/foto/", after.transcribe, name="transcribe"),
    path("gestione/laboratori/<slug:lab>/raccolta/temi/", after.themes, name="harvest_themes"),
    path("gestione/laboratori/<slug:lab>/verbale/", after.minutes, name="minutes"),
    path("gestione/laboratori/<slug:lab>/verbale/ricomponi/", after.compose, name="compose"),
    path("gestione/laboratori/<slug:lab>/verbale/ritira/", after.minutes_back, name="minutes_back"),
    path("gestione/laboratori/<slug:lab>/cancella/", after.erase, name="erase"),
    path("gestione/laboratori/<slug:lab>/", team.lab_edit, name="lab_edit"),
    path("gestione/laboratori/<slug:lab>/regia/", desk.desk, {"hall": RUN}, name="lead"),
    path(DESK, desk.desk, name="desk"),
    path(f"{DESK}biglietto/", desk.desk_ticket, name="desk_ticket"),
    path(f"{DESK}comincia/", desk.desk_start, name="desk_start"),
    path(f"{DESK}chiudi/", desk.desk_close, name="desk_close"),
    path(f"{DESK}persone/", desk_rooms.desk_people, name="desk_people"),
    path(f"{DESK}posti/", desk_rooms.desk_seating, name="desk_seating"),
    path(f"{DESK}posti/tabella.csv", desk_rooms.desk_seating_table, name="desk_seating_table"),
    path(f"{DESK}tavolo/", desk_rooms.desk_table, name="desk_table"),
    path(f"{DESK}schermo/", screen.desk_screen, name="desk_screen"),
    path(f"{DESK}telefono/", screen.desk_phone, name="desk_phone"),
    path(f"{DESK}vista/<view:view>/", screen.desk_view_ticket, name="desk_view_ticket"),
    path(f"{DESK}foto/", photos.desk_photos, name="desk_photos"),
    path(f"{DESK}carta/", desk_rooms.desk_paper, name="desk_paper"),
    path(f"{DESK}fai/<act:act>/", desk.desk_act, name="desk_act"),
    path("gestione/laboratori/<slug:lab>/scaletta/", script.script, name="script"),
    path("gestione/laboratori/<slug:lab>/scaletta/aggiungi/", script.block_add, name="block_add"),
    path("gestione/laboratori/<slug:lab>/scaletta/stampa/", printing.script_print, name="script_print"),
    path("gestione/laboratori/<slug:lab>/fogli/", printing.hall, name="hall"),
    path("gestione/laboratori/<slug:lab>/fogli/codice.svg", printing.square, name="square"),
    path("gestione/laboratori/<slug:lab>/metodi/", methods.shelf, name="methods"),
    path("gestione/laboratori/<slug:lab>/metodi/scheda/", methods.method, name="method"),
    path("gestione/laboratori/<slug:lab>/gruppi/", groups.groups, name="groups"),
    path("gestione/laboratori/<slug:lab>/gruppi/numero/", groups.groups_number, name="groups_number"),
    path("gestione/laboratori/gruppo/<int:group>/togli/", groups.group_remove, name="group_remove"),
    path("gestione/laboratori/blocco/<int:block>/", script.block, name="block"),
    path("gestione/laboratori/blocco/<int:block>/titolo/", script.block_short, name="block_short"),
    path("gestione/laboratori/blocco/<int:block>/sposta/", script.block_move, name="block_move"),
    path("gestione/laboratori/blocco/<int:block>/copia/", script.block_copy, name="block_copy"),
    path("gestione/laboratori/blocco/<int:block>/togli/", script.block_remove, name="block_remove"),
    path("gestione/laboratori/blocco/<int:block>/anteprima/", script.block_preview, name="block_preview"),
]
