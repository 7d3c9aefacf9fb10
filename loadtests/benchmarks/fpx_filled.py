"""Fills a store of the FPX room with payments like one that was made, so that a measurement meets a full store."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

_UNIQUE = {
    "transactions": {
        "fpx_txn_id": "printf('F%015d', n)",
        "session": "printf('%032x', n)",
        "seller_ex_order_no": "'FILLED' || n",
        "seller_order_no": "'FILLED' || n",
    },
    "requests": {"fpx_txn_id": "printf('F%015d', n)", "fingerprint": "printf('%064x', n)"},
    "letters": {"id": "n + 1000000", "ref": "printf('F%015d', n)"},
    "journal": {"id": "n + 1000000", "ref": "printf('F%015d', n % {payments})"},
}
"""What has to differ from row to row; everything else is as in the newest payment."""


def fill(store: Path, payments: int) -> None:
    """Add so many payments, each with its request and letter, and the journal entries of as many."""
    with closing(sqlite3.connect(store)) as database, database:
        each = database.execute("SELECT COUNT(*) FROM journal").fetchone()[0]
        made = database.execute("SELECT COUNT(*) FROM transactions").fetchone()[0]
        for table, unique in _UNIQUE.items():
            rows = payments * max(1, each // made) if table == "journal" else payments
            expressions = {column: text.format(payments=payments) for column, text in unique.items()}
            _copy(database, table, expressions, rows)
        database.execute("ANALYZE")


def _copy(database: sqlite3.Connection, table: str, unique: Mapping[str, str], rows: int) -> None:
    columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
    values = ", ".join(unique.get(column, f'sample."{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    database.execute(
        f"WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {rows}), "  # noqa: S608
        f"sample AS (SELECT * FROM {table} ORDER BY rowid DESC LIMIT 1) "
        f"INSERT INTO {table} ({names}) SELECT {values} FROM numbers, sample"
    )
