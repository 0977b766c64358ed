"""What was said becomes contributions: the team reads it first, then writes it down with one button."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cantiere.activities.labs.actions.minutes import draft
from cantiere.activities.labs.models import Block, Harvested, Lab, Verdict
from cantiere.activities.labs.queries.evening import Evening, day, half_hour
from cantiere.activities.labs.queries.gathered import Piece, gathered
from cantiere.engine.lab.gathering import Said, above_of
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.thread.contributions import actions as contributions
from cantiere.thread.contributions.models import ActorKind, Contribution

SORTS = ("", "n", "c")


def held(lab: Lab) -> Lab:
    """The row as it is now, held until the transaction ends: who comes second finds all written."""
    return Lab.objects.select_for_update(of=("self",)).select_related(*Lab.address_related).get(pk=lab.pk)


@transaction.atomic
def hold_back(*, by: Person, lab: Lab, refs: Sequence[str], reason: str) -> int:
    """These are written down, but only the team and who said them read them; gives how many."""
    reason = " ".join(reason.split())
    if not reason:
        raise ValidationError({"reason": _("Say why: whoever said it reads your reason.")})
    return _judge(by, lab, refs, "labs.hold_back", held_why=reason)


@transaction.atomic
def let_through(*, by: Person, lab: Lab, refs: Sequence[str]) -> int:
    """Everyone will read these after all; gives how many."""
    return _judge(by, lab, refs, "labs.let_through", held_why="")


@transaction.atomic
def put_under(*, by: Person, lab: Lab, refs: Sequence[str]) -> int:
    """These say the same: all go under the first, which counts their people; gives how many went."""
    row = held(lab)
    found = gathered(row)
    waiting = {piece.said.ref: piece for piece in (found.waiting if found is not None else ())}
    chosen = [ref for ref in waiting if ref in set(refs)]
    if len({(waiting[ref].said.block, waiting[ref].said.sort) for ref in chosen}) != 1 or len(chosen) < 2:
        raise ValidationError(
            {"refs": _("Choose at least two things of the same kind from the same moment.")}
        )
    above = above_of({ref: waiting[ref].said for ref in waiting})
    first = next(ref for ref in chosen if above[ref].isdisjoint(chosen))
    others = [ref for ref in chosen if ref != first]
    return _judge(by, row, others, "labs.put_under", under=first)


@transaction.atomic
def take_out(*, by: Person, lab: Lab, refs: Sequence[str]) -> int:
    """These stand for themselves again; gives how many."""
    return _judge(by, lab, refs, "labs.take_out", under="")


def _judge(by: Person, lab: Lab, refs: Sequence[str], verb: str, **verdict: str) -> int:
    row = held(lab)
    found = gathered(row)
    waiting = {piece.said.ref: piece for piece in (found.waiting if found is not None else ())}
    chosen = [waiting[ref] for ref in waiting if ref in set(refs)]
    for piece in chosen:
        standing = {"held_why": piece.held_why, "under": piece.said.under} | verdict
        Verdict.objects.update_or_create(lab=row, ref=piece.said.ref, defaults=standing)
    if chosen:
        log.record(by=by, verb=verb, target=row, count=len(chosen))
    return len(chosen)


@transaction.atomic
def harvest(*, by: Person | None, lab: Lab, held_why: str = "") -> int:
    """Write down everything that is not written yet; gives how many things are new.

    With ``held_why`` nothing of it is published: nobody read it before.
    """
    row = held(lab)
    found = gathered(row)
    new = found.waiting if found is not None else []
    if found is None or not new or row.ended_on is None:
        return 0
    # The keys are random: neither they nor the numbers of rows tell who came first.
    keys = {piece.said.ref: secrets.token_hex(16) for piece in new}
    names = {group.key: group.name for group in row.groups.all()}
    said = [_said(piece, keys[piece.said.ref], found.evening, names, held_why) for piece in new]
    written = contributions.contribute_all(activity=row.activity, said=said, by=by)
    _point(row, new, {ref: written[key] for ref, key in keys.items()}, found.evening)
    _name_weighed(row)
    row.verdicts.all().delete()
    draft(lab=row)
    log.record(by=by, verb="labs.harvest", target=row, count=len(new))
    return len(new)


def _said(
    piece: Piece, key: str, past: Evening, names: Mapping[str, str], held_why: str
) -> contributions.Said:
    """Under a name only where the question asked for it and somebody gave that of their account.

    Such a thing has no receipt: the other things said in the same visit are not to be known by it.
    """
    said, who = piece.said, piece.who
    block = past.lab.script.blocks.get(said.block)
    person = piece.signed
    why = piece.held_why or held_why
    where = [names.get(said.group, ""), said.area, block.title if block is not None else ""]
    return contributions.Said(
        key=key,
        text=said.text,
        origin=" · ".join(filter(None, where)),
        day=day(_at(said, past)),
        place=who.place if who is not None else None,
        actor=who.actor_kind if who is not None else ActorKind.UNSTATED,
        person=person,
        named=person is not None,
        in_room=said.in_room,
        receipt=who.receipt if who is not None and person is None else None,
        published=not why,
        held_why=why,
    )


def _at(said: Said, past: Evening) -> int:
    """When it was said; a note, when its block began."""
    return said.at or past.begun.get(said.block, past.lab.ended)


def _point(lab: Lab, new: Sequence[Piece], written: Mapping[str, Contribution], past: Evening) -> None:
    rows = {
        piece.said.ref: Harvested(
            lab=lab,
            contribution=written[piece.said.ref],
            ref=piece.said.ref,
            sort=piece.said.sort.value,
            block=piece.said.block,
            group=piece.said.group,
            area=piece.said.area,
            people=piece.said.people,
            dots=piece.said.dots,
            half_hour=half_hour(_at(piece.said, past)),
        )
        for piece in new
    }
    # In the order of random numbers, as contributions are.
    Harvested.objects.bulk_create(sorted(rows.values(), key=lambda row: row.pk))
    standing = {row.ref: row for row in Harvested.objects.filter(lab=lab).exclude(ref="")}
    below = [standing[piece.said.ref] for piece in new if piece.said.under in standing]
    unders = {piece.said.ref: piece.said.under for piece in new}
    for row in below:
        row.under = standing[unders[row.ref]]
    Harvested.objects.bulk_update(below, ["under"], batch_size=200)


def _name_weighed(lab: Lab) -> None:
    """The options of votes are called by what was said, and stand in no order but that of their numbers."""
    standing = {row.ref: row.pk for row in Harvested.objects.filter(lab=lab).exclude(ref="")}
    for row in lab.results.filter(kind=Block.Kind.VOTE):
        told = row.result
        shift = dict(told.get("shift") or ())
        told["lines"] = [_named(line, standing) | _moved(shift, line) for line in told["lines"]]
        told["lines"].sort(key=lambda line: (-line["count"], line["said"] or 0))
        if told.get("before"):
            told["before"]["lines"] = []
        told["shift"] = [[line["key"], line.pop("moved")] for line in told["lines"] if "moved" in line]
        row.save(update_fields=["result"])


def _named(line: Mapping[str, Any], standing: Mapping[str, int]) -> dict[str, Any]:
    if "ref" not in line:
        return dict(line)
    # The wall calls notes and clusters by what their board calls them.
    said = next(
        (standing[f"{sort}{line['ref']}"] for sort in SORTS if f"{sort}{line['ref']}" in standing), None
    )
    kept = {name: value for name, value in line.items() if name != "ref"}
    return kept | {"said": said, "key": str(said or secrets.token_hex(4))}


def _moved(shift: Mapping[str, float], line: Mapping[str, Any]) -> dict[str, Any]:
    return {"moved": shift[line["key"]]} if line["key"] in shift else {}
