"""The right to choose a new password, given for a right code: one browser's, short, used once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, String, Table, bindparam, select

from reference_portal.storage.accounts import accounts
from reference_portal.storage.columns import Instant, metadata, one

grants = Table(
    "grants",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("account_id", ForeignKey(accounts.c.id, ondelete="CASCADE"), nullable=False, index=True),
    Column("expires_at", Instant, nullable=False),
)


@dataclass(frozen=True)
class Grant:
    """Only the hash of its token is kept."""

    token_hash: str
    account_id: str
    expires_at: datetime


_of = select(grants).where(grants.c.token_hash == bindparam("token_hash"))
_drop_all = grants.delete().where(grants.c.account_id == bindparam("account"))


def add(connection: Connection, grant: Grant) -> None:
    """Give it; an older one of the account is worth nothing from now on."""
    drop_all(connection, grant.account_id)
    connection.execute(grants.insert(), vars(grant))


def of(connection: Connection, token_hash: str) -> Grant | None:
    """The grant with this token."""
    return one(connection, _of, Grant, token_hash=token_hash)


def drop_all(connection: Connection, account_id: str) -> None:
    """The account's password was chosen."""
    connection.execute(_drop_all, {"account": account_id})
