"""What stands on the boards of groups: one as whoever helps there sees it, and all of them in words."""

from collections.abc import Sequence
from typing import Any

from cantiere.activities.labs.queries.desk import Desk
from cantiere.activities.labs.rights import author_of
from cantiere.engine.board_content import BoardContent
from cantiere.foundation.live.boards import queries as boards
from cantiere.foundation.ui.boards import Area, BoardData, Written


def board(
    desk: Desk, group: str, *, ticket: str, renew: str, photos: tuple[str, str] = ("", "")
) -> BoardData | None:
    """The board of a group; ``None`` where the running block has none for it.

    ``photos``: where one is sent, and where it is found.
    """
    card = next((each for each in desk.frame["groups"] if each["key"] == group), None)
    if card is None or not card.get("board") or desk.block is None:
        return None
    areas = [Area(**area) for area in desk.block["areas"]]
    return BoardData(
        room=desk.room,
        key=card["board"],
        ticket=ticket,
        renew=renew,
        areas=areas,
        authors={author_of(desk.room, actor): who.called for actor, who in desk.people.items()},
        table=card["name"],
        by_hand=card["paper"],
        upload_url=photos[0],
        photo_url=photos[1],
        frozen=card["frozen"],
        focus=desk.block["focus"],
        written=in_words(boards.read(desk.room, card["board"]), areas),
    )


def beside(room: int, told: Sequence[dict[str, Any]]) -> list[tuple[str, list[Written]]]:
    """The boards that a frame names, each with the name of its table and the areas that are not empty."""
    contents = boards.contents(room) if told else {}
    return [(each["name"], _filled(contents.get(each["key"], BoardContent()), each)) for each in told]


def _filled(content: BoardContent, told: dict[str, Any]) -> list[Written]:
    areas = [Area(**area) for area in told["areas"]]
    return [area for area in in_words(content, areas) if area.groups or area.notes]


def in_words(content: BoardContent, areas: Sequence[Area]) -> list[Written]:
    """What stands there, area by area, for a page without script."""
    return [
        Written(
            area.title,
            [
                (cluster.title, [note.text for note in content.notes if note.cluster == cluster.id])
                for cluster in content.clusters
                if cluster.area == area.key
            ],
            [note.text for note in content.notes if note.area == area.key and not note.cluster],
        )
        for area in areas
    ]
