"""The public observatory, and where its records are curated."""

from django.urls import URLPattern, path

from cantiere.activities.observatory.views import (
    compare,
    desk,
    downloads,
    exports,
    record_edit,
    records,
    statistics,
)

urlpatterns: list[URLPattern] = [
    path("osservatorio/", records.records, name="records"),
    path("osservatorio/mappa.json", records.map_points, name="points"),
    path("osservatorio/incorpora/", records.embed, name="embed"),
    path("osservatorio/elenco.csv", downloads.records_csv, name="records_csv"),
    path("osservatorio/schede.csv", exports.sheet_csv, name="sheet_csv"),
    path("osservatorio/schede.xlsx", exports.sheet_xlsx, name="sheet_xlsx"),
    path("osservatorio/elenco.json", downloads.records_json, name="records_json"),
    path("osservatorio/elenco.geojson", downloads.records_geojson, name="records_geojson"),
    path("osservatorio/confronta/", compare.compare, name="compare"),
    path("osservatorio/statistiche/", statistics.page, name="statistics"),
    path("osservatorio/schede/<slug:record>/", records.record, name="record"),
    path("gestione/censimenti/<slug:census>/schede/", desk.census_records, name="census_records"),
    path("gestione/censimenti/<slug:census>/schede/pubblica/", desk.records_publish, name="records_publish"),
    path("gestione/censimenti/<slug:census>/schede/nuova/", record_edit.record_add, name="record_add"),
    path("gestione/osservatorio/schede/<slug:record>/", record_edit.record_edit, name="record_edit"),
    path(
        "gestione/osservatorio/schede/<slug:record>/pubblica/",
        record_edit.record_publish,
        name="record_publish",
    ),
]
