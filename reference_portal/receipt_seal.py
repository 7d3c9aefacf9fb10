"""The seal of a receipt: our own signature over number, amount and time, and the address behind the QR code.

The seal alone proves that this portal certified those three: a check needs no store and tells a stranger nothing that
does not stand on the paper. It does not say who paid.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from reference_portal.clock import MALAYSIA
from reference_portal.errors import CallersMistake

_TIME = "%Y%m%dT%H%M%S"
_SEAL_DIGITS = 32
"""Of SHA-256's 64: 128 bits keep a forger busy, and the QR code small enough to scan from paper."""


class NotSealed(CallersMistake):
    """These three were not certified together by this portal."""

    status = 422
    code = "E-SEAL"


@dataclass(frozen=True)
class Sealed:
    """What a check confirms; the instant is aware, the amount in sen."""

    number: str
    amount_sen: int
    paid_at: datetime


class ReceiptSeal:
    """Seals receipts and checks seals with a key of this portal (hexadecimal)."""

    def __init__(self, key: str, public_url: str) -> None:
        self._key = bytes.fromhex(key)
        self._public_url = public_url.rstrip("/")

    def address(self, sealed: Sealed) -> str:
        """Where anybody can have the receipt checked."""
        said = _said(sealed)
        query = {"amount": str(sealed.amount_sen), "paid": said[2], "seal": self._seal(said)}
        return f"{self._public_url}/receipt-check/{sealed.number}?{urlencode(query)}"

    def check(self, number: str, amount: str, paid: str, seal: str) -> Sealed:
        """What is certified, from the parts of an address; NotSealed when one of them was changed."""
        if not hmac.compare_digest(self._seal((number, amount, paid)).encode(), seal.encode(errors="replace")):
            raise NotSealed(f"{number} with {amount} sen paid {paid}")
        return Sealed(number, int(amount), datetime.strptime(paid, _TIME).replace(tzinfo=MALAYSIA))

    def _seal(self, said: tuple[str, str, str]) -> str:
        return hmac.new(self._key, "\n".join(said).encode(errors="replace"), hashlib.sha256).hexdigest()[:_SEAL_DIGITS]


def _said(sealed: Sealed) -> tuple[str, str, str]:
    return sealed.number, str(sealed.amount_sen), sealed.paid_at.astimezone(MALAYSIA).strftime(_TIME)
