"""Sheets of records, brought in and taken out."""

from django.urls import URLPattern, path

from cantiere.activities.observatory.views import exports, imports

_CENSUS = "gestione/censimenti/<slug:census>/fogli"
_ONE = "gestione/censimenti/fogli/<int:brought>"

urlpatterns: list[URLPattern] = [
    path(f"{_CENSUS}/", imports.imports, name="imports"),
    path(f"{_CENSUS}/schede.csv", exports.census_csv, name="census_csv"),
    path(f"{_CENSUS}/schede.xlsx", exports.census_xlsx, name="census_xlsx"),
    path(f"{_CENSUS}/schede.json", exports.census_json, name="census_json"),
    path(f"{_CENSUS}/modello.xlsx", exports.census_model, name="census_model"),
    path(f"{_ONE}/", imports.import_detail, name="import"),
    path(f"{_ONE}/colonne/", imports.import_match, name="import_match"),
    path(f"{_ONE}/colonne/cambia/", imports.import_rematch, name="import_rematch"),
    path(f"{_ONE}/conferma/", imports.import_confirm, name="import_confirm"),
    path(f"{_ONE}/riprendi/", imports.import_restart, name="import_restart"),
    path(f"{_ONE}/lascia/", imports.import_drop, name="import_drop"),
    path(f"{_ONE}/da-sistemare.xlsx", imports.leftovers_xlsx, name="leftovers_xlsx"),
    path(f"{_ONE}/da-sistemare.csv", imports.leftovers_csv, name="leftovers_csv"),
]
