"""Addresses of the room."""

from cantiere.activities.observatory.urls import census, imports, observatory, toolbox

app_name = "observatory"
urlpatterns = [
    *observatory.urlpatterns,
    *toolbox.urlpatterns,
    *census.urlpatterns,
    *imports.urlpatterns,
]
