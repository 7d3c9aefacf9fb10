"""Who is signed in, and who typed wrong passwords lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, Integer, String, Table, bindparam, select
from sqlalchemy.exc import IntegrityError

from reference_portal.storage.accounts import accounts
from reference_portal.storage.columns import Instant, many, metadata, one

sign_ins = Table(
    "sign_ins",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("account_id", ForeignKey(accounts.c.id, ondelete="CASCADE"), nullable=False, index=True),
    Column("mode", String(20)),
    Column("started_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("ended_at", Instant),
)

wrong_passwords = Table(
    "wrong_passwords",
    metadata,
    Column("who", String(32), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("locked_until", Instant),
)


@dataclass(frozen=True)
class SignIn:
    """One browser's stay; only the hash of its token is kept."""

    token_hash: str
    account_id: str
    started_at: datetime
    seen_at: datetime
    mode: str | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True)
class WrongPasswords:
    """Wrong passwords in a row, for a known account or for an identity number nobody has."""

    who: str
    count: int
    locked_until: datetime | None


_of = select(sign_ins).where(sign_ins.c.token_hash == bindparam("token_hash"))
_see = sign_ins.update().where(sign_ins.c.token_hash == bindparam("of")).values(seen_at=bindparam("now"))
_choose = sign_ins.update().where(sign_ins.c.token_hash == bindparam("of")).values(mode=bindparam("chosen"))
_end = (
    sign_ins.update()
    .where(sign_ins.c.token_hash == bindparam("of"), sign_ins.c.ended_at.is_(None))
    .values(ended_at=bindparam("now"))
)
_end_all = sign_ins.update().where(sign_ins.c.account_id == bindparam("whose")).values(ended_at=bindparam("now"))
_live = (
    select(sign_ins)
    .where(sign_ins.c.account_id == bindparam("whose"), sign_ins.c.ended_at.is_(None))
    .order_by(sign_ins.c.started_at.desc())
)
_wrong = select(wrong_passwords).where(wrong_passwords.c.who == bindparam("person")).with_for_update()
_set_wrong = (
    wrong_passwords.update()
    .where(wrong_passwords.c.who == bindparam("person"))
    .values(count=bindparam("so_many"), locked_until=bindparam("until"))
)


def start(connection: Connection, sign_in: SignIn) -> None:
    """A browser is signed in."""
    connection.execute(sign_ins.insert(), vars(sign_in))


def of(connection: Connection, token_hash: str) -> SignIn | None:
    """The stay with this token, ended or not."""
    return one(connection, _of, SignIn, token_hash=token_hash)


def see(connection: Connection, token_hash: str, now: datetime) -> None:
    """The browser was heard of."""
    connection.execute(_see, {"of": token_hash, "now": now})


def choose_mode(connection: Connection, token_hash: str, mode: str) -> None:
    """The person said in what capacity they are here."""
    connection.execute(_choose, {"of": token_hash, "chosen": mode})


def end(connection: Connection, token_hash: str, now: datetime) -> None:
    """The stay is over, and the token worth nothing."""
    connection.execute(_end, {"of": token_hash, "now": now})


def end_all(connection: Connection, account_id: str, now: datetime) -> None:
    """Every stay of the account is over, those too that were so already: now it is on purpose."""
    connection.execute(_end_all, {"whose": account_id, "now": now})


def live(connection: Connection, account_id: str) -> list[SignIn]:
    """The account's stays that were not ended, newest first; some may have slept too long."""
    return many(connection, _live, SignIn, whose=account_id)


def wrong(connection: Connection, who: str) -> WrongPasswords:
    """How often in a row this person went wrong; another process that counts waits for this transaction."""
    return one(connection, _wrong, WrongPasswords, person=who) or WrongPasswords(who, 0, None)


def set_wrong(connection: Connection, wrong: WrongPasswords) -> None:
    """Remember it."""
    row = {"person": wrong.who, "so_many": wrong.count, "until": wrong.locked_until}
    if connection.execute(_set_wrong, row).rowcount:
        return
    try:
        with connection.begin_nested():
            connection.execute(wrong_passwords.insert(), vars(wrong))
    except IntegrityError:  # another process made the row in between
        connection.execute(_set_wrong, row)
