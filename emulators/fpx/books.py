"""What the tester's pages read from the store: transactions by search, the journal of one, callbacks, refusals."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, bindparam, or_, select

from emulators.foundation.database import Database
from emulators.fpx.search import Search
from emulators.fpx.storage import as_transaction
from emulators.fpx.tables import JOURNAL, LETTERS, TRANSACTIONS
from emulators.fpx.transaction import Transaction

_T, _J, _L = TRANSACTIONS.c, JOURNAL.c, LETTERS.c
_ENTRIES_OF = select(JOURNAL).where(_J.ref == bindparam("ref")).order_by(_J.id).limit(500)
_LETTERS_OF = select(LETTERS).where(_L.ref == bindparam("ref")).order_by(_L.id).limit(100)
_REFUSALS = (
    select(JOURNAL)
    .where(_J.kind.in_(["AR refused", "AE refused", "BE refused"]))
    .order_by(_J.id.desc())
    .limit(bindparam("count"))
)
_OPEN_LETTERS = select(LETTERS).where(_L.state != "done").order_by(_L.id.desc()).limit(bindparam("count"))


class Books:
    """Reads only; each question is one look at a consistent state."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def found(self, search: Search, count: int) -> list[Transaction]:
        """The newest transactions that fit, or those just older than `search.before`.

        Pages are cut by the primary key, so that the thousandth costs what the first does.
        """
        query = select(TRANSACTIONS).where(*_conditions(search)).order_by(_T.fpx_txn_id.desc()).limit(count)
        with self.database.read() as connection:
            return [as_transaction(row) for row in connection.execute(query).mappings()]

    def entries_of(self, ref: str) -> list[dict[str, Any]]:
        """What the journal says of one transaction, oldest first."""
        return self._rows(_ENTRIES_OF, ref=ref)

    def letters_of(self, ref: str) -> list[dict[str, Any]]:
        """The callbacks of one transaction, oldest first."""
        return self._rows(_LETTERS_OF, ref=ref)

    def open_letters(self, count: int) -> list[dict[str, Any]]:
        """The latest callbacks that nobody has acknowledged, newest first."""
        return self._rows(_OPEN_LETTERS, count=count)

    def refusals(self, count: int) -> list[dict[str, Any]]:
        """The latest messages refused, newest first."""
        return self._rows(_REFUSALS, count=count)

    def _rows(self, query: Any, **values: Any) -> list[dict[str, Any]]:
        with self.database.read() as connection:
            return [dict(row) for row in connection.execute(query, values).mappings()]


def _conditions(search: Search) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if search.before:
        wanted.append(_T.fpx_txn_id < search.before)
    if search.q:
        parts = (_T.seller_order_no, _T.seller_ex_order_no, _T.buyer_email, _T.buyer_id, _T.account_name, _T.fpx_txn_id)
        whole = search.q.upper()
        anywhere = [part.icontains(search.q, autoescape=True) for part in parts]
        wanted.append(or_(_T.seller_id == whole, _T.seller_ex_id == whole, *anywhere))
    if search.sen is not None:
        wanted.append(_T.amount_sen == search.sen)
    if search.days is not None:
        first, after = search.days
        wanted += [_T.received_at >= first, _T.received_at < after]
    for column, value in ((_T.buyer_bank_id, search.bank), (_T.state, search.state), (_T.debit_auth_code, search.code)):
        if value:
            wanted.append(column == value)
    return wanted
