"""Files from outside: judged by content, made anew, never trusted."""

import io
import zipfile
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cantiere.foundation.core import child, uploads
from cantiere.foundation.core.uploads import files
from cantiere.foundation.core.uploads.fields import DocumentFormField, PictureFormField
from tests.foundation.core import hostile


def upload(content: bytes, name: str = "a.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def opened(cleaned: uploads.Cleaned) -> Image.Image:
    return Image.open(io.BytesIO(cleaned.read()))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_is_made_anew(kind: str) -> None:
    cleaned = uploads.clean_picture(upload(hostile.picture(kind), "La piazza.jpg"))
    assert cleaned.name is not None
    assert (len(cleaned.name), cleaned.name[-5:], cleaned.shown) == (37, ".webp", "La piazza.jpg")
    picture = opened(cleaned)
    assert (picture.format, picture.size) == ("WEBP", (60, 40))


def test_a_large_picture_is_made_smaller() -> None:
    picture = opened(uploads.clean_picture(upload(hostile.picture("JPEG", (4000, 1000)))))
    assert picture.size == (1600, 400)


def test_transparency_stays() -> None:
    content = io.BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(content, "PNG")
    assert opened(uploads.clean_picture(upload(content.getvalue()))).mode == "RGBA"


def test_place_and_camera_are_taken_out_and_the_picture_stands_upright() -> None:
    content = hostile.with_gps(orientation=6)
    assert b"Fotocamera" in content
    cleaned = uploads.clean_picture(upload(content))
    raw = cleaned.read()
    picture = Image.open(io.BytesIO(raw))
    assert dict(picture.getexif()) == {}
    assert b"Fotocamera" not in raw
    assert b"EXIF" not in raw
    assert picture.size == (40, 60)
    red, *_ = picture.convert("RGB").getpixel((35, 5))  # type: ignore[misc]
    assert red > 200  # the red corner was top left; turned right it is top right


@pytest.mark.parametrize("name", sorted(hostile.PICTURES))
def test_hostile_pictures_are_refused_in_words(name: str) -> None:
    with pytest.raises(ValidationError) as refused:
        uploads.clean_picture(upload(hostile.PICTURES[name](), "a.png"))
    assert len(refused.value.messages[0]) > 15


@pytest.mark.parametrize("name", sorted(hostile.POLYGLOTS))
def test_what_hides_in_a_picture_is_gone(name: str) -> None:
    raw = uploads.clean_picture(upload(hostile.POLYGLOTS[name]())).read()
    for trace in (b"<script", b"alert", b"%PDF", b"PK\x03\x04", b"<?php"):
        assert trace not in raw


def test_a_picture_too_heavy_in_bytes_is_refused() -> None:
    with pytest.raises(ValidationError, match="8"):
        uploads.clean_picture(upload(b"\xff\xd8\xff" + b"0" * 8_000_001))


def test_a_decoder_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "SECONDS", 0.001)
    with pytest.raises(ValidationError):
        uploads.clean_picture(upload(hostile.picture("JPEG")))


# Documents -------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", sorted(hostile.DOCUMENTS))
def test_documents_get_the_ending_of_their_content(ending: str) -> None:
    cleaned = uploads.clean_document(upload(hostile.DOCUMENTS[ending](), f"Verbale.{ending}"))
    assert cleaned.name is not None
    assert (cleaned.name.rpartition(".")[2], cleaned.shown) == (ending, f"Verbale.{ending}")


def test_a_wrong_ending_is_put_right() -> None:
    assert uploads.clean_document(upload(hostile.DOCUMENTS["pdf"](), "page.html")).shown == "page.html.pdf"


@pytest.mark.parametrize("name", sorted(hostile.BAD_DOCUMENTS))
def test_hostile_documents_are_refused_in_words(name: str) -> None:
    make, file_name = hostile.BAD_DOCUMENTS[name]
    with pytest.raises(ValidationError):
        uploads.clean_document(upload(make(), file_name))


def test_an_entry_that_lies_about_its_size_is_never_unpacked() -> None:
    """Only the entry «mimetype» is read, and only when it says that it is short."""
    assert zipfile.is_zipfile(io.BytesIO(hostile.DOCUMENTS["odt"]()))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\windows\\a.pdf", "a.pdf"),
        ("fattura\u202efdp.exe", "fatturafdp.exe"),
        ("a\x00b\nc.pdf", "ab c.pdf"),
        ("a<b>.pdf", "a_b_.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        (" . ", ""),
    ],
)
def test_names_are_harmless(name: str, shown: str) -> None:
    assert uploads.display_name(name) == shown


def test_a_stored_name_says_nothing() -> None:
    from cantiere.foundation.core.models import Mail

    first, second = (uploads.storage_name(Mail(), "../Il mio nome.PDF") for _ in range(2))
    assert first != second
    assert first.startswith("core/mail/")
    assert first.endswith(".pdf")
    assert uploads.storage_name(Mail(), "a.p/../df").count("/") == 2


@pytest.mark.parametrize("field", [PictureFormField, DocumentFormField])
def test_form_fields_examine_and_keep(field: Callable[..., PictureFormField]) -> None:
    asked = field(required=False)
    assert asked.clean(None, "before") == "before"
    good = hostile.picture("PNG") if field is PictureFormField else hostile.DOCUMENTS["pdf"]()
    assert isinstance(asked.clean(upload(good)), files.Cleaned)
    with pytest.raises(ValidationError):
        asked.clean(upload(b"<html>", "a.html"))
    assert asked.widget_attrs(asked.widget)["accept"]


def test_a_nearly_full_disk_takes_no_more_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LEAST_FREE", 2.0)
    with pytest.raises(ValidationError):
        uploads.clean_picture(upload(hostile.picture("JPEG")))
