"""What is done to censuses, records and the toolbox."""

from cantiere.activities.observatory.actions.records import (
    Parts,
    add_record,
    edit_record,
    publish_record,
    take_back_record,
)

__all__ = ["Parts", "add_record", "edit_record", "publish_record", "take_back_record"]
