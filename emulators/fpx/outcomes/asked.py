"""Reads the magic values, and keeps with a payment what was asked of it.

A magic value is `sandbox:NAME` (with parameters, `sandbox:direct-delayed; seconds=5`) as the buyer's name, e-mail or
user id at the bank, `sandbox+NAME@...` where only an e-mail address passes, or one of the magic amounts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from emulators.foundation.fault_wishes import Value, read_asked
from emulators.fpx.outcomes.catalogue import BY_NAME, CATALOGUE, KNOWN
from emulators.fpx.outcomes.stages import PRECEDENCE, Door, Row, Stage

SEN = 7
"""The sen of every magic amount: no sum of prices in steps of five or ten sen ends so."""
_AMOUNTS = {row.number: row for row in CATALOGUE}
_SPOKEN = re.compile(r"\s*sandbox:(.*)", re.DOTALL | re.IGNORECASE)
_MAILED = re.compile(r"\s*sandbox\+([^@\s]+)@.*", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True)
class Ask:
    """One row of the catalogue, asked for through a door."""

    name: str
    door: Door
    values: Mapping[str, Value] = field(default_factory=dict)
    plan: str = ""
    """The id of the plan, for the door PLAN."""

    @property
    def row(self) -> Row:
        """The row of the catalogue."""
        return BY_NAME[self.name]

    @property
    def stage(self) -> Stage:
        """Where it is done."""
        return self.row.stage

    def told(self) -> dict[str, Any]:
        """For the journal: which fault, asked for where, with what."""
        return {"fault": self.name, "door": f"{self.door} {self.plan}".strip(), "with": dict(self.values)}


def magic_amount(row: Row) -> str:
    """The amount that asks for the row: `704.07`."""
    return f"{row.number}.{SEN:02d}"


def by_amount(amount: str) -> tuple[Ask, ...]:
    """What an amount as the wire writes it asks for."""
    ringgit, _, sen = amount.partition(".")
    row = _AMOUNTS.get(int(ringgit)) if sen == f"{SEN:02d}" and re.fullmatch("[0-9]{3}", ringgit) else None
    return (Ask(row.name, Door.AMOUNT, KNOWN[row.name].values({})),) if row else ()


def by_text(text: str, door: Door) -> tuple[Ask, ...]:
    """What a line in the notation of the header asks for.

    Raises:
        CallersMistake: no such fault, or no such parameter; the sentence names those there are.
    """
    return tuple(Ask(wish.name, door, wish.values) for wish in read_asked(KNOWN, text))


def by_value(value: str, door: Door) -> tuple[Ask, ...]:
    """What a buyer's name, e-mail address or user id asks for; nothing, unless it is a magic value.

    Raises:
        CallersMistake: as `by_text`.
    """
    said = _SPOKEN.fullmatch(value) or (_MAILED.fullmatch(value) if door is Door.BUYER_EMAIL else None)
    return by_text(said[1], door) if said else ()


def strongest(asks: Iterable[Ask]) -> tuple[Ask, ...]:
    """One for each stage: that of the strongest door, of one door the first."""
    first: dict[Stage, Ask] = {}
    for ask in sorted(asks, key=lambda ask: PRECEDENCE.index(ask.door)):
        first.setdefault(ask.stage, ask)
    return tuple(first.values())


def of_stage(asks: Iterable[Ask], stage: Stage) -> Ask | None:
    """What is asked of a stage."""
    return next((ask for ask in asks if ask.stage is stage), None)


def write(asks: Iterable[Ask]) -> str:
    """As kept with a payment; blank for nothing."""
    rows = [{"name": ask.name, "door": ask.door, "values": dict(ask.values), "plan": ask.plan} for ask in asks]
    return json.dumps(rows) if rows else ""


def read(kept: str) -> tuple[Ask, ...]:
    """What `write` wrote; a row that the catalogue no longer has is left out."""
    rows = json.loads(kept) if kept else []
    return tuple(
        Ask(row["name"], Door(row["door"]), row["values"], row["plan"]) for row in rows if row["name"] in BY_NAME
    )
