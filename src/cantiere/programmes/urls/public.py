"""Addresses that everyone may open: programmes, the calendar, enrolling."""

from django.urls import URLPattern, URLResolver, path

from cantiere.programmes.views import calendar, enrolment, public

urlpatterns: list[URLPattern | URLResolver] = [
    path("programmi/", public.programmes, name="programmes"),
    path("programmi/<slug:programme>/", public.programme, name="programme"),
    path("programmi/<slug:programme>/segui/", public.follow, name="follow"),
    path("programmi/<slug:programme>/calendario.ics", calendar.programme_feed, name="programme_feed"),
    path("calendario/", calendar.calendar, name="calendar"),
    path("calendario.ics", calendar.feed, name="feed"),
    path("calendario/<str:key>.ics", calendar.own_feed, name="own_feed"),
    path("le-mie-attivita/", enrolment.mine, name="mine"),
    path("le-mie-attivita/calendario/", calendar.renew_feed, name="renew_feed"),
    path("attivita/<slug:activity>/iscrizione/", enrolment.enrol, name="enrol"),
    path("attivita/<slug:activity>/rinuncia/", enrolment.withdraw, name="withdraw"),
    path("attivita/<slug:activity>/posto-offerto/", enrolment.accept_offer, name="accept_offer"),
    path("attivita/<slug:activity>/presenza/", enrolment.check_in, name="check_in"),
]
