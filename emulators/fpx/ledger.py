"""What the tester's door reads: transactions, the messages of one, callbacks, refusals, sellers, totals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from emulators.foundation.errors import NotHere
from emulators.fpx import banks
from emulators.fpx.books import Books
from emulators.fpx.ladder import ladder
from emulators.fpx.rung import Rung
from emulators.fpx.search import Search
from emulators.fpx.storage import Storage
from emulators.fpx.transaction import Transaction

PAGE = 50


@dataclass(frozen=True)
class Page:
    """Transactions, newest first, and the id after which the next page begins (blank at the end)."""

    transactions: list[Transaction]
    older: str


@dataclass(frozen=True)
class History:
    """One transaction, everything that was said about it, oldest first, and its callbacks."""

    transaction: Transaction
    bank_name: str
    rungs: list[Rung]
    letters: list[dict[str, Any]]


class Ledger:
    """Reads only."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._books = Books(storage.database)

    def found(self, search: Search) -> Page:
        """A page of the transactions that fit."""
        found = self._books.found(search, PAGE + 1)
        more = len(found) > PAGE
        return Page(found[:PAGE], found[PAGE - 1].fpx_txn_id if more else "")

    def callbacks(self, count: int = 100) -> list[dict[str, Any]]:
        """The latest direct ACs that nobody has acknowledged."""
        return self._books.open_letters(count)

    def refusals(self, count: int = 10) -> list[dict[str, Any]]:
        """The latest messages refused."""
        return self._books.refusals(count)

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
        rungs = ladder(self._books.entries_of(fpx_txn_id))
        return History(txn, bank.name if bank else txn.buyer_bank_id, rungs, self._books.letters_of(fpx_txn_id))

    def totals(self) -> dict[str, Any]:
        """The money taken at the banks."""
        count, sen = self._storage.debits()
        return {"debits": {"count": count, "sen": sen}}
