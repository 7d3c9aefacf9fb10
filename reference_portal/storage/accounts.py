"""Accounts: one for each identity number and one for each e-mail, finished or not."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import Column, Connection, Date, String, Table, bindparam, or_, select

from reference_portal.account_state import AccountState
from reference_portal.rules.identity_number import IdentityNumber
from reference_portal.storage.columns import Instant, OneOf, changed, many, metadata, one

accounts = Table(
    "accounts",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("identity_number", String(12), nullable=False, unique=True),
    Column("birth_date", Date, nullable=False),
    Column("email", String(254), nullable=False, unique=True),
    Column("mobile", String(16), nullable=False),
    Column("full_name", String(160), nullable=False),
    Column("state", OneOf(AccountState), nullable=False),
    Column("secret_phrase", String(160)),
    Column("password_hash", String(200)),
    Column("created_at", Instant, nullable=False),
    Column("activated_at", Instant),
)


@dataclass(frozen=True)
class Account:
    """A person's account, finished or not; `email` is kept in lower case, so that case makes no second address."""

    id: str
    identity_number: str
    birth_date: date
    email: str
    mobile: str
    full_name: str
    state: AccountState
    created_at: datetime
    secret_phrase: str | None = None
    password_hash: str | None = None
    activated_at: datetime | None = None

    @property
    def card(self) -> IdentityNumber:
        """The identity number with what it tells; its century was settled on the day of registration."""
        return IdentityNumber(self.identity_number, self.birth_date)


_by_id = select(accounts).where(accounts.c.id == bindparam("account_id"))
_hold = _by_id.with_for_update()
_by_identity = select(accounts).where(accounts.c.identity_number == bindparam("identity_number"))
_rivals = select(accounts).where(
    or_(accounts.c.identity_number == bindparam("identity_number"), accounts.c.email == bindparam("email"))
)
_forget = accounts.delete().where(accounts.c.id == bindparam("account_id"))
_move = (
    accounts.update()
    .where(accounts.c.id == bindparam("account_id"), accounts.c.state == bindparam("old"))
    .values(state=bindparam("new"))
)
_finish = (
    accounts.update()
    .where(accounts.c.id == bindparam("account_id"))
    .values(secret_phrase=bindparam("phrase"), password_hash=bindparam("hashed"), activated_at=bindparam("now"))
)
_set_password = accounts.update().where(accounts.c.id == bindparam("whose")).values(password_hash=bindparam("hashed"))
_set_mobile = accounts.update().where(accounts.c.id == bindparam("whose")).values(mobile=bindparam("number"))
_set_email = accounts.update().where(accounts.c.id == bindparam("whose")).values(email=bindparam("address"))


def add(connection: Connection, *new: Account) -> None:
    """Store new accounts.

    Raises:
        sqlalchemy.exc.IntegrityError: the identity number or the e-mail has an account already.
    """
    connection.execute(accounts.insert(), [asdict(account) for account in new])


def of(connection: Connection, account_id: str) -> Account | None:
    """The account with this id."""
    return one(connection, _by_id, Account, account_id=account_id)


def hold(connection: Connection, account_id: str) -> Account | None:
    """`of`, and nobody else writes for this account until the transaction ends, in other processes neither."""
    return one(connection, _hold, Account, account_id=account_id)


def with_identity(connection: Connection, identity_number: str) -> Account | None:
    """The account of this identity number (12 digits)."""
    return one(connection, _by_identity, Account, identity_number=identity_number)


def rivals(connection: Connection, identity_number: str, email: str) -> list[Account]:
    """Accounts that hold this identity number or this e-mail: at most two."""
    return many(connection, _rivals, Account, identity_number=identity_number, email=email)


def forget(connection: Connection, account: Account) -> None:
    """Remove an unfinished account, its code and its links with it."""
    connection.execute(_forget, {"account_id": account.id})


def move(connection: Connection, account_id: str, old: AccountState, new: AccountState) -> bool:
    """From one state to another; False when somebody moved it first."""
    return changed(connection, _move, account_id=account_id, old=old, new=new)


def finish(connection: Connection, account_id: str, phrase: str, hashed: str, now: datetime) -> None:
    """Give the account its phrase and the hash of its password."""
    connection.execute(_finish, {"account_id": account_id, "phrase": phrase, "hashed": hashed, "now": now})


def set_password(connection: Connection, account_id: str, hashed: str) -> None:
    """Another password."""
    connection.execute(_set_password, {"whose": account_id, "hashed": hashed})


def set_mobile(connection: Connection, account_id: str, mobile: str) -> None:
    """Another phone (E.164)."""
    connection.execute(_set_mobile, {"whose": account_id, "number": mobile})


def set_email(connection: Connection, account_id: str, email: str) -> None:
    """Another mailbox, in lower case.

    Raises:
        sqlalchemy.exc.IntegrityError: it has an account already.
    """
    connection.execute(_set_email, {"whose": account_id, "address": email})
