"""Stored files on their way out: always through a view that has asked for permission."""

from pathlib import PurePath
from urllib.parse import quote

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag

from cantiere.foundation.core.uploads.documents import TYPES

PICTURES = {"webp": "image/webp", "jpg": "image/jpeg", "png": "image/png"}


def send_file(
    request: HttpRequest, file: FieldFile, *, shown: str = "", public: bool = False
) -> HttpResponseBase:
    """Send a stored file to somebody who may have it.

    Pictures are shown, everything else is a download named ``shown``. ``public`` lets caches keep it: only
    for what anyone may see, since names are random and a content never changes under one. Where the web
    server can send files itself (``CANTIERE_ACCEL``), it is told to.
    """
    if not file or not file.name or not file.storage.exists(file.name):
        raise Http404
    ending = PurePath(file.name).suffix.lstrip(".").lower()
    kind = PICTURES.get(ending) or TYPES.get(ending) or "application/octet-stream"
    etag = quote_etag(PurePath(file.name).stem)
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None and unchanged.status_code == 304:
        return unchanged
    response = _accelerated(file) if settings.CANTIERE_ACCEL else FileResponse(file.open("rb"))
    response["Content-Type"] = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
    name = shown or PurePath(file.name).name
    response["ETag"] = etag
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=ending not in PICTURES, filename=name) or "attachment"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = (
        "public, max-age=31536000, immutable" if public else "private, max-age=600, must-revalidate"
    )
    return response


def _accelerated(file: FieldFile) -> HttpResponse:
    response = HttpResponse()
    response["X-Accel-Redirect"] = settings.CANTIERE_ACCEL.rstrip("/") + "/" + quote(str(file.name))
    return response
