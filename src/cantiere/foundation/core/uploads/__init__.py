"""Files from outside: judged by content, made anew where possible, stored under random names."""

from cantiere.foundation.core.uploads.documents import clean_document
from cantiere.foundation.core.uploads.fields import DocumentField, PictureField
from cantiere.foundation.core.uploads.files import Cleaned, display_name, storage_name
from cantiere.foundation.core.uploads.pictures import clean_picture

__all__ = [
    "Cleaned",
    "DocumentField",
    "PictureField",
    "clean_document",
    "clean_picture",
    "display_name",
    "storage_name",
]
