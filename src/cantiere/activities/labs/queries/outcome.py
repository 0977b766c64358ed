"""What came out of a laboratory, from what is kept for good: numbers of blocks, and contributions.

Texts are read where they stand, so that what its author corrected or took back is so here too.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from cantiere.activities.labs.models import Block, BlockResult, Harvested, Lab
from cantiere.activities.labs.queries.lines import Chart, chart, cloud
from cantiere.thread.contributions.models import ANSWERS, ActorKind, Contribution, Step
from cantiere.thread.contributions.queries.shown import FEWEST

EVERYBODY = "tutti"


@dataclass(frozen=True)
class Voice:
    """Something said, with what stands under it."""

    row: Harvested
    below: Sequence["Voice"] = ()
    last: Step | None = None

    @property
    def contribution(self) -> Contribution:
        """Its one text."""
        return self.row.contribution

    @property
    def text(self) -> str:
        """What was said, as it stands now."""
        return self.row.contribution.text

    @property
    def notes(self) -> Sequence["Voice"]:
        """What is grouped here, without remarks on it."""
        return [voice for voice in self.below if voice.row.sort != Harvested.Sort.COMMENT]

    @property
    def comments(self) -> Sequence["Voice"]:
        """Remarks on it."""
        return [voice for voice in self.below if voice.row.sort == Harvested.Sort.COMMENT]


@dataclass(frozen=True)
class Area:
    """A part of a board: notes that belong together, then those that stand alone."""

    title: str
    clusters: Sequence[Voice]
    notes: Sequence[Voice]


@dataclass(frozen=True)
class BoardView:
    """The board of a group, as an outline."""

    group: str
    name: str
    areas: Sequence[Area]

    @property
    def key(self) -> str:
        """What its address calls it; a board that all groups shared has the name of everybody."""
        return self.group or EVERYBODY

    @property
    def count(self) -> int:
        """How many notes are on it."""
        grouped = sum(len(cluster.notes) for area in self.areas for cluster in area.clusters)
        return grouped + sum(len(area.notes) for area in self.areas)


@dataclass(frozen=True)
class Moment:
    """A block with what came out of it.

    ``few`` answered, so that the lines are for the team alone; ``hidden`` where whoever reads is not of it.
    """

    row: BlockResult
    chart: Chart | None = None
    voices: Sequence[Voice] = ()
    boards: Sequence[BoardView] = ()
    few: bool = False
    hidden: bool = False

    @property
    def people(self) -> int:
        """How many answered."""
        return int(self.row.result.get("people", 0))

    @property
    def has_outcome(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.people or self.voices or self.boards)


@dataclass(frozen=True)
class Outcome:
    """Everything that came out."""

    lab: Lab
    moments: Sequence[Moment]
    contributions: int
    numbers: Mapping[str, Any] = field(default_factory=dict)
    voices: Mapping[int, Voice] = field(default_factory=dict)

    @property
    def present(self) -> int:
        """Everyone who took part: with a phone, and at the tables that worked on paper."""
        return int(self.numbers.get("entered", 0)) + int(self.numbers.get("paper", 0))

    @property
    def answered(self) -> int:
        """How many contributions have an answer."""
        return sum(voice.last is not None and voice.last.kind in ANSWERS for voice in self.voices.values())

    @property
    def who(self) -> list[tuple[str, str]]:
        """Where people came from and on whose behalf they spoke, as far as five share it."""
        kinds = {str(ActorKind(key).label): n for key, n in self.numbers.get("kinds", {}).items()}
        if set(self.numbers.get("kinds", {})) <= {ActorKind.UNSTATED}:
            kinds = {}
        places = {name or _("not stated"): n for name, n in self.numbers.get("places", {}).items()}
        if set(self.numbers.get("places", {})) <= {""}:
            places = {}
        return [
            (name, _listed(counts, int(self.numbers.get(rest, 0))))
            for name, counts, rest in (
                (_("They spoke as"), kinds, "other_kinds"),
                (_("They came from"), places, "other_places"),
            )
            if counts
        ]

    @property
    def told(self) -> list[Moment]:
        """The moments of which there is something to tell."""
        return [moment for moment in self.moments if moment.has_outcome]


def outcome(lab: Lab, *, whole: bool = False) -> Outcome:
    """What everyone may read; the ``whole`` is for the team: results of a few too. Four queries."""
    rows = lab.harvested.filter(contribution__published=True, contribution__withdrawn_on=None)
    steps = Step.objects.filter(contribution__in=rows.values("contribution")).order_by("on", "pk")
    last = {step.contribution_id: step for step in steps}
    voices = _trees(list(rows.select_related("contribution")), last)
    names = dict(lab.groups.values_list("key", "name"))
    by_block: defaultdict[str, list[Voice]] = defaultdict(list)
    for voice in voices:
        by_block[voice.row.block].append(voice)
    everything = {voice.row.pk: voice for voice in _all(voices)}
    texts = {number: voice.contribution for number, voice in everything.items()}
    moments = [_moment(row, by_block[row.key], names, texts, whole=whole) for row in lab.results.all()]
    return Outcome(lab, moments, len(everything), lab.numbers, everything)


def _all(voices: Sequence[Voice]) -> list[Voice]:
    found: list[Voice] = []
    for voice in voices:
        found += [voice, *_all(voice.below)]
    return found


def _trees(rows: Sequence[Harvested], last: Mapping[int, Step]) -> list[Voice]:
    """Each under what it belongs to; alone, where that is not for everyone."""
    here = {row.pk for row in rows}
    children: defaultdict[int | None, list[Harvested]] = defaultdict(list)
    for row in rows:
        children[row.under_id if row.under_id in here else None].append(row)

    def grow(parent: int | None) -> list[Voice]:
        return [
            Voice(row, grow(row.pk), last.get(row.contribution_id))
            for row in sorted(children[parent], key=lambda row: (-row.people, -row.dots, row.pk))
        ]

    return grow(None)


def _moment(
    row: BlockResult,
    voices: Sequence[Voice],
    names: Mapping[str, str],
    texts: Mapping[int, Contribution],
    *,
    whole: bool,
) -> Moment:
    people, sort = int(row.result.get("people", 0)), row.kind
    if sort == Block.Kind.GROUPS:
        return Moment(row, boards=_boards(row, voices, names))
    if row.asks == "words":
        return Moment(row, cloud([voice.text for voice in voices], people), voices)
    few = 0 < people < FEWEST and row.asks not in {"", "ideas"}
    hidden = few and not whole
    first = int((row.result.get("before") or {}).get("people", 0))
    moves = whole or first >= FEWEST  # how a few voted first can be told from how far it moved
    return Moment(row, None if hidden else chart(row, texts, moves=moves), voices, few=few, hidden=hidden)


def _boards(row: BlockResult, voices: Sequence[Voice], names: Mapping[str, str]) -> list[BoardView]:
    by_group: defaultdict[str, list[Voice]] = defaultdict(list)
    for voice in voices:
        by_group[voice.row.group].append(voice)
    order = [table["key"] for table in row.result.get("tables", ())]
    keys = sorted(by_group, key=lambda key: (order.index(key) if key in order else len(order), key))
    return [BoardView(key, names.get(key, ""), _areas(row, by_group[key])) for key in keys]


def _areas(row: BlockResult, voices: Sequence[Voice]) -> list[Area]:
    by_title: defaultdict[str, list[Voice]] = defaultdict(list)
    for voice in voices:
        by_title[voice.row.area].append(voice)
    order = [area["title"] for area in row.result.get("areas", ())]
    titles = sorted(by_title, key=lambda title: (order.index(title) if title in order else len(order), title))
    return [
        Area(
            title,
            [voice for voice in by_title[title] if voice.row.sort == Harvested.Sort.CLUSTER],
            [voice for voice in by_title[title] if voice.row.sort != Harvested.Sort.CLUSTER],
        )
        for title in titles
    ]


def _listed(counts: Mapping[str, int], rest: int) -> str:
    """«Forlì 12, Cesena 7, others 5», the most first."""
    told = [f"{name} {count}" for name, count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))]
    return ", ".join([*told, _("others {n}").format(n=rest)] if rest else told)
