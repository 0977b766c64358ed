"""What came out of a laboratory as files: a document, tables, pictures of boards."""

from cantiere.activities.labs.files.document import document
from cantiere.activities.labs.files.pictures import picture
from cantiere.activities.labs.files.tables import as_json, columns, rows

__all__ = ["as_json", "columns", "document", "picture", "rows"]
