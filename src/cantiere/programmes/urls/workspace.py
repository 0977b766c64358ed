"""Addresses of the workspace: each names one object."""

from django.urls import URLPattern, URLResolver, path

from cantiere.programmes.views.workspace import (
    activities,
    enrolments,
    history,
    home,
    outline,
    people,
    programme,
)

P = "gestione/programmi/<slug:programme>/"
A = "gestione/attivita/<slug:activity>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("programmi/<slug:programme>/immagine/", programme.cover, name="cover"),
    path("gestione/", home.workspaces, name="workspaces"),
    path("gestione/programmi/nuovo/", home.create, name="create"),
    path(P, outline.workspace, name="workspace"),
    path(f"{P}descrizione/", programme.settings, name="settings"),
    path(f"{P}enti/", people.partners, name="partners"),
    path(f"{P}gruppo/", people.team, name="team"),
    path(f"{P}gruppo/nuovo/", people.member_add, name="member_add"),
    path(f"{P}cambiamenti/", programme.changes, name="changes"),
    path(f"{P}pubblica/", programme.publish, name="publish"),
    path(f"{P}storia/", history.history, name="history"),
    path(f"{P}copia/", programme.copy, name="copy"),
    path(f"{P}fasi/nuova/", outline.phase_add, name="phase_add"),
    path(f"{P}obiettivi/nuovo/", outline.goal_add, name="goal_add"),
    path(f"{P}attivita/nuova/", activities.activity_add, name="activity_add"),
    path("gestione/fasi/<int:phase>/", outline.phase, name="phase"),
    path("gestione/fasi/<int:phase>/sposta/", outline.phase_move, name="phase_move"),
    path("gestione/fasi/<int:phase>/togli/", outline.phase_remove, name="phase_remove"),
    path("gestione/obiettivi/<int:goal>/", outline.goal, name="goal"),
    path("gestione/obiettivi/<int:goal>/sposta/", outline.goal_move, name="goal_move"),
    path("gestione/obiettivi/<int:goal>/togli/", outline.goal_remove, name="goal_remove"),
    path("gestione/enti/<int:partnership>/", people.partner, name="partner"),
    path("gestione/enti/<int:partnership>/togli/", people.partner_remove, name="partner_remove"),
    path("gestione/gruppo/<int:member>/", people.member, name="member"),
    path("gestione/gruppo/<int:member>/togli/", people.member_remove, name="member_remove"),
    path(
        "gestione/gruppo/inviti/<int:invitation>/ritira/",
        people.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("gestione/cambiamenti/<int:change>/correggi/", programme.correct, name="correct"),
    path(f"{A}pubblica/", activities.activity_publish, name="activity_publish"),
    path(f"{A}ritira/", activities.activity_withdraw, name="activity_withdraw"),
    path(f"{A}annulla/", activities.activity_cancel, name="activity_cancel"),
    path(f"{A}ripristina/", activities.activity_restore, name="activity_restore"),
    path(f"{A}esito/", activities.activity_outcome, name="activity_outcome"),
    path(f"{A}copia/", activities.activity_copy, name="activity_copy"),
    path(f"{A}sposta/", activities.activity_move, name="activity_move"),
    path(f"{A}togli/", activities.activity_remove, name="activity_remove"),
    path(f"{A}iscrizioni/", enrolments.enrolments, name="enrolments"),
    path(f"{A}iscrizioni/regole/", enrolments.enrolment_rules, name="enrolment_rules"),
    path(f"{A}iscrizioni/tabella/", enrolments.enrolments_table, name="enrolments_table"),
    path(f"{A}iscrizioni/foglio/", enrolments.attendance_sheet, name="attendance_sheet"),
    path(f"{A}iscrizioni/senza-nome/", enrolments.attendance_unnamed, name="attendance_unnamed"),
    path(f"{A}porta/", enrolments.door, name="door"),
    path(f"{A}porta/codice.svg", enrolments.door_picture, name="door_picture"),
    path(
        "gestione/iscrizioni/<int:enrolment>/approva/", enrolments.enrolment_approve, name="enrolment_approve"
    ),
    path(
        "gestione/iscrizioni/<int:enrolment>/rifiuta/", enrolments.enrolment_decline, name="enrolment_decline"
    ),
    path("gestione/iscrizioni/<int:enrolment>/presente/", enrolments.attendance_note, name="attendance_note"),
]
