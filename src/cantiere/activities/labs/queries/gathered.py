"""Everything said in a laboratory, as the team reads it before it is written down."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.utils.translation import gettext as _

from cantiere.activities.labs.models import Harvested, Lab, Participant, Verdict
from cantiere.activities.labs.queries.evening import Evening, evening
from cantiere.activities.labs.rights import author_of
from cantiere.engine.lab.gathering import Said, counted, on_board, said_in
from cantiere.engine.lab.layout import headings
from cantiere.engine.words import fold
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.live.boards import queries as boards
from cantiere.thread.contributions.actions.writing import clean


@dataclass(frozen=True)
class Piece:
    """Something said, by whom, and what the team decided; ``held_why`` where not everyone reads it."""

    said: Said
    who: Participant | None
    held_why: str
    written: bool

    @property
    def published(self) -> bool:
        """Whether everyone will read it."""
        return not self.held_why

    @property
    def signed(self) -> Person | None:
        """Whose account it stands under: of somebody who gave the name others know that account by.

        Any other name was chosen for the evening, and is deleted with what was live.
        """
        account = self.who.person if self.who is not None else None
        own = account is not None and fold(self.said.name) and fold(self.said.name) == fold(account.name)
        return account if own else None


class Gathered(NamedTuple):
    """What was said, in the order of the run sheet, and the evening it was said in.

    ``pictured`` are notes of which there is a photo and no word yet: somebody must type what it shows.
    """

    evening: Evening
    pieces: Sequence[Piece]
    pictured: Sequence[Said] = ()

    @property
    def numbers(self) -> dict[str, int]:
        """How much was said, and how much of it is only in a photo."""
        return {"said": len(self.pieces), "pictured": len(self.pictured)}

    @property
    def waiting(self) -> list[Piece]:
        """What is not yet written."""
        return [piece for piece in self.pieces if not piece.written]


def gathered(lab: Lab) -> Gathered | None:
    """Everything said; what was never shown is held back unless the team decides. ``None`` without a log."""
    past = evening(lab)
    if past is None:
        return None
    verdicts = {each.ref: each for each in lab.verdicts.all()}
    people = {row.actor: row for row in Participant.objects.filter(lab=lab).select_related("place", "person")}
    written = set(Harvested.objects.filter(lab=lab).exclude(ref="").values_list("ref", flat=True))
    found = _in_order(lab, past)
    # Signs that nobody sees say nothing.
    everything = counted([_judged(said, verdicts) for said in found if clean(said.text)])
    pieces = [
        Piece(said, people.get(said.actor), _why(said, verdicts), said.ref in written) for said in everything
    ]
    return Gathered(past, pieces, [said for said in found if said.photo and not clean(said.text)])


def _in_order(lab: Lab, past: Evening) -> list[Said]:
    places = {key: number for number, key in enumerate(past.lab.script.blocks)}
    last = len(places)
    everything = [*said_in(past.lab, past.times, past.last), *_on_boards(lab, past)]
    return sorted(everything, key=lambda said: (places.get(said.block, last), said.group, said.area))


def _on_boards(lab: Lab, past: Evening) -> Iterator[Said]:
    room = lab.room_id or 0
    actors = {author_of(room, actor): actor for actor in past.lab.people}
    for key, board in sorted(boards.contents(room).items()):
        yield from on_board(key, board, headings(past.lab.script, key), actors)


def _judged(said: Said, verdicts: Mapping[str, Verdict]) -> Said:
    """Said twice, says the team: it goes under the other one, whose count grows when it is written."""
    verdict = verdicts.get(said.ref)
    return replace(said, under=verdict.under) if verdict is not None and verdict.under else said


def _why(said: Said, verdicts: Mapping[str, Verdict]) -> str:
    verdict = verdicts.get(said.ref)
    if verdict is not None:
        return verdict.held_why
    return _("It was not shown during the laboratory.") if said.held else ""
