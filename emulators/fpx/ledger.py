"""What the tester's door reads: transactions, the messages of one, refusals, sellers, totals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from emulators.foundation.errors import NotHere
from emulators.fpx import banks, checksum
from emulators.fpx.messages import ac, ae, ar
from emulators.fpx.sellers import Sellers
from emulators.fpx.storage import Storage
from emulators.fpx.transaction import Transaction

PAGE = 50


@dataclass(frozen=True)
class Step:
    """One thing that happened to a transaction; a message brings its fields and the text that was signed."""

    at: str
    kind: str
    facts: dict[str, Any]
    fields: dict[str, str]
    source: str
    reply: dict[str, str]


@dataclass(frozen=True)
class History:
    """One transaction and everything that happened to it, oldest first."""

    transaction: Transaction
    bank_name: str
    steps: list[Step]


_ORDERS = {"AR": ar.CHECKSUM_ORDER, "AE": ae.CHECKSUM_ORDER, "AC owed": ac.CHECKSUM_ORDER}


class Ledger:
    """Reads only."""

    def __init__(self, storage: Storage, sellers: Sellers) -> None:
        self._storage = storage
        self._sellers = sellers

    def recent(self, before: str | None) -> list[Transaction]:
        """A page of transactions, newest first; those older than the id `before` when given."""
        known = before if before and before.isascii() and before.isdigit() else None
        return self._storage.recent(PAGE, known)

    def refusals(self, count: int = 10) -> list[dict[str, Any]]:
        """The latest messages refused."""
        return self._storage.refusals(count)

    def sellers(self) -> list[dict[str, Any]]:
        """Every seller with its exchange's addresses."""
        return self._sellers.all()

    def history(self, fpx_txn_id: str) -> History:
        """One transaction with its messages and every attempt at its direct AC.

        Raises:
            NotHere: no transaction has that id.
        """
        known = fpx_txn_id.isascii() and fpx_txn_id.isdigit()
        txn = self._storage.find(fpx_txn_id) if known else None
        if txn is None:
            raise NotHere(f"Tiada transaksi FPX dengan ID {fpx_txn_id[:40]!r}.")
        bank = banks.bank(txn.buyer_bank_id)
        steps = [_step(entry) for entry in self._storage.entries_of(fpx_txn_id)]
        return History(txn, bank.name if bank else txn.buyer_bank_id, steps)

    def totals(self) -> dict[str, Any]:
        """The money taken at the banks."""
        count, sen = self._storage.debits()
        return {"debits": {"count": count, "sen": sen}}


def _step(entry: dict[str, Any]) -> Step:
    facts = dict(entry["facts"])
    fields, reply = facts.pop("fields", {}), facts.pop("reply", {})
    order = _ORDERS.get(entry["kind"])
    return Step(entry["at"], entry["kind"], facts, fields, checksum.source(fields, order) if order else "", reply)
