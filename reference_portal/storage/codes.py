"""One-time passwords: the code an account waits for, and what was sent to which number when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, Index, Integer, String, Table, bindparam, select

from reference_portal.storage.accounts import accounts
from reference_portal.storage.columns import Instant, metadata, one

challenges = Table(
    "challenges",
    metadata,
    Column("account_id", ForeignKey(accounts.c.id, ondelete="CASCADE"), primary_key=True),
    Column("secret", String(64), nullable=False),
    Column("counter", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("expires_at", Instant, nullable=False),
)

code_sends = Table(
    "code_sends",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mobile", String(16), nullable=False),
    Column("sent_at", Instant, nullable=False),
    Index("code_sends_by_mobile", "mobile", "sent_at"),
)


@dataclass(frozen=True)
class Challenge:
    """The code an account waits for: an HOTP secret (RFC 4226) and the counter of the code last sent."""

    account_id: str
    secret: str
    counter: int
    tries: int
    expires_at: datetime


_of = select(challenges).where(challenges.c.account_id == bindparam("account_id")).with_for_update()
_drop = challenges.delete().where(challenges.c.account_id == bindparam("account_id"))
_miss = challenges.update().where(challenges.c.account_id == bindparam("of")).values(tries=challenges.c.tries + 1)
_sends = (
    select(code_sends.c.sent_at)
    .where(
        code_sends.c.mobile == bindparam("mobile"), code_sends.c.sent_at.between(bindparam("since"), bindparam("now"))
    )
    .order_by(code_sends.c.sent_at)
)
_take_back = code_sends.delete().where(
    code_sends.c.mobile == bindparam("mobile"), code_sends.c.sent_at == bindparam("sent_at")
)


def of(connection: Connection, account_id: str) -> Challenge | None:
    """The code the account waits for, if any; whoever tries it in another process waits for this transaction."""
    return one(connection, _of, Challenge, account_id=account_id)


def put(connection: Connection, challenge: Challenge) -> None:
    """Make this the code the account waits for; the one before is worth nothing from now on."""
    drop(connection, challenge.account_id)
    connection.execute(challenges.insert(), vars(challenge))


def drop(connection: Connection, account_id: str) -> None:
    """The account waits for no code: the one it had was used."""
    connection.execute(_drop, {"account_id": account_id})


def count_miss(connection: Connection, account_id: str) -> None:
    """One wrong try more."""
    connection.execute(_miss, {"of": account_id})


def sends_between(connection: Connection, mobile: str, since: datetime, now: datetime) -> list[datetime]:
    """When codes went to this number, oldest first. A clock that was set back leaves sends in the future: not told."""
    return list(connection.execute(_sends, {"mobile": mobile, "since": since, "now": now}).scalars())


def note_send(connection: Connection, mobile: str, sent_at: datetime) -> None:
    """Remember that a code goes to this number."""
    connection.execute(code_sends.insert(), {"mobile": mobile, "sent_at": sent_at})


def take_back_send(connection: Connection, mobile: str, sent_at: datetime) -> None:
    """Forget a code that the gateway never took: it must not count against the person."""
    connection.execute(_take_back, {"mobile": mobile, "sent_at": sent_at})
