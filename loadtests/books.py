"""The three books of a payment, kept by two rooms: bank debits, paid orders, receipts. They must grow alike."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from loadtests.errors import LoadRefused

LOOK_SECONDS = 0.1


@dataclass(frozen=True)
class Entry:
    """One book's total: how many, and how much in sen."""

    count: int
    sen: int

    def __sub__(self, earlier: Entry) -> Entry:
        """What was added after the `earlier` look."""
        return Entry(self.count - earlier.count, self.sen - earlier.sen)

    def __str__(self) -> str:
        """The number, and the sum in ringgit."""
        return f"{self.count} (RM {self.sen // 100:,}.{self.sen % 100:02})"


@dataclass(frozen=True)
class Books:
    """The totals of all three at one look."""

    debits: Entry
    paid_orders: Entry
    receipts: Entry

    def since(self, earlier: Books) -> Books:
        """What was written after the `earlier` look."""
        return Books(
            self.debits - earlier.debits, self.paid_orders - earlier.paid_orders, self.receipts - earlier.receipts
        )

    def disagreement(self, acknowledged: int) -> str | None:
        """Why these books cannot be right, or None.

        Equal in number and in sum, and not fewer than the `acknowledged` renewals whose receipt a contributor holds.
        (There may be more: a user stopped by the end of the run may have paid without fetching the receipt.)
        """
        if not self.debits == self.paid_orders == self.receipts:
            return f"bank debits {self.debits}, paid orders {self.paid_orders} and receipts {self.receipts} differ"
        if self.receipts.count < acknowledged:
            return f"contributors hold {acknowledged} receipts, the books know of {self.receipts.count}"
        return None


class Auditor:
    """Reads the books through the control doors of the portal and of FPX."""

    def __init__(self, client: httpx.Client, portal: str, fpx: str) -> None:
        self._client = client
        self._portal = portal
        self._fpx = fpx

    def look(self) -> Books:
        """The books as they stand.

        Raises:
            LoadRefused: a door does not answer, or not with totals.
        """
        portal, fpx = self._totals(self._portal), self._totals(self._fpx)
        try:
            return Books(_entry(fpx["debits"]), _entry(portal["paid_orders"]), _entry(portal["receipts"]))
        except (KeyError, TypeError) as error:
            raise LoadRefused(f"the totals of {self._portal} and {self._fpx} lack {error}") from error

    def settled(self, before: Books, acknowledged: int, limit_seconds: float) -> Books:
        """What was written since `before`, once the callbacks still under way have arrived.

        Nothing new begins after a run, so books that agree stay so; those that never agree are returned at the limit.
        """
        return wait_until(
            lambda: self.look().since(before),
            lambda books: books.disagreement(acknowledged) is None,
            limit_seconds,
        )

    def _totals(self, room: str) -> dict[str, Any]:
        url = f"{room}/_control/totals"
        try:
            answer = self._client.get(url)
            answer.raise_for_status()
            totals = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise LoadRefused(f"{url} does not tell its totals: {error}") from error
        if not isinstance(totals, dict):
            raise LoadRefused(f"{url} answered no JSON object")
        return totals


def wait_until(look: Callable[[], Books], enough: Callable[[Books], bool], limit_seconds: float) -> Books:
    """The first look that is `enough`, else the last one before the limit."""
    deadline = time.monotonic() + limit_seconds
    while not enough(books := look()) and time.monotonic() < deadline:
        time.sleep(LOOK_SECONDS)
    return books


def _entry(total: dict[str, int]) -> Entry:
    return Entry(int(total["count"]), int(total["sen"]))
