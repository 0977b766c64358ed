"""The toolbox."""

from django.urls import URLPattern, path

from cantiere.activities.observatory.views import toolbox

urlpatterns: list[URLPattern] = [
    path("strumenti/", toolbox.tools, name="toolbox"),
    path("strumenti/<slug:tool>/", toolbox.tool, name="tool"),
    path("gestione/strumenti/nuovo/", toolbox.tool_add, name="tool_add"),
    path("gestione/strumenti/<slug:tool>/", toolbox.tool_edit, name="tool_edit"),
    path("gestione/strumenti/<slug:tool>/pubblica/", toolbox.tool_publish, name="tool_publish"),
]
