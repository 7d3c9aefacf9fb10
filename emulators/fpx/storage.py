"""What the room keeps, and the few questions it asks: prebuilt statements over SQLAlchemy Core."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from emulators.foundation.database import Database
from emulators.foundation.prepared import Prepared, Row
from emulators.fpx.errors import DuplicateExchangeOrderNumber
from emulators.fpx.tables import JOURNAL, LETTERS, METADATA, REQUESTS, TRANSACTIONS
from emulators.fpx.transaction import TIMED, State, Transaction

_T = TRANSACTIONS.c
_CHANGING = (
    "state",
    "expires_at",
    "debit_auth_code",
    "debit_auth_no",
    "credit_auth_code",
    "credit_auth_no",
    "account_name",
    "maker_name",
    "card",
    "wrong_sign_ins",
    "enquiries",
    "account",
    "wrong_tacs",
    "submitted",
    "approver",
    "asked",
)

_NAMES = tuple(field.name for field in fields(Transaction))
_ALL_OF = attrgetter(*_NAMES)
_CHANGING_OF = attrgetter(*_CHANGING)
_WHOLE = select(*(_T[name] for name in _NAMES))
"""A transaction, its columns as `Transaction` has its fields."""

_by_session = _WHOLE.where(_T.session == bindparam("key"))
_by_id = _WHOLE.where(_T.fpx_txn_id == bindparam("key"))
_by_order = (
    _WHOLE.where(_T.seller_ex_id == bindparam("exchange"), _T.seller_ex_order_no == bindparam("order"))
    .order_by(_T.number_use.desc())
    .limit(1)
)
_ADD = Prepared(insert(TRANSACTIONS), _NAMES)
_ADD_REQUEST = Prepared(insert(REQUESTS), REQUESTS.c.keys())
_BY_REQUEST = Prepared(
    _WHOLE.join(REQUESTS, REQUESTS.c.fpx_txn_id == _T.fpx_txn_id).where(REQUESTS.c.fingerprint == bindparam("key"))
)
_SAVE = Prepared(
    update(TRANSACTIONS).where(_T.fpx_txn_id == bindparam("this")).values({n: bindparam(n) for n in _CHANGING})
)
_BY_SESSION = Prepared(_by_session)
_BY_ID = Prepared(_by_id)
_BY_ORDER = Prepared(_by_order)
_HELD_SESSION = Prepared(_by_session.with_for_update())
_HELD_ORDER = Prepared(_by_order.with_for_update())
_HELD_ID = Prepared(_by_id.with_for_update())
_ID_TAKEN = Prepared(select(_T.fpx_txn_id).where(_T.fpx_txn_id == bindparam("key")))
_ORDER_NUMBER = Prepared(
    select(_T.received_at)
    .where(_T.seller_id == bindparam("seller"), _T.seller_order_no == bindparam("order"))
    .order_by(_T.fpx_txn_id.desc())
    .limit(1)
)
_NUMBERED = Prepared(
    _WHOLE.where(or_(_T.seller_ex_order_no == bindparam("order"), _T.seller_order_no == bindparam("order")))
    .order_by(_T.fpx_txn_id.desc())
    .limit(5)
)
_OVERDUE = (
    select(_T.session)
    .where(_T.state.in_(sorted(TIMED)), _T.expires_at <= bindparam("now"))
    .order_by(_T.expires_at)
    .limit(50)
)
_REFUSED = (
    select(JOURNAL.c.facts)
    .where(JOURNAL.c.ref == bindparam("order"), JOURNAL.c.kind == "AR refused")
    .order_by(JOURNAL.c.id.desc())
    .limit(20)
)
_AUTHORISING = Prepared(_WHOLE.where(_T.state == State.AUTHORISING).order_by(_T.expires_at.desc()).limit(50))
_DEBITS = select(func.count(), func.coalesce(func.sum(_T.amount_sen), 0)).where(_T.state == State.APPROVED)


class Storage:
    """The room's store. What changes something takes the connection of the transaction it is part of."""

    def __init__(self, url: str, *, power_cuts: bool = True) -> None:
        """`power_cuts`: whether what is stored survives one; the end of the process it survives in any case."""
        self.database = Database(url, METADATA, power_cuts=power_cuts)
        self.database.create()

    def add(self, connection: Connection, transaction: Transaction, fingerprint: str) -> None:
        """Keep a new transaction and the fingerprint of the AR that opened it.

        Raises:
            DuplicateExchangeOrderNumber: the exchange used this order number before.
        """
        try:
            _ADD.run(connection, **dict(zip(_NAMES, _ALL_OF(transaction), strict=True)))
        except IntegrityError as clash:
            if "seller_ex_order_no" not in str(clash.orig):
                raise
            raise DuplicateExchangeOrderNumber(
                f"fpx_sellerExOrderNo {transaction.seller_ex_order_no} was used before by {transaction.seller_ex_id}",
                "fpx_sellerExOrderNo",
            ) from None
        _ADD_REQUEST.run(connection, fpx_txn_id=transaction.fpx_txn_id, fingerprint=fingerprint)

    def save(self, connection: Connection, transaction: Transaction) -> None:
        """Keep what may change of a transaction."""
        changes = dict(zip(_CHANGING, _CHANGING_OF(transaction), strict=True))
        _SAVE.run(connection, this=transaction.fpx_txn_id, **changes)

    def hold(self, connection: Connection, session: str) -> Transaction | None:
        """The transaction of a bank visit, kept from other writers until the caller's transaction ends."""
        return _one(_HELD_SESSION.rows(connection, key=session))

    def hold_order(self, connection: Connection, exchange: str, order: str) -> Transaction | None:
        """The same, found by the exchange and its order number."""
        return _one(_HELD_ORDER.rows(connection, exchange=exchange, order=order))

    def hold_id(self, connection: Connection, fpx_txn_id: str) -> Transaction | None:
        """The same, found by its id."""
        return _one(_HELD_ID.rows(connection, key=fpx_txn_id))

    def find_order(self, exchange: str, order: str) -> Transaction | None:
        """The same, for reading only."""
        return _one(self.database.look(_BY_ORDER, exchange=exchange, order=order))

    def id_taken(self, connection: Connection, fpx_txn_id: str) -> bool:
        """Whether a transaction has this id."""
        return _ID_TAKEN.first(connection, key=fpx_txn_id) is not None

    def order_number_used(self, connection: Connection, seller: str, order: str) -> datetime | None:
        """When the seller last used this sellerOrderNo."""
        last = _ORDER_NUMBER.first(connection, seller=seller, order=order)
        return datetime.fromisoformat(last[0]) if last else None

    def find(self, fpx_txn_id: str) -> Transaction | None:
        """The transaction of that id."""
        return _one(self.database.look(_BY_ID, key=fpx_txn_id))

    def with_order_number(self, order: str) -> list[Transaction]:
        """The newest payments (at most five) that an exchange or a seller gave this order number."""
        return [_whole(row) for row in self.database.look(_NUMBERED, order=order)]

    def find_session(self, session: str) -> Transaction | None:
        """The transaction of a bank visit."""
        return _one(self.database.look(_BY_SESSION, key=session))

    def find_opened_by(self, fingerprint: str) -> Transaction | None:
        """The transaction that the AR of that fingerprint opened."""
        return _one(self.database.look(_BY_REQUEST, key=fingerprint))

    def overdue(self, now: float) -> list[str]:
        """The visits whose time is up at `now` (seconds since 1970), the oldest first."""
        with self.database.read() as connection:
            return list(connection.execute(_OVERDUE, {"now": now}).scalars())

    def authorising(self) -> list[Transaction]:
        """The company payments that wait for an approver, the newest first; at most fifty."""
        return [_whole(row) for row in self.database.look(_AUTHORISING)]

    def refusal_code(self, connection: Connection, exchange: str, order: str) -> str:
        """The code of the last AR of an exchange with that order number, when it was refused; else blank."""
        for facts in connection.execute(_REFUSED, {"order": order}).scalars():
            if facts["fields"].get("fpx_sellerExId") == exchange:
                return str(facts["code"])
        return ""

    def debits(self) -> tuple[int, int]:
        """Number and sum (sen) of approved payments."""
        with self.database.read() as connection:
            count, sen = connection.execute(_DEBITS).one()
            return int(count), int(sen)

    def forget_payments(self) -> None:
        """Delete transactions, letters and journal; sellers stay."""
        with self.database.write() as connection:
            for table in (LETTERS, JOURNAL, REQUESTS, TRANSACTIONS):
                connection.execute(table.delete())


def _one(rows: list[Row]) -> Transaction | None:
    return _whole(rows[0]) if rows else None


def _whole(row: Row) -> Transaction:
    values = dict(zip(_NAMES, row, strict=True))
    values["state"] = State(values["state"])
    txn = object.__new__(Transaction)
    txn.__dict__.update(values)  # a frozen dataclass sets its fields one by one, which costs five times as much
    return txn


def as_transaction(row: Any) -> Transaction:
    """A row of the table, by its columns' names, as a value."""
    return _whole(tuple(row[name] for name in _NAMES))
