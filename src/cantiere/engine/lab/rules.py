"""The rules of a laboratory: ``(state, event) → state``."""

from cantiere.engine.lab.judging import LEADING, TAKING_PART, wrong
from cantiere.engine.lab.state import LabState
from cantiere.engine.lab.steps import STEPS
from cantiere.engine.live import Event, Reason, Refusal, Rules


class LabRules(Rules[LabState]):
    """The rules of every laboratory; what differs stands in its run sheet."""

    def fresh(self) -> LabState:
        return LabState()

    def needs_open(self, event: Event) -> bool:
        return event.kind == "answer"

    def passes_doors(self, event: Event) -> bool:
        return event.lead and event.kind in LEADING

    def judge(self, own: LabState, event: Event) -> Refusal | None:
        if own.ended:
            return Refusal(Reason.CLOSED, own.ended)
        if event.kind in LEADING:
            return LEADING[event.kind](own, event) if event.lead else Refusal(Reason.FORBIDDEN)
        if event.kind in TAKING_PART:
            if event.actor in own.out:
                return Refusal(Reason.FORBIDDEN)
            return TAKING_PART[event.kind](own, event)
        return wrong("kind")

    def step(self, own: LabState, event: Event) -> LabState:
        done = STEPS.get(event.kind)
        if done is not None:
            done(own, event)
        return own
