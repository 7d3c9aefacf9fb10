"""What the drill reads of the store and keeps in it; each question is bounded, however much is stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from emulators.fpx.storage import as_transaction
from emulators.fpx.tables import DRILLS, JOURNAL, TRANSACTIONS
from emulators.fpx.transaction import Transaction

LOOK_BACK = 300
"""Payments of an exchange that are looked at, the latest; what was seen of older ones is kept."""
_OF_THE_ROOM = 10_000
"""They are looked for among so many of the room's latest, so that a board costs the same whatever is stored."""
_OTHERS = 1000
_MESSAGES = ("AR refused", "AE refused", "BE refused", "AE unknown")

_D, _J, _T = DRILLS.c, JOURNAL.c, TRANSACTIONS.c
_BOARD = select(DRILLS).where(_D.exchange_id == bindparam("exchange"))
_DROP = delete(DRILLS).where(_D.exchange_id == bindparam("exchange"))
_NEWEST = select(func.coalesce(func.max(_J.id), 0))
_LATEST = select(TRANSACTIONS).order_by(_T.fpx_txn_id.desc()).limit(_OF_THE_ROOM).subquery()
_PAYMENTS = (
    select(_LATEST)
    .where(_LATEST.c.seller_ex_id == bindparam("exchange"))
    .order_by(_LATEST.c.fpx_txn_id.desc())
    .limit(LOOK_BACK)
)
_ENTRIES = select(JOURNAL).where(_J.ref.in_(bindparam("refs", expanding=True)), _J.id > bindparam("since"))
_LISTS = (
    select(JOURNAL)
    .where(_J.ref == bindparam("exchange"), _J.kind == "BE", _J.id > bindparam("since"))
    .order_by(_J.id.desc())
    .limit(_OTHERS)
)
_ELSE = select(JOURNAL).where(_J.kind.in_(_MESSAGES), _J.id > bindparam("since")).order_by(_J.id.desc()).limit(_OTHERS)


def board_of(connection: Connection, exchange_id: str) -> tuple[int, str, dict[str, Any]]:
    """The journal's number and the instant from which traffic counts, and what was kept."""
    row = connection.execute(_BOARD, {"exchange": exchange_id}).mappings().first()
    return (row["since"], row["began"], row["kept"]) if row else (0, "", {})


def keep(connection: Connection, exchange_id: str, since: int, began: str, kept: Mapping[str, Any]) -> None:
    """Keep a board in place of what it was."""
    connection.execute(_DROP, {"exchange": exchange_id})
    connection.execute(insert(DRILLS), {"exchange_id": exchange_id, "since": since, "began": began, "kept": kept})


def forget(connection: Connection) -> None:
    """Drop every board."""
    connection.execute(delete(DRILLS))


def latest_entry(connection: Connection) -> int:
    """The number of the journal's newest entry."""
    return int(connection.execute(_NEWEST).scalar_one())


def payments_of(connection: Connection, exchange_id: str) -> list[Transaction]:
    """The exchange's latest payments, newest first."""
    return [as_transaction(row) for row in connection.execute(_PAYMENTS, {"exchange": exchange_id}).mappings()]


def entries_of(connection: Connection, ids: list[str], since: int) -> list[dict[str, Any]]:
    """The journal's entries on these payments, oldest first."""
    rows = connection.execute(_ENTRIES.order_by(_J.id), {"refs": ids, "since": since}).mappings()
    return [dict(row) for row in rows]


def others_of(connection: Connection, exchange_id: str, since: int) -> list[dict[str, Any]]:
    """Bank lists, refusals and enquiries about unknown orders of the exchange, oldest first."""
    asked = {"exchange": exchange_id, "since": since}
    lists = [dict(row) for row in connection.execute(_LISTS, asked).mappings()]
    rest = [dict(row) for row in connection.execute(_ELSE, {"since": since}).mappings()]
    own = [row for row in rest if row["facts"].get("fields", {}).get("fpx_sellerExId") == exchange_id]
    return sorted((*lists, *own), key=lambda row: row["id"])
