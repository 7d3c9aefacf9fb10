"""A submission as a row of the store, and what a row says."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from emulators.sms.smpp.orders import Order, Recipient
from emulators.sms.smpp.requests import Address
from emulators.sms.storage import millis

FINAL_OWED, BOTH_OWED = 1, 2
"""What a client is still to be told: the end, or also that the message is on its way."""
_INTERMEDIATE = 0x10


def row_of(order: Order, at: int, number: int, now: datetime) -> dict[str, Any]:
    """The row of a new submission to one of its recipients; its message has no sid yet."""
    recipient = order.recipients[at]
    part, source, target = order.part, order.source, recipient.address
    return {
        "key": number + at,
        "sid": None,
        "number": number,
        "system_id": order.system_id,
        "bind": order.bind,
        "service_type": order.service_type,
        "source_ton": source.ton,
        "source_npi": source.npi,
        "source": source.digits,
        "target_ton": target.ton,
        "target_npi": target.npi,
        "target": target.digits,
        "sender": order.sender,
        "to_number": recipient.number,
        "esm_class": order.esm_class,
        "registered": order.registered,
        "data_coding": order.data_coding,
        "octets": order.octets,
        "header": order.header,
        "part": part.number if part else 1,
        "parts": part.total if part else 1,
        "waits_for": None if part is None else _group(order, recipient),
        "accepted": millis(now),
        "schedule": None if order.schedule is None else millis(order.schedule),
        "expires": None if order.expires is None else millis(order.expires),
        "ended": None,
        "owed": owed_for(order.registered),
        "user_reference": order.user_reference,
    }


def owed_for(registered: int) -> int:
    """What a client that asked with `registered` is to be told."""
    if registered & _INTERMEDIATE:
        return BOTH_OWED
    return FINAL_OWED if registered & 0x03 else 0


def source_of(row: Any) -> Address:
    """The source address of a row, as it was sent."""
    return Address(row.source_ton, row.source_npi, row.source)


def target_of(row: Any) -> Address:
    """The destination of a row, as it was sent."""
    return Address(row.target_ton, row.target_npi, row.target)


def _group(order: Order, recipient: Recipient) -> str:
    """What the parts of one text have in common (3GPP TS 23.040 section 9.2.3.24.1: sender, recipient, reference)."""
    part = order.part
    assert part is not None  # noqa: S101  asked of parts only
    return f"{order.system_id}|{order.sender}|{recipient.number}|{part.kind}|{part.reference}|{part.total}"
