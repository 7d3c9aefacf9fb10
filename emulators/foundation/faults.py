"""Faults a tester plans ahead: from a room's catalogue, so many times, with what probability, for how long, for whom.

A room declares its faults once and asks at each stage of its work whether one strikes (`draw`). What a request asks
for itself (a header, a parameter) comes before what was planned; of the planned ones the oldest that matches strikes,
so that "twice this, then that" is two plans. Plans live in memory and are forgotten by a reset and by a restart: a
forgotten fault must not outlive the session that planned it.
"""

from __future__ import annotations

import itertools
import random
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any

from emulators.foundation.clock import Clock
from emulators.foundation.errors import NotHere
from emulators.foundation.fault_wishes import Asked, Fault, Parameter, Value, Wish, read_asked, read_wish

FAULT_HEADER = "X-Sandbox-Fault"
"""The header by which one request asks for faults: `name; parameter=value, other-name`."""

__all__ = ["FAULT_HEADER", "Asked", "Drawn", "Fault", "Faults", "Parameter"]


@dataclass(frozen=True)
class Drawn:
    """A fault that strikes now."""

    name: str
    values: Mapping[str, Value]
    """Every parameter of the fault: as wished, else its default."""
    by: str
    """"asked" by the request itself, or the id of the plan."""


@dataclass
class _Plan:
    id: str
    wish: Wish
    stage: str
    ends: datetime | None
    source: random.Random
    fired: int = 0

    def open(self, now: datetime) -> bool:
        spent = self.wish.count is not None and self.fired >= self.wish.count
        return not spent and (self.ends is None or now < self.ends)

    def matches(self, subject: Mapping[str, str]) -> bool:
        return all(fnmatchcase(subject.get(name, ""), pattern) for name, pattern in self.wish.match.items())

    def told(self, now: datetime) -> dict[str, Any]:
        wish = self.wish
        return {
            "id": self.id,
            "name": wish.name,
            "stage": self.stage,
            "count": wish.count,
            "fired": self.fired,
            "probability": wish.probability,
            "match": dict(wish.match),
            "with": dict(wish.values),
            "ends": self.ends.isoformat(timespec="seconds") if self.ends else None,
            "open": self.open(now),
        }


class Faults:
    """The faults of one room: its catalogue, and what was planned."""

    def __init__(self, catalogue: Sequence[Fault], clock: Clock, source: random.Random) -> None:
        """Nothing is planned yet; `clock` ends the plans, `source` draws where a plan has no seed."""
        self.catalogue = tuple(catalogue)
        self._clock = clock
        self._source = source
        self._known = {fault.name: fault for fault in catalogue}
        if len(self._known) != len(self.catalogue):
            raise ValueError("two faults of one name in the catalogue")
        self._plans: list[_Plan] = []
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)

    def plan(self, wish: Mapping[str, Any]) -> dict[str, Any]:
        """Plan what a JSON object wishes, and tell the plan with its id.

        Raises:
            CallersMistake: no such fault, parameter or field; the sentence names those there are.
        """
        read = read_wish(self._known, wish)
        now = self._clock.now()
        plan = _Plan(
            id=f"fault-{next(self._numbers)}",
            wish=read,
            stage=self._known[read.name].stage,
            ends=None if read.ttl_seconds is None else now + timedelta(seconds=read.ttl_seconds),
            source=self._source if read.seed is None else random.Random(read.seed),  # noqa: S311  repeatable on purpose
        )
        with self._lock:
            self._plans.append(plan)
            return plan.told(now)

    def asked(self, text: str | None) -> tuple[Asked, ...]:
        """What a request asks for in its header or parameter: `name; parameter=value, other-name`.

        Raises:
            CallersMistake: no fault of that name, or no such parameter.
        """
        return read_asked(self._known, text or "")

    def draw(self, stage: str, subject: Mapping[str, str], asked: Iterable[Asked] = ()) -> Drawn | None:
        """The fault that strikes at `stage` for `subject` (the fields a plan may match), if any; it counts as fired."""
        for wish in asked:
            if self._known[wish.name].stage == stage:
                return Drawn(wish.name, wish.values, "asked")
        if not self._plans:  # what almost every request sees
            return None
        now = self._clock.now()
        with self._lock:
            for plan in self._plans:
                if plan.stage != stage or not plan.open(now) or not plan.matches(subject):
                    continue
                if plan.wish.probability < 1 and plan.source.random() >= plan.wish.probability:
                    continue
                plan.fired += 1
                return Drawn(plan.wish.name, plan.wish.values, plan.id)
        return None

    def any_planned(self) -> bool:
        """Whether a plan is there, open or spent."""
        return bool(self._plans)

    def told(self) -> dict[str, Any]:
        """The catalogue and every plan, spent ones too, as JSON."""
        now = self._clock.now()
        with self._lock:
            planned = [plan.told(now) for plan in self._plans]
        return {"catalogue": [fault.told() for fault in self.catalogue], "planned": planned}

    def lift(self, plan_id: str | None = None) -> int:
        """Forget one plan, or all of them; how many were forgotten.

        Raises:
            NotHere: no plan has that id.
        """
        with self._lock:
            kept = [plan for plan in self._plans if plan_id is not None and plan.id != plan_id]
            lifted = len(self._plans) - len(kept)
            if plan_id is not None and not lifted:
                raise NotHere(f"no planned fault is called {plan_id}")
            self._plans = kept
        return lifted
