"""A laboratory as its log tells it, once it is over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from cantiere.activities.labs.models import Lab
from cantiere.engine import live as rules_of
from cantiere.engine.lab import LabRules, LabState
from cantiere.engine.lab.gathering import last_of, times_of
from cantiere.foundation.live import queries as live


@dataclass(frozen=True)
class Evening:
    """``times`` are those of answers by number, ``last`` the numbers of everybody's last answers.

    ``begun`` is when blocks began; times are milliseconds since 1970.
    """

    lab: LabState
    times: Mapping[int, int]
    last: Mapping[tuple[str, str], int]
    begun: Mapping[str, int]


def evening(lab: Lab) -> Evening | None:
    """All that happened; ``None`` where nothing did, or what was live is deleted."""
    if lab.room_id is None:
        return None
    log = list(live.log(lab.room_id))
    begun: dict[str, int] = {}
    for event in log:
        if event.kind == "go":
            begun.setdefault(str(event.body["block"]), event.at)
    return Evening(rules_of.replay(LabRules(), log).own, times_of(log), last_of(log), begun)


def moment(at: int) -> datetime:
    """A time of the log, as clocks in the hall showed it."""
    return timezone.localtime(datetime.fromtimestamp(at / 1000, tz=timezone.get_default_timezone()))


def half_hour(at: int) -> str:
    """«18:30» for what was said from half past six to seven."""
    when = moment(at)
    return f"{when.hour:02}:{when.minute // 30 * 30:02}"


def day(at: int) -> date:
    """The day of it."""
    return moment(at).date()
