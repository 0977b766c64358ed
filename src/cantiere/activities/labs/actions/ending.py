"""The end of a laboratory: its numbers are kept, its minutes drafted."""

from collections import Counter
from typing import Any

from django.db import transaction

from cantiere.activities.labs.actions.minutes import draft
from cantiere.activities.labs.models import BlockResult, Lab, Participant
from cantiere.activities.labs.queries.evening import Evening, day, evening
from cantiere.activities.labs.queries.gathered import gathered
from cantiere.engine.lab import QuestionPlan, VotePlan
from cantiere.engine.lab.gathering import attendance, few_together, numbers_of
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.foundation.live.submit import submit
from cantiere.foundation.places.models import Place
from cantiere.programmes import actions as programmes
from cantiere.thread.contributions.queries.shown import FEWEST


def end(*, lab: Lab, by: Person | None = None, key: str = "") -> bool:
    """Say the last word in the log and add it up; outside of transactions, as everything that is live."""
    if lab.room_id is None or lab.ended_on is not None:
        return False
    past = evening(lab)
    if past is not None and not past.lab.ended:
        submit(room=lab.room_id, actor="lead-end", kind="end", key=key, lead=True)
    return finish(lab=lab, by=by)


@transaction.atomic
def finish(*, lab: Lab, by: Person | None = None) -> bool:
    """Keep what its log adds up to, once the log says that it ended; whether that was still to be done."""
    row = Lab.objects.select_for_update(of=("self",)).select_related(*Lab.address_related).get(pk=lab.pk)
    past = evening(row)
    if row.ended_on is not None or past is None or not past.lab.ended:
        return False
    row.ended_on = day(past.lab.ended)
    row.numbers = _numbers(row, past)
    row.save(update_fields=["ended_on", "numbers"])
    BlockResult.objects.bulk_create(_results(row, past))
    if row.numbers["paper"]:
        programmes.take_part(activity=row.activity, times=row.numbers["paper"])
    draft(lab=row)
    log.record(by=by, verb="labs.finish", target=row)
    lab.refresh_from_db()
    return True


def _results(lab: Lab, past: Evening) -> list[BlockResult]:
    rows = []
    for order, block in enumerate(past.lab.script.blocks.values()):
        asks = block.plan.asks if isinstance(block.plan, QuestionPlan | VotePlan) else ""
        prompt = block.plan.prompt if isinstance(block.plan, QuestionPlan | VotePlan) else ""
        rows.append(
            BlockResult(
                lab=lab,
                key=block.key,
                order=order,
                kind=block.kind,
                asks=asks,
                title=block.title[:120],
                prompt=prompt[:240],
                minutes=block.minutes,
                result=_with_places(numbers_of(past.lab, block.key), asks),
            )
        )
    return rows


def _with_places(told: dict[str, Any], asks: str) -> dict[str, Any]:
    """Pins by the names of their municipalities; those of one stand together."""
    if asks != "pin":
        return told
    cells = [tuple(map(float, line["key"].split())) for line in told["lines"]]
    names = Place.objects.near([(lng, lat) for lng, lat in cells])
    found: dict[str, dict[str, Any]] = {}
    for line in told["lines"]:
        name = names.get(line["key"], line["key"])
        other = found.get(name, {"count": 0, "share": 0.0})
        count, share = other["count"] + line["count"], other["share"] + line["share"]
        found[name] = line | {"text": name, "count": count, "share": share}
    return told | {"lines": sorted(found.values(), key=lambda line: -line["count"])}


def _numbers(lab: Lab, past: Evening) -> dict[str, Any]:
    """How many, of which kinds and from where; kinds and places of a few are told together."""
    rows = Participant.objects.come().filter(lab=lab).values_list("actor_kind", "place__name")
    kinds, places = Counter(kind for kind, _place in rows), Counter(place or "" for _kind, place in rows)
    told: dict[str, Any] = attendance(past.lab)
    told["kinds"], told["other_kinds"] = few_together(kinds, FEWEST)
    told["places"], told["other_places"] = few_together(places, FEWEST)
    found = gathered(lab)
    told |= found.numbers if found is not None else {"said": 0}
    told["answers"] = sum(answers.tally.people for answers in past.lab.answers.values())
    return told
