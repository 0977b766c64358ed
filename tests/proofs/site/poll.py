"""A toy room: questions with a few choices, each person's last word counts."""

from dataclasses import dataclass, field
from typing import Any

from cantiere.engine.live import Event, Reason, Refusal, Rules, State
from cantiere.foundation.live.handlers import Handler

CHOICES = 5


@dataclass
class Polls:
    """By question: each person's (own counter, choice), and how often each choice was taken."""

    votes: dict[str, dict[str, tuple[int, int]]] = field(default_factory=dict)
    tallies: dict[str, list[int]] = field(default_factory=dict)


class PollRules(Rules[Polls]):
    def fresh(self) -> Polls:
        return Polls()

    def judge(self, own: Polls, event: Event) -> Refusal | None:
        if event.kind != "vote":
            return Refusal(Reason.WRONG, detail="kind")
        choice, number = event.body.get("choice"), event.body.get("n", 0)
        if type(choice) is not int or type(number) is not int or not 0 <= choice < CHOICES:
            return Refusal(Reason.WRONG, detail="choice")
        return None

    def step(self, own: Polls, event: Event) -> Polls:
        if event.kind != "vote":
            return own
        votes = own.votes.setdefault(event.slot, {})
        tally = own.tallies.setdefault(event.slot, [0] * CHOICES)
        before = votes.get(event.actor)
        number, choice = event.body.get("n", 0), event.body["choice"]
        if before is not None and before[0] >= number:
            return own  # a late copy of an older choice
        if before is not None:
            tally[before[1]] -= 1
        tally[choice] += 1
        votes[event.actor] = (number, choice)
        return own


class Poll(Handler[Polls]):
    kind = "poll"
    rules = PollRules()
    ticks = {"phone": 1.0}

    def frame(self, state: State[Polls], audience: str) -> Any:
        doors = {slot: [door.opened, door.closes] for slot, door in state.doors.items()}
        filling = "x" * (4_000 if audience == "wide" else 200)
        shown: dict[str, Any] = {"tallies": state.own.tallies, "doors": doors, "filling": filling}
        return shown if audience != "desk" else {**shown, "who": len(state.own.votes)}
