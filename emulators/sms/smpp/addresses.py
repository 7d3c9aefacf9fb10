"""Addresses as SMPP writes them (type of number, numbering plan, digits), and as the room keeps them.

Types and plans: SMPP 3.4 sections 5.2.5 and 5.2.6 (confidence high). What a client means by type 0 (unknown) is for
the centre to say: here a number of ten digits or more without a 0 in front is read as international first.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from emulators.sms.numbers import e164, sender
from emulators.sms.smpp.requests import Address
from emulators.sms.smpp.statuses import CommandStatus, Refused

UNKNOWN, INTERNATIONAL, NATIONAL, NETWORK, SUBSCRIBER, ALPHANUMERIC, ABBREVIATED = range(7)
_PLANS = frozenset((0, 1, 3, 4, 6, 8, 9, 10, 14, 18))
_DIGITS = re.compile(r"\+?[0-9]{1,20}")
_S = CommandStatus
KNOWN = 20_000
"""Addresses remembered with their meaning; reading a number costs as much as storing a message."""


class AddressBook:
    """Reads addresses for one country; what it has read lately it knows."""

    def __init__(self, region: str, nobody: str) -> None:
        """`region`: ISO 3166; `nobody`: the sender of a message whose source address is empty."""
        self._region = region
        self._nobody = nobody
        self.recipient: Callable[[Address], str] = lru_cache(KNOWN)(self._recipient)
        self.sender: Callable[[Address], str] = lru_cache(KNOWN)(self._sender)

    def _recipient(self, address: Address) -> str:
        """A destination in E.164; Refused when it is none."""
        if address.ton not in range(7):
            raise Refused(_S.RINVDSTTON, f"a destination of the type {address.ton}")
        if address.npi not in _PLANS:
            raise Refused(_S.RINVDSTNPI, f"a destination of the numbering plan {address.npi}")
        found = self._number(address) if address.ton != ALPHANUMERIC else None
        if found is None:
            raise Refused(_S.RINVDSTADR, f"{address.digits!r} of type {address.ton} is no number to send to")
        return found

    def _sender(self, address: Address) -> str:
        """A source as a handset shows it; Refused when it can show none."""
        if address.ton not in range(7):
            raise Refused(_S.RINVSRCTON, f"a source of the type {address.ton}")
        if address.npi not in _PLANS:
            raise Refused(_S.RINVSRCNPI, f"a source of the numbering plan {address.npi}")
        if not address.digits:
            return self._nobody
        found = self._number(address) if address.ton == INTERNATIONAL else None
        found = found or sender(address.digits, self._region) or self._number(address)
        if found is None:
            raise Refused(_S.RINVSRCADR, f"{address.digits!r} of type {address.ton} is no number, short code or name")
        return found

    def _number(self, address: Address) -> str | None:
        digits = address.digits
        if not _DIGITS.fullmatch(digits):
            return None
        abroad = digits if digits.startswith("+") else f"+{digits}"
        if address.ton == INTERNATIONAL:
            return e164(abroad, self._region)
        here = e164(digits, self._region)
        if address.ton == UNKNOWN and len(digits) >= 10 and not digits.startswith("0"):
            return e164(abroad, self._region) or here
        return here
