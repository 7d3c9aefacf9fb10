"""One-time passwords: the codes people wait for, and when one was sent last to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Index, Integer, String, Table, bindparam, select

from reference_portal.rules.one_time_password import Purpose
from reference_portal.storage.columns import Instant, OneOf, metadata, one

challenges = Table(
    "challenges",
    metadata,
    Column("who", String(32), primary_key=True),
    Column("purpose", OneOf(Purpose), primary_key=True),
    Column("target", String(254), nullable=False),
    Column("secret", String(64), nullable=False),
    Column("counter", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("expires_at", Instant, nullable=False),
)

code_sends = Table(
    "code_sends",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("paced_by", String(254), nullable=False),
    Column("sent_at", Instant, nullable=False),
    Index("code_sends_by_pace", "paced_by", "sent_at"),
)


@dataclass(frozen=True)
class Errand:
    """Who needs a code, what for, and where it goes."""

    who: str
    """An account's id, or the name of an identity number nobody has (`false_phrase.who_is`)."""
    purpose: Purpose
    target: str
    """A phone (E.164), a mailbox, or nothing: nobody's code goes nowhere."""

    @property
    def paced_by(self) -> str:
        """Whose sends are counted together: the phone's or the mailbox's; of a forgotten password the person's, so that
        the count is the same for a number nobody has."""
        return self.who if self.purpose is Purpose.FORGOTTEN else self.target


@dataclass(frozen=True)
class Challenge(Errand):
    """The code somebody waits for: an HOTP secret (RFC 4226) and the counter of the code last sent."""

    secret: str
    counter: int
    tries: int
    expires_at: datetime


_mine = (challenges.c.who == bindparam("whose"), challenges.c.purpose == bindparam("what"))
_of = select(challenges).where(*_mine).with_for_update()
_drop = challenges.delete().where(*_mine)
_drop_all = challenges.delete().where(challenges.c.who == bindparam("whose"))
_miss = challenges.update().where(*_mine).values(tries=challenges.c.tries + 1)
_sends = (
    select(code_sends.c.sent_at)
    .where(
        code_sends.c.paced_by == bindparam("paced_by"),
        code_sends.c.sent_at.between(bindparam("since"), bindparam("now")),
    )
    .order_by(code_sends.c.sent_at)
)
_take_back = code_sends.delete().where(
    code_sends.c.paced_by == bindparam("paced_by"), code_sends.c.sent_at == bindparam("sent_at")
)


def of(connection: Connection, who: str, purpose: Purpose) -> Challenge | None:
    """The code they wait for, if any; whoever tries it in another process waits for this transaction."""
    return one(connection, _of, Challenge, whose=who, what=purpose)


def put(connection: Connection, challenge: Challenge) -> None:
    """Make this the code they wait for; the one before is worth nothing from now on."""
    drop(connection, challenge.who, challenge.purpose)
    connection.execute(challenges.insert(), vars(challenge))


def drop(connection: Connection, who: str, purpose: Purpose) -> None:
    """They wait for no such code: the one they had was used."""
    connection.execute(_drop, {"whose": who, "what": purpose})


def drop_all(connection: Connection, who: str) -> None:
    """They wait for no code of any kind."""
    connection.execute(_drop_all, {"whose": who})


def count_miss(connection: Connection, who: str, purpose: Purpose) -> None:
    """One wrong try more."""
    connection.execute(_miss, {"whose": who, "what": purpose})


def sends_between(connection: Connection, paced_by: str, since: datetime, now: datetime) -> list[datetime]:
    """When codes went there, oldest first. A clock that was set back leaves sends in the future: not told."""
    return list(connection.execute(_sends, {"paced_by": paced_by, "since": since, "now": now}).scalars())


def note_send(connection: Connection, paced_by: str, sent_at: datetime) -> None:
    """Remember that a code goes there."""
    connection.execute(code_sends.insert(), {"paced_by": paced_by, "sent_at": sent_at})


def take_back_send(connection: Connection, paced_by: str, sent_at: datetime) -> None:
    """Forget a code that the gateway never took: it must not count against the person."""
    connection.execute(_take_back, {"paced_by": paced_by, "sent_at": sent_at})
