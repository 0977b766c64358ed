"""What a board on a page is fed with: its place in a live room, its areas, the words of its island."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from django.forms import Form
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


@dataclass(frozen=True, slots=True)
class Area:
    """A field of the board's template: where it lies in a grid of 1,000 by 1,000."""

    key: str
    title: str
    prompt: str = ""
    x: int = 0
    y: int = 0
    w: int = 1000
    h: int = 1000


class Written(NamedTuple):
    """The notes of an area in a page that has no script: groups (title, notes), then the rest."""

    title: str
    groups: Sequence[tuple[str, Sequence[str]]] = ()
    notes: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class BoardData:
    """A board for ``ui/components/board.html``.

    ``room``, ``key`` and ``ticket`` open it in the live part; ``renew`` is the page's address that gives
    ``{"ticket": …}`` anew. ``photo_url`` holds ``{id}``; ``upload_url`` takes a photo (field ``photo``, with
    the token of forms) and gives ``{"photo": id}``. ``authors`` says what people are called by the label on
    their notes, ``table`` is the group whose board it is, where it is one's, ``by_hand`` whether that works
    on paper: what is typed there is then the table's. ``written`` and ``form`` stand where no script runs.
    """

    room: int
    key: str
    ticket: str
    renew: str
    areas: Sequence[Area]
    authors: Mapping[str, str] = field(default_factory=dict)
    photo_url: str = ""
    upload_url: str = ""
    table: str = ""
    by_hand: bool = False
    frozen: bool = False
    focus: str = ""
    written: Sequence[Written] = ()
    form: Form | None = None
    form_url: str = ""

    @property
    def areas_json(self) -> list[dict[str, Any]]:
        """The areas as the island reads them."""
        return [asdict(area) for area in self.areas]


def words() -> dict[str, str | list[str]]:
    """All words of the island in the language of the page; a pair is for one and for several."""
    told: dict[str, str | list[str]] = {key: str(word) for key, word in _WORDS.items()}
    told |= {key: [str(pair % 1), str(pair % 2)] for key, pair in _PAIRS.items()}
    return told


_PAIRS = {
    "count": ngettext_lazy("{n} note", "{n} notes"),
    "people": ngettext_lazy("{n} person here", "{n} people here"),
    "dots": ngettext_lazy("{n} dot", "{n} dots"),
    "dots_all": ngettext_lazy("{n} dot from everybody", "{n} dots from everybody"),
    "dots_own": ngettext_lazy("{n} dot from you", "{n} dots from you"),
    "dots_left": ngettext_lazy("You have {n} dot left.", "You have {n} dots left."),
    "comments": ngettext_lazy("{n} comment", "{n} comments"),
    "links": ngettext_lazy("{n} link", "{n} links"),
    "room_left": ngettext_lazy("{n} letter left", "{n} letters left"),
    "chosen": ngettext_lazy("{n} note chosen", "{n} notes chosen"),
    "groups_made": ngettext_lazy("{n} group made.", "{n} groups made."),
    "news_count": ngettext_lazy("{n} novelty", "{n} novelties"),
    "news_new": ngettext_lazy("{n} new note in {area}", "{n} new notes in {area}"),
    "news_text": ngettext_lazy("{n} note rewritten in {area}", "{n} notes rewritten in {area}"),
    "news_moved": ngettext_lazy("{n} note moved to {area}", "{n} notes moved to {area}"),
    "news_gone": ngettext_lazy("{n} note taken away from {area}", "{n} notes taken away from {area}"),
    "news_group": ngettext_lazy("{n} new group in {area}", "{n} new groups in {area}"),
    "news_comment": ngettext_lazy("{n} new comment in {area}", "{n} new comments in {area}"),
}

_WORDS = {
    # The bar
    "view": _("How to see the board"),
    "view_sheet": _("Sheet"),
    "view_list": _("List"),
    "view_sheet_now": _("The board is a sheet now."),
    "view_list_now": _("The board is a list now."),
    "undo": _("Undo"),
    "redo": _("Redo"),
    "undo_done": _("Your last step is undone."),
    "redo_done": _("Your step is done again."),
    "changed": _("What changed?"),
    "zoom": _("Size"),
    "zoom_in": _("Larger"),
    "zoom_out": _("Smaller"),
    "zoom_all": _("Whole board"),
    "more": _("More"),
    "choose": _("Choose several notes"),
    "propose": _("Offer groups"),
    "tidy": _("Tidy up the sheet"),
    "tidied": _("The sheet is tidy."),
    "removed_notes": _("Notes taken away"),
    "freeze": _("Freeze the board"),
    "focus_area": _("Look at one area together"),
    "focus_help": _("Everybody sees this area first. Who wants can still look at the others."),
    "focus_all": _("All areas"),
    "single": _("One area at a time"),
    "mute": _("Do not read out what others do"),
    "stage_saved": _("Saved on this device"),
    "stage_sent": _("Sent"),
    "stage_kept": _("Recorded"),
    "stage_joining": _("Connecting …"),
    "stage_away": _("No network"),
    "stage_gone": _("Board closed"),
    # Notices
    "offline": _("You are offline. Go on: what you write stays on this device and leaves by itself later."),
    "frozen": _("The board is frozen: you can read, nobody writes now."),
    "board_gone": _("This board is closed. Reload the page to see what became of it."),
    "focus_on": _("We are looking at “{area}”."),
    "refused_forbidden": _("Your last change was not taken: you may not do this on this board."),
    "refused_limits": _("Your last change was not taken: it was too much at once."),
    "refused_wrong": _("Your last change was not taken: the board could not read it."),
    "refused_anew": _("The board was made anew on the server. What you had not sent is not on it."),
    "refused_closed": _("Your last change was not taken: the board was frozen meanwhile."),
    "your_text": _("Your words are here:"),
    "text_again": _("Put them back in the field"),
    # Areas and notes
    "area": _("Zone"),
    "areas": _("Areas of the board"),
    "in_area": _("in {area}"),
    "add_here": _("Note"),
    "without_group": _("Without group"),
    "empty_area": _("No notes yet."),
    "mine": _("yours"),
    "from_room": _("from the room"),
    "from_table": _("from the room, {table}"),
    "photo_note": _("Photo of a paper note"),
    "position": _("{n} of {total}"),
    "writing_here": _("somebody is writing here"),
    "colour": _("Colour"),
    "colour_yellow": _("yellow"),
    "colour_green": _("green"),
    "colour_blue": _("blue"),
    "colour_pink": _("pink"),
    "colour_orange": _("orange"),
    "colour_grey": _("grey"),
    "coloured": _("The note is {colour} now."),
    # Writing
    "new_note": _("New note"),
    "note_placeholder": _("Write a note, then Enter"),
    "add": _("Add"),
    "added": _("Note added in {area}."),
    "stopped_kept": _("Nobody can write now. What you wrote stays here."),
    "for_the_room": _("I write for people in the room or from paper"),
    "table": _("Table or group"),
    "table_example": _("for example: table 3"),
    "photo_add": _("Photo of a paper note"),
    "photo_sending": _("Sending the photo …"),
    "photo_failed": _("The photo did not leave. Check the network and try again."),
    "text": _("Text"),
    "text_saved": _("Text saved."),
    "changed_meanwhile": _(
        "Somebody rewrote this note while you were writing: “{text}”. If you save, yours stays."
    ),
    "gone_meanwhile": _("Somebody took this note away. Copy your words before you close."),
    "remove_note": _("Take away"),
    "removed": _("Note taken away. You can undo this."),
    "restore": _("Bring back"),
    "restored": _("The note is back."),
    "nothing_removed": _("Nothing was taken away."),
    "remove": _("Take away"),
    "done": _("Done"),
    "close": _("Close"),
    # Moving
    "move_head": _("Move"),
    "move": _("Move"),
    "moved": _("Moved to {area}."),
    "moved_group": _("Moved to {area}, group “{group}”."),
    "in_the_list": _("In the list"),
    "on_the_sheet": _("On the sheet"),
    "up": _("Up"),
    "down": _("Down"),
    "no_further": _("It cannot go further."),
    "shift_left": _("Move left"),
    "shift_right": _("Move right"),
    "shift_up": _("Move up"),
    "shift_down": _("Move down"),
    "lies": _("It lies {place}."),
    "place_00": _("at the top left"),
    "place_01": _("at the top"),
    "place_02": _("at the top right"),
    "place_10": _("on the left"),
    "place_11": _("in the middle"),
    "place_12": _("on the right"),
    "place_20": _("at the bottom left"),
    "place_21": _("at the bottom"),
    "place_22": _("at the bottom right"),
    # Groups
    "group": _("Group"),
    "no_group": _("No group"),
    "new_group": _("New group …"),
    "group_title": _("Name of the group"),
    "group_open": _("Open the group"),
    "group_renamed": _("The group has a new name."),
    "group_moved": _("The group moved."),
    "rename": _("Rename"),
    "dissolve": _("Dissolve the group"),
    "dissolved": _("The group is dissolved, its notes stay."),
    "choose_move": _("Move or group"),
    "choose_end": _("Stop choosing"),
    "choose_first": _("Choose at least one note first."),
    "proposals_help": _("These notes share a word. Tick the groups that make sense and give them a name."),
    "no_proposals": _("No three notes share a word."),
    "make_groups": _("Make the ticked groups"),
    # Links, comments, dots
    "links_head": _("Links"),
    "link": _("Link"),
    "link_to": _("Link to"),
    "link_label": _("How they are linked"),
    "link_example": _("for example: depends on"),
    "linked": _("The notes are linked."),
    "unlink": _("Remove the link"),
    "unlinked": _("The link is gone."),
    "comments_head": _("Comments"),
    "comment_yours": _("Your comment"),
    "comment_add": _("Comment"),
    "comment_added": _("Comment added."),
    "comment_removed": _("Comment taken away."),
    "vote": _("Your dots"),
    "dot_more": _("One dot more"),
    "dot_less": _("One dot less"),
    "dots_none_left": _("You have no dots left: take one from elsewhere."),
    "dots_none_here": _("None of your dots is here."),
    # What changed
    "news_more": _("{n} in {area}"),
    "nothing_new": _("Nothing since you last looked."),
    "did_new": _("New in {area}"),
    "did_text": _("Rewritten in {area}"),
    "did_moved": _("Moved to {area}"),
    "did_gone": _("Taken away from {area}"),
    "did_group": _("Group in {area}"),
    "did_comment": _("New comment in {area}"),
}
