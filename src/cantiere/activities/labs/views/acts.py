"""What the buttons of the desk ask for, each with the words of its form; the rules of the room decide."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cantiere.activities.labs.actions import leading, moderating, paper, seating, walling
from cantiere.activities.labs.actions.chair import OTHERWISE, Chair
from cantiere.activities.labs.actions.paper import Sheet
from cantiere.engine.lab.state import GONE, HELD, SHOWN

Act = Callable[[Chair, QueryDict], str | None]
"""Does what a form asks; gives a sentence where what came of it is not seen on the page."""


def _number(said: QueryDict, name: str, otherwise: int | None = None) -> int:
    word = said.get(name, "").strip()
    if not word and otherwise is not None:
        return otherwise
    if not (word.isascii() and word.isdecimal()) or len(word) > 15:
        raise ValidationError(_("Write whole numbers."))
    return int(word)


def _numbers(said: QueryDict, name: str) -> list[int]:
    words = said.getlist(name)
    if not all(word.isascii() and word.isdecimal() and len(word) <= 15 for word in words):
        raise ValidationError(OTHERWISE)
    return [int(word) for word in words]


def _chosen(said: QueryDict) -> list[int]:
    refs = _numbers(said, "ref")
    if not refs:
        raise ValidationError(_("Choose at least one idea."))
    return refs


def _go(chair: Chair, said: QueryDict) -> None:
    leading.go(
        chair=chair,
        block=said.get("block", ""),
        seen=said.get("seen", ""),
        opens="opens" in said,
        timed="timed" in said,
    )
    seating.seat_latecomers(chair=chair)


def _form(chair: Chair, said: QueryDict) -> str:
    who = said.get("who", seating.Who.ENTERED)
    if who not in set(seating.Who):
        raise ValidationError(OTHERWISE)
    sizes = [_number(said, name) for name in said if name.startswith("size-") and said.get(name, "").strip()]
    made = seating.form(
        chair=chair,
        block=said.get("block", ""),
        who=seating.Who(who),
        sizes=sizes,
        hosts=said.getlist("host"),
        seed=_number(said, "seed", 0),
    )
    return seating.sentence(made)


def _move(chair: Chair, said: QueryDict) -> None:
    actors = said.getlist("actor")
    seating.move(chair=chair, block=said.get("block", ""), actors=actors, group=said.get("group", ""))


def _seat_late(chair: Chair, _said: QueryDict) -> str:
    seated = seating.seat_latecomers(chair=chair)
    return ngettext("%(n)d person has a place now.", "%(n)d people have a place now.", seated) % {"n": seated}


def _wish(chair: Chair, said: QueryDict) -> str:
    together = said.get("sort") == "together"
    seating.wish(chair=chair, block=said.get("block", ""), actors=said.getlist("actor"), together=together)
    return _("Noted: form the groups again to keep it.")


def _state(state: str) -> Act:
    def act(chair: Chair, said: QueryDict) -> None:
        moderating.moderate(chair=chair, block=said.get("block", ""), refs=_chosen(said), state=state)

    return act


def _device(chair: Chair, said: QueryDict) -> None:
    state = GONE if said.get("state") == GONE else SHOWN
    moderating.moderate_device(chair=chair, actor=said.get("actor", ""), state=state)


def _merge(chair: Chair, said: QueryDict) -> None:
    moderating.merge(chair=chair, block=said.get("block", ""), refs=_numbers(said, "ref"))


def _type_in(chair: Chair, said: QueryDict) -> str:
    hands = {
        name.removeprefix("hands-"): _number(said, name, 0) for name in said if name.startswith("hands-")
    }
    points = {
        name.removeprefix("points-"): _number(said, name, 0) for name in said if name.startswith("points-")
    }
    sheet = Sheet(
        group=said.get("group", ""),
        people=_number(said, "people", max(sum(hands.values()), 1)),
        lines=said.get("lines", "").splitlines(),
        hands=hands,
        points=points,
        turn=_number(said, "turn", 0),
    )
    entered = paper.type_in(chair=chair, block=said.get("block", ""), sheet=sheet)
    return ngettext("Entered: %(n)d answer.", "Entered: %(n)d answers.", entered) % {"n": entered}


def _pin_up(chair: Chair, said: QueryDict) -> str:
    pinned = paper.pin_up(
        chair=chair,
        block=said.get("block", ""),
        group=said.get("group", ""),
        area=said.get("area", ""),
        lines=said.get("lines", "").splitlines(),
    )
    return ngettext("%(n)d note is on the board.", "%(n)d notes are on the board.", pinned) % {"n": pinned}


def _gather(chair: Chair, said: QueryDict) -> str:
    gathered = walling.gather(chair=chair, block=said.get("block", ""))
    return ngettext("%(n)d thing is on the wall.", "%(n)d things are on the wall.", gathered) % {
        "n": gathered
    }


def _say(chair: Chair, said: QueryDict) -> None:
    leading.say(chair=chair, text=said.get("text", ""), group=said.get("group", ""))


def _freeze(chair: Chair, said: QueryDict) -> None:
    groups = said.getlist("group") or None
    leading.freeze(chair=chair, block=said.get("block", ""), frozen=said.get("frozen") == "1", groups=groups)


def _block(act: Callable[..., None]) -> Act:
    """What only needs to know the block."""
    return lambda chair, said: act(chair=chair, block=said.get("block", ""))


ACTS: dict[str, Act] = {
    "script": lambda chair, _said: leading.send_script(chair=chair),
    "go": _go,
    "open": _block(leading.open_answers),
    "close": _block(leading.close_answers),
    "show": lambda chair, said: leading.show(chair=chair, block=said.get("block", ""), shown=True),
    "hide": lambda chair, said: leading.show(chair=chair, block=said.get("block", ""), shown=False),
    "again": lambda chair, said: leading.vote_again(
        chair=chair, block=said.get("block", ""), turn=_number(said, "turn")
    ),
    "timer": lambda chair, said: leading.start_timer(chair=chair, minutes=_number(said, "minutes")),
    "minute": lambda chair, _said: leading.add_minute(chair=chair),
    "pause": lambda chair, _said: leading.pause_timer(chair=chair),
    "stop": lambda chair, _said: leading.stop_timer(chair=chair),
    "say": _say,
    "call": lambda chair, said: leading.call(chair=chair, to=said.get("to", "")),
    "helped": lambda chair, said: leading.helped(chair=chair, group=said.get("group", "")),
    "freeze": _freeze,
    "focus": lambda chair, said: leading.focus(
        chair=chair, block=said.get("block", ""), area=said.get("area", "")
    ),
    "form": _form,
    "move": _move,
    "late": _seat_late,
    "wish": _wish,
    "wishes": _block(seating.forget_wishes),
    "stand": _block(seating.stand_up),
    "pass": _state(SHOWN),
    "hold": _state(HELD),
    "remove": _state(GONE),
    "device": _device,
    "merge": _merge,
    "unmerge": lambda chair, said: moderating.unmerge(
        chair=chair, block=said.get("block", ""), refs=_chosen(said)
    ),
    "out": lambda chair, said: moderating.show_out(chair=chair, actor=said.get("actor", "")),
    "back": lambda chair, said: moderating.let_back(chair=chair, actor=said.get("actor", "")),
    "paper": _type_in,
    "notes": _pin_up,
    "gather": _gather,
    "off": lambda chair, said: walling.take_off(
        chair=chair, block=said.get("block", ""), ref=said.get("ref", "")
    ),
    "unpaper": lambda chair, said: paper.take_out(
        chair=chair, block=said.get("block", ""), ref=_number(said, "ref")
    ),
}
