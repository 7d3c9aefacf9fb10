"""The letters a courier carries: their table, the terms they travel on, and how one attempt went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Float,
    Index,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    Text,
    and_,
    bindparam,
    or_,
    select,
    text,
)

EVERY = -1
_UNDER_WAY = text("state IN ('owed', 'claimed')")
"""In words the index has too: both kinds of store then find the few letters under way, whatever their statistics say
of the many that are done."""


def letters_table(metadata: MetaData) -> Table:
    """The table a room keeps its owed callbacks in."""
    return Table(
        "letters",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("ref", String(80), nullable=False, index=True),
        Column("url", Text, nullable=False),
        Column("body", Text, nullable=False),
        Column("headers", JSON, nullable=False),
        Column("state", String(10), nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("due", Float, nullable=False),
        Column("noted", Float, nullable=False),
        Column("claimed_until", Float, nullable=False),
        Column("fault", String(60), nullable=False),
        Column("lost", Integer, nullable=False),
        Column("once", Boolean, nullable=False),
        Index("letters_under_way", "due", "id", sqlite_where=_UNDER_WAY, postgresql_where=_UNDER_WAY),
    )


@dataclass(frozen=True)
class Terms:
    """How a letter travels when not as usual; seconds by the room's clock."""

    after: float = 0.0
    """Seconds before the first attempt."""
    fault: str = ""
    """The name of the fault that asks for it, told with every attempt."""
    lost: int = 0
    """How many first attempts never arrive; EVERY for a letter that is never delivered."""
    once: bool = False
    """One attempt, whatever the answer."""


USUAL = Terms()


@dataclass(frozen=True)
class Attempt:
    """One delivery as it went: the letter, the answer (status 0 when there was none) and the verdict."""

    letter: int
    ref: str
    url: str
    body: str
    number: int
    status: int
    answer: str
    seconds: float
    """Real time between sending and the end of the answer."""
    acknowledged: bool
    gave_up: bool
    next_due: datetime | None
    """When the next attempt is due; None when there is none."""
    fault: str

    @property
    def verdict(self) -> str:
        """What the courier made of it."""
        if self.acknowledged:
            return "acknowledged"
        return "gave up" if self.gave_up else "to be sent again"


def free(letters: Table) -> ColumnElement[bool]:
    """Nobody holds it, or whoever did is `lately` taken for dead."""
    c = letters.c
    return or_(c.state == "owed", and_(c.state == "claimed", c.claimed_until < bindparam("lately", type_=Float)))


def next_due(letters: Table) -> Select[Any]:
    """The letter to deliver first; built once, because couriers look several times a second."""
    now = bindparam("now", type_=Float)
    due = or_(letters.c.due <= now, letters.c.noted > now)  # written in a future the clock was taken back from
    return select(letters).where(_UNDER_WAY, free(letters), due).order_by(letters.c.due, letters.c.id).limit(1)
