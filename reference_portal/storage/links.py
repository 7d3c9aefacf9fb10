"""Activation links: only the hash of the token is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, String, Table, bindparam, func, select

from reference_portal.storage.accounts import accounts
from reference_portal.storage.columns import Instant, metadata, one

links = Table(
    "links",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("account_id", ForeignKey(accounts.c.id, ondelete="CASCADE"), nullable=False, index=True),
    Column("sent_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
)


@dataclass(frozen=True)
class Link:
    """One link as it was sent."""

    token_hash: str
    account_id: str
    sent_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


_of = select(links).where(links.c.token_hash == bindparam("token_hash"))
_sends = (
    select(links.c.sent_at)
    .where(links.c.account_id == bindparam("account_id"), links.c.sent_at.between(bindparam("since"), bindparam("now")))
    .order_by(links.c.sent_at)
)
_live_until = select(func.max(links.c.expires_at)).where(links.c.account_id == bindparam("account_id"))
_drop = links.delete().where(links.c.token_hash == bindparam("token_hash"))
_use = (
    links.update()
    .where(links.c.account_id == bindparam("of"), links.c.used_at.is_(None))
    .values(used_at=bindparam("now"))
)


def add(connection: Connection, link: Link) -> None:
    """Remember a link that is about to be sent."""
    connection.execute(links.insert(), vars(link))


def of(connection: Connection, token_hash: str) -> Link | None:
    """The link with this token."""
    return one(connection, _of, Link, token_hash=token_hash)


def sends_between(connection: Connection, account_id: str, since: datetime, now: datetime) -> list[datetime]:
    """When links were sent to this account, oldest first; none that a clock set back has put in the future."""
    return list(connection.execute(_sends, {"account_id": account_id, "since": since, "now": now}).scalars())


def live_until(connection: Connection, account_id: str) -> datetime | None:
    """When the account's last link expires, used or not."""
    found: datetime | None = connection.execute(_live_until, {"account_id": account_id}).scalar()
    return found


def drop(connection: Connection, token_hash: str) -> None:
    """Forget a link that the mail server never took."""
    connection.execute(_drop, {"token_hash": token_hash})


def use_all(connection: Connection, account_id: str, now: datetime) -> None:
    """Every link of the account is used: the one opened and its older copies."""
    connection.execute(_use, {"of": account_id, "now": now})
