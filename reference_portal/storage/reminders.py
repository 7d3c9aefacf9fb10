"""Reminders that were sent: each at most once for a period of cover, by constraint."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, Integer, Table, UniqueConstraint, bindparam, func, select

from reference_portal.storage.accounts import accounts
from reference_portal.storage.columns import Instant, metadata
from reference_portal.storage.covers import covers

reminders = Table(
    "reminders",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", ForeignKey(accounts.c.id), nullable=False),
    Column("cover_ends", Instant, nullable=False),
    Column("days", Integer, nullable=False),
    Column("sent_at", Instant, nullable=False),
    UniqueConstraint("account_id", "cover_ends", "days"),
)


@dataclass(frozen=True)
class Sent:
    """One reminder: for the period that ends then, so many days before."""

    account_id: str
    cover_ends: datetime
    days: int
    sent_at: datetime


_last = select(covers.c.account_id, func.max(covers.c.ends).label("last")).group_by(covers.c.account_id).subquery()
_ending = select(_last.c.account_id).where(
    _last.c.last >= bindparam("now", type_=Instant), _last.c.last <= bindparam("horizon", type_=Instant)
)
_sent = select(reminders.c.id).where(
    reminders.c.account_id == bindparam("account_id"),
    reminders.c.cover_ends == bindparam("cover_ends", type_=Instant),
    reminders.c.days <= bindparam("days"),
)


def ending(connection: Connection, now: datetime, horizon: datetime) -> list[str]:
    """Accounts whose last period of cover ends between the two instants."""
    return list(connection.execute(_ending, {"now": now, "horizon": horizon}).scalars())


def was_sent(connection: Connection, account_id: str, cover_ends: datetime, days: int) -> bool:
    """Whether this reminder, or a later one of the same period, has gone out."""
    asked = {"account_id": account_id, "cover_ends": cover_ends, "days": days}
    return connection.execute(_sent, asked).first() is not None


def add(connection: Connection, sent: Sent) -> None:
    """Note that it went out.

    Raises:
        sqlalchemy.exc.IntegrityError: it was noted already.
    """
    connection.execute(reminders.insert(), vars(sent))
