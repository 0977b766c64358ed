"""Stored files go out safely."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db.models.fields.files import FieldFile
from django.http import Http404
from django.test import RequestFactory

from cantiere.foundation.core.media import send_file
from cantiere.foundation.core.uploads import PictureField

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored(tmp_path):
    storage = FileSystemStorage(tmp_path)

    def store(name: str) -> FieldFile:
        field = PictureField(storage=storage)
        return FieldFile(None, field, storage.save(name, ContentFile(b"content")))  # type: ignore[arg-type]

    return store


def request(**headers: str):
    return RequestFactory().get("/", headers=headers)


def test_a_picture_is_shown_and_kept_by_the_reader_alone(stored) -> None:
    response = send_file(request(), stored("a/b.webp"))
    assert b"".join(response) == b"content"  # type: ignore[arg-type]
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"].startswith("private")
    assert response["Content-Disposition"].startswith("inline")
    assert "sandbox" in response["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["a.pdf", "a.html", "a.svg", "a.txt", "a"])
def test_everything_else_is_a_download(stored, name: str) -> None:
    response = send_file(request(), stored(name), shown='Verbale "è".pdf')
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''Verbale%20%22%C3%A8%22")
    assert "html" not in response["Content-Type"]
    assert "svg" not in response["Content-Type"]
    response.close()


def test_what_anyone_may_see_may_be_kept_by_all(stored) -> None:
    response = send_file(request(), stored("a.webp"), public=True)
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    again = send_file(request(**{"If-None-Match": response["ETag"]}), stored("a.webp"), public=True)
    response.close()
    again.close()


def test_what_the_reader_has_is_not_sent_again(stored) -> None:
    file = stored("a.webp")
    first = send_file(request(), file)
    assert send_file(request(**{"If-None-Match": first["ETag"]}), file).status_code == 304
    first.close()


def test_what_is_not_there_is_missing(stored) -> None:
    file = stored("a.webp")
    file.storage.delete(file.name)
    for gone in (file, FieldFile(None, PictureField(), "")):  # type: ignore[arg-type]
        with pytest.raises(Http404):
            send_file(request(), gone)


def test_the_web_server_is_told_to_send_where_it_can(stored, settings) -> None:
    settings.CANTIERE_ACCEL = "/file/"
    response = send_file(request(), stored("a/è b.webp"))
    assert response["X-Accel-Redirect"].startswith("/file/a/")
    assert response.content == b""
