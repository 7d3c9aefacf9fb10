"""Periods of cover: one for each paid order, by constraint."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, Integer, Table, bindparam, select

from reference_portal.rules.contribution import Period
from reference_portal.storage.accounts import accounts
from reference_portal.storage.columns import Instant, OneOf, many, metadata
from reference_portal.storage.orders import orders

covers = Table(
    "covers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", ForeignKey(accounts.c.id), nullable=False, index=True),
    Column("order_number", ForeignKey(orders.c.order_number), unique=True, comment="null for a prepared contributor"),
    Column("plan", Integer, nullable=False),
    Column("period", OneOf(Period), nullable=False),
    Column("starts", Instant, nullable=False),
    Column("ends", Instant, nullable=False),
)


@dataclass(frozen=True)
class StoredCover:
    """A period of cover as it was bought; both ends are inside it."""

    account_id: str
    order_number: str | None
    plan: int
    period: Period
    starts: datetime
    ends: datetime


_columns = [column for column in covers.c if column.name != "id"]
_of = select(*_columns).where(covers.c.account_id == bindparam("account_id")).order_by(covers.c.starts)


def add(connection: Connection, *new: StoredCover) -> None:
    """Store periods of cover.

    Raises:
        sqlalchemy.exc.IntegrityError: the order has its period already.
    """
    connection.execute(covers.insert(), [vars(cover) for cover in new])


def of(connection: Connection, account_id: str) -> list[StoredCover]:
    """Every period of the account, oldest first."""
    return many(connection, _of, StoredCover, account_id=account_id)
