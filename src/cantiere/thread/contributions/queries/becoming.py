"""What became of contributions, as a line from what was said to what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cantiere.foundation.ui import dates
from cantiere.foundation.ui.knots import Knot
from cantiere.thread.contributions.models import ANSWERS, Coding, Contribution, Step, Theme, Wording
from cantiere.thread.contributions.queries.themes import sizes

Kind = Step.Kind
# The way in order: what comes after the furthest step is still to come.
STAGES: tuple[tuple[str, frozenset[str]], ...] = (
    ("grouped", frozenset({Kind.RECEIVED, Kind.READ, Kind.GROUPED})),
    ("proposed", frozenset({Kind.PROPOSED})),
    ("answered", frozenset(ANSWERS)),
    ("committed", frozenset({Kind.COMMITTED})),
    ("result", frozenset({Kind.RESULT})),
)


@dataclass(frozen=True)
class Followed:
    """A contribution with what became of it."""

    contribution: Contribution
    knots: Sequence[Knot]
    steps: Sequence[Step]
    themes: Sequence[Theme]
    wordings: Sequence[Wording]

    @property
    def is_answered(self) -> bool:
        """Whether the body has answered."""
        return any(step.kind in ANSWERS for step in self.steps)

    @property
    def last(self) -> Step | None:
        """The latest that is known."""
        return self.steps[-1] if self.steps else None

    @property
    def may_correct(self) -> bool:
        """Whether whoever said it may still change the words."""
        return not self.contribution.is_withdrawn and not self.is_answered

    @property
    def edited_by_team(self) -> Wording | None:
        """The last time the team changed the words."""
        edits = [wording for wording in self.wordings if wording.hand == Wording.Hand.TEAM]
        return edits[-1] if edits else None

    @property
    def edited_by_author(self) -> bool:
        """Whether whoever said it changed the words."""
        return any(wording.hand == Wording.Hand.AUTHOR for wording in self.wordings)


def followed(contributions: Sequence[Contribution], *, own: bool) -> list[Followed]:
    """Each with its line, in five queries however many they are; ``own`` speaks to whoever said them."""
    rows = Contribution.objects.filter(pk__in=[each.pk for each in contributions]).prefetch_related(
        Prefetch("codings", Coding.objects.select_related("theme")), "steps", "wordings"
    )
    brought = rows.in_bulk()
    by_theme = sizes({coding.theme_id for row in brought.values() for coding in row.codings.all()})
    found = []
    for contribution in contributions:
        row = brought[contribution.pk]
        codings, steps, wordings = list(row.codings.all()), list(row.steps.all()), list(row.wordings.all())
        knots = knots_of(contribution, codings, steps, by_theme, own=own)
        found.append(Followed(contribution, knots, steps, [coding.theme for coding in codings], wordings))
    return found


def knots_of(
    contribution: Contribution,
    codings: Sequence[Coding],
    steps: Sequence[Step],
    by_theme: dict[int, int],
    *,
    own: bool,
) -> list[Knot]:
    """From what was said to what came of it; what is still to come is open."""
    knots = [
        Knot(
            _("You said it") if own else _("It was said"),
            "done",
            state_words=dates.full_day(contribution.day),
            note=contribution.origin,
        )
    ]
    if contribution.is_withdrawn:
        assert contribution.withdrawn_on is not None
        return [
            *knots,
            Knot(
                _("You took it back") if own else _("Taken back"),
                "now",
                state_words=dates.full_day(contribution.withdrawn_on),
            ),
        ]
    told = [(step.on, 1, _told(step)) for step in steps]
    if codings:
        told.append((min(coding.on for coding in codings), 0, _grouped(codings, by_theme)))
    done = [knot for _on, _rank, knot in sorted(told, key=lambda each: each[:2])]
    if done:
        done[-1] = _here(done[-1])
    else:
        knots[0] = _here(knots[0])
    return [*knots, *done, *_to_come(steps, grouped=bool(codings))]


def _here(knot: Knot) -> Knot:
    words = _("{day} · it has got here").format(day=knot.state_words)
    return Knot(knot.label, "now", knot.url, knot.note, state_words=words)


def _told(step: Step) -> Knot:
    return Knot(step.get_kind_display(), "done", step.link, step.words, state_words=dates.full_day(step.on))


def _grouped(codings: Sequence[Coding], by_theme: dict[int, int]) -> Knot:
    parts = []
    for coding in codings:
        others = max(by_theme.get(coding.theme_id, 1) - 1, 0)
        words = ngettext(
            "{theme}, with {n} other contribution", "{theme}, with {n} other contributions", others
        )
        parts.append(words.format(theme=coding.theme.name, n=others) if others else coding.theme.name)
    on = min(coding.on for coding in codings)
    return Knot(_("Grouped by theme"), "done", note="; ".join(parts), state_words=dates.full_day(on))


def _to_come(steps: Sequence[Step], *, grouped: bool) -> list[Knot]:
    kinds = {step.kind for step in steps}
    if Kind.REFUSED in kinds or Kind.RESULT in kinds:
        return []
    reached = [number for number, (_name, stage) in enumerate(STAGES) if kinds & stage]
    furthest = max([*reached, 0 if grouped else -1])
    labels = {
        "grouped": _("Grouped by theme"),
        "proposed": _("Taken into a proposal"),
        "answered": _("The answer, with the reasons"),
        "committed": _("Somebody commits to it"),
        "result": _("The result"),
    }
    return [
        Knot(labels[name], "to_come", state_words=_("Not yet")) for name, _stage in STAGES[furthest + 1 :]
    ]
