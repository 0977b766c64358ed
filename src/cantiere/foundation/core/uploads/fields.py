"""Model fields for uploads: what was not examined is examined before it is stored."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.files.base import File
from django.db import models

from cantiere.foundation.core.uploads.documents import TYPES, clean_document
from cantiere.foundation.core.uploads.files import Cleaned, storage_name
from cantiere.foundation.core.uploads.pictures import clean_picture


class UploadFormField(forms.FileField):
    """Gives the examined file; what stood before stays when nothing new is sent."""

    examine: "Callable[[File[bytes]], Cleaned]"
    accept = ""

    def clean(self, data: Any, initial: Any = None) -> Any:
        value = super().clean(data, initial)
        if not value or value is initial or isinstance(value, Cleaned):
            return value
        return type(self).examine(value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "accept": self.accept}


class PictureFormField(UploadFormField):
    examine = staticmethod(clean_picture)
    accept = "image/jpeg,image/png,image/webp,image/gif"


class DocumentFormField(UploadFormField):
    examine = staticmethod(clean_document)
    accept = ",".join(f".{ending}" for ending in TYPES)


class UploadField(models.FileField):
    """A file under a random name."""

    form_class: type[UploadFormField] = UploadFormField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("upload_to", storage_name)
        kwargs.setdefault("max_length", 200)
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001 (Django's signature)
        value = getattr(model_instance, self.attname)
        if value and not value._committed and not isinstance(value.file, Cleaned):  # noqa: SLF001
            examined = self.form_class.examine(value.file)
            setattr(model_instance, self.attname, examined)
        return super().pre_save(model_instance, add)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": self.form_class, **kwargs})


class PictureField(UploadField):
    """A picture made anew; see :func:`clean_picture`."""

    form_class = PictureFormField


class DocumentField(UploadField):
    """A document to download; see :func:`clean_document`."""

    form_class = DocumentFormField
