"""Addresses of the room."""

from django.urls import URLPattern, URLResolver, path

from cantiere.activities.meetings.views import public, team

app_name = "meetings"
urlpatterns: list[URLPattern | URLResolver] = [
    path("incontri/<slug:meeting>/", public.meeting_detail, name="meeting_detail"),
    path("incontri/<slug:meeting>/incontro.ics", public.meeting_calendar, name="meeting_calendar"),
    path("pagine/<slug:page>/", public.page_detail, name="page_detail"),
    path("pagine/documenti/<int:document>/", public.page_document, name="page_document"),
    path("gestione/incontri/<slug:meeting>/", team.meeting_edit, name="meeting_edit"),
    path("gestione/incontri/<slug:meeting>/verbale/", team.meeting_minutes, name="meeting_minutes"),
    path(
        "gestione/incontri/<slug:meeting>/verbale/ritira/", team.take_back_minutes, name="take_back_minutes"
    ),
    path("gestione/pagine/<slug:page>/", team.page_edit, name="page_edit"),
]
