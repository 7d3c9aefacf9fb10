"""The message_id of a submission: a number, written as the settings wish."""

from __future__ import annotations

from sqlalchemy import Connection

from emulators.sms.smpp import storage

FIRST = 1_000_000_000
"""The first number: ten digits, as the receipts of Appendix B have, and no zero in front that a client could lose."""
_HEX, _MIXED = "hex", "mixed"


class Numbering:
    """Counts submissions; one process owns a store, so the count is kept in memory and begins at what is stored."""

    def __init__(self, style: str) -> None:
        """`style`: decimal, hex, or mixed (hex in answers, decimal in receipts, as some centres do)."""
        self._style = style
        self._last = 0

    def take(self, connection: Connection, recipients: int) -> int:
        """The first of the next so many keys, inside the caller's transaction."""
        if not self._last:
            self._last = max(FIRST, storage.highest(connection))
        number = self._last + 1
        self._last += recipients
        return number

    def answered(self, number: int) -> str:
        """How an answer writes it."""
        return str(number) if self._style not in (_HEX, _MIXED) else f"{number:X}"

    def receipted(self, number: int) -> str:
        """How a receipt writes it."""
        return f"{number:X}" if self._style == _HEX else str(number)

    def read(self, message_id: str) -> int | None:
        """The number a client means, in either spelling that was handed out; None when it is none."""
        base = 10 if self._style not in (_HEX, _MIXED) else 16
        if not (message_id.isascii() and message_id.isalnum() and len(message_id) <= 15):
            return None
        try:
            return int(message_id, base)
        except ValueError:
            return None
