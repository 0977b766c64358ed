"""A question as a page draws it: its frame, what somebody answered, and what they just typed in vain."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from cantiere.activities.labs.questions.showing import Outcome, outcome

Json = Mapping[str, Any]
CHOICES = ("single", "multiple", "quiz")


@dataclass(frozen=True)
class Row:
    """One thing to choose, rank, give points to or take a stance on, as it stands in the form."""

    key: str
    text: str
    chosen: bool
    number: str
    stance: str


@dataclass(frozen=True)
class Asking:
    """A question on a page; ``sent`` is a form that was refused, so that nobody types twice."""

    asked: Json
    own: Json
    sent: QueryDict | None = None

    @property
    def template(self) -> str:
        """The fields of its kind."""
        asks = self.asked["asks"]
        return f"labs/phone/asks/{'choice' if asks in CHOICES else asks}.html"

    @property
    def answer(self) -> Any:
        """What this person answered last."""
        return self.own.get("answers", {}).get(self.asked["key"])

    @property
    def outcome(self) -> Outcome | None:
        """The result, once it may be seen."""
        return outcome(self.asked)

    @property
    def ideas(self) -> list[Json]:
        """What this person wrote, not taken back."""
        mine = self.own.get("ideas", {}).get(self.asked["key"], [])
        return [idea for idea in mine if idea["state"] != "gone"]

    @property
    def left(self) -> int:
        """How many more ideas this person may give."""
        return max(int(self.asked["most"]) - len(self.ideas), 0)

    @property
    def others(self) -> list[Json]:
        """Ideas of everybody, told which are raised by this person."""
        raised = set(self.own.get("ups", ()))
        return [{**idea, "raised": idea["ref"] in raised} for idea in self.asked.get("ideas", ())]

    @property
    def text(self) -> str:
        """What was typed and refused."""
        return self.sent.get("text", "") if self.sent is not None else ""

    @property
    def place(self) -> str:
        """The municipality that was typed and refused."""
        return self.sent.get("place", "") if self.sent is not None else ""

    @property
    def words(self) -> list[str]:
        """One field for each word one may give, with what stands in it."""
        given = self.sent.getlist("word") if self.sent is not None else list(self.answer or ())
        most = int(self.asked["most"])
        return (given + [""] * most)[:most]

    @property
    def rows(self) -> list[Row]:
        """The options, or the steps of a scale."""
        return [self._row(key, text) for key, text in self._named()]

    @property
    def spent(self) -> int:
        """Points given so far."""
        return sum(int(row.number) for row in self.rows if row.number.isascii() and row.number.isdecimal())

    def _named(self) -> list[tuple[str, str]]:
        if self.asked["asks"] != "scale":
            return [(option["key"], option["text"]) for option in self.asked["options"]]
        steps, ends = int(self.asked["steps"]), [*self.asked["labels"], "", ""]
        words = {1: ends[0], steps: ends[1]}
        return [(str(step), words.get(step, "")) for step in range(1, steps + 1)]

    def _row(self, key: str, text: str) -> Row:
        if self.sent is not None:
            number = self.sent.get(f"place-{key}", self.sent.get(f"points-{key}", ""))
            return Row(
                key, text, key in self.sent.getlist("choice"), number, self.sent.get(f"stance-{key}", "")
            )
        answer, asks = self.answer, self.asked["asks"]
        if answer is None:
            return Row(key, text, False, "", "")
        if asks == "ranking":
            return Row(key, text, False, str(answer.index(key) + 1) if key in answer else "", "")
        if asks in {"points", "statements"}:
            given = str(answer.get(key, ""))
            return Row(key, text, False, given, given)
        chosen = key in answer if asks == "multiple" else key == str(answer)
        return Row(key, text, chosen, "", "")
