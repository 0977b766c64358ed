"""Addresses of the room."""

from django.urls import URLPattern, URLResolver, path

from cantiere.foundation.notices import views

app_name = "notices"
urlpatterns: list[URLPattern | URLResolver] = [
    path("avvisi/", views.mine, name="mine"),
    path("avvisi/ritmo/", views.rhythm, name="rhythm"),
    path("avvisi/segui/", views.follow, name="follow"),
    path("avvisi/letti/", views.read_all, name="read_all"),
    path("avvisi/<int:notice>/letto/", views.read, name="read"),
    path("avvisi/meno/<str:token>/", views.fewer, name="less"),
]
