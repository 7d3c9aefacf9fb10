"""The public check of a receipt: anybody may ask, nobody may try seals until one fits."""

from __future__ import annotations

from reference_portal.rate_limits import Limit, RateLimits
from reference_portal.receipt_seal import NotSealed, ReceiptSeal, Sealed
from reference_portal.storage.database import Database


class ReceiptChecks:
    """`ReceiptSeal.check`, counted when it fails."""

    def __init__(self, database: Database, seal: ReceiptSeal, limits: RateLimits) -> None:
        self._database = database
        self._seal = seal
        self._limits = limits

    def check(self, number: str, amount: str, paid: str, seal: str, address: str) -> Sealed | None:
        """What is certified; None when one of the parts was changed.

        Raises:
            TooMany: too many failed from this address.
        """
        with self._database.read() as connection:
            self._limits.admit(connection, Limit.WRONG_SEALS, address)
        try:
            return self._seal.check(number, amount, paid, seal)
        except NotSealed:
            with self._database.write() as connection:
                self._limits.count(connection, Limit.WRONG_SEALS, address)
            return None
