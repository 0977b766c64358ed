"""Photos of paper notes: kept as long as what is live."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cantiere.activities.labs.actions.chair import OTHERWISE, Chair
from cantiere.activities.labs.models import Lab, Photo
from cantiere.activities.labs.queries.gathered import gathered
from cantiere.engine.board import BoardRight
from cantiere.engine.board_content import BoardContent
from cantiere.foundation.core import log
from cantiere.foundation.core.uploads import clean_picture
from cantiere.foundation.live.boards import actions as boards
from cantiere.foundation.live.boards import queries as standing
from cantiere.foundation.live.boards.changes import edit_note
from cantiere.thread.contributions.actions.writing import clean

MOST_PHOTOS = 1_000  # of one room
LONGEST_NOTE = 500


def keep_photo(*, room: int, file: Any) -> Photo:
    """Keep a photo for a note; :class:`ValidationError` in words where it is none that can be kept."""
    if Photo.objects.filter(room=room).count() >= MOST_PHOTOS:
        raise ValidationError(_("This laboratory has all the photos it can hold."))
    return Photo.objects.create(room_id=room, picture=clean_picture(file))


def transcribe(*, chair: Chair, words: Mapping[str, str]) -> int:
    """Write on notes that are only a photo what it says; gives how many. Outside of transactions.

    ``words`` by the note's number. A note that says something by now keeps it.
    """
    typed = {note: " ".join(text.split())[:LONGEST_NOTE] for note, text in words.items() if text.split()}
    if not typed:
        raise ValidationError(_("Type what at least one photo says."))
    right, written = BoardRight(chair.actor, lead=True), 0
    for key, content in sorted(standing.contents(chair.room).items()):
        changes = [edit_note(note, text=typed[note]) for note in _pictured(content) if note in typed]
        try:
            if changes:
                boards.edit(room=chair.room, key=key, right=right, changes=changes)
        except boards.NotTakenError as refused:
            raise ValidationError(OTHERWISE) from refused
        written += len(changes)
    with transaction.atomic():
        _count(chair.lab)
        log.record(by=chair.by, verb="labs.transcribe", target=chair.lab, count=written)
    return written


def _pictured(content: BoardContent) -> list[str]:
    return [note.id for note in content.notes if note.photo and not clean(note.text)]


def _count(lab: Lab) -> None:
    """What was said is more by now."""
    row = Lab.objects.select_for_update().get(pk=lab.pk)
    found = gathered(row)
    if found is not None and row.ended_on is not None:
        row.numbers |= found.numbers
        row.save(update_fields=["numbers"])


def forget_photos(*, room: int) -> None:
    """Delete the photos of a room; their files too, once the rows are gone for good."""
    for photo in Photo.objects.filter(room=room):
        photo.delete()
        transaction.on_commit(partial(photo.picture.storage.delete, str(photo.picture.name)))
