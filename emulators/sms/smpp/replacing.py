"""A new text in the place of one that is on its way: replace_sm, and submit_sm with replace_if_present."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from emulators.sms.admission import keepable
from emulators.sms.segments import segments_of
from emulators.sms.smpp import storage
from emulators.sms.smpp.alphabets import Alphabet, alphabet, read_text
from emulators.sms.smpp.orders import Order
from emulators.sms.smpp.rows import owed_for
from emulators.sms.smpp.standing import moving
from emulators.sms.storage import millis


def put_in_place(
    connection: Connection,
    row: Any,
    default: Alphabet,
    *,
    octets: bytes,
    data_coding: int,
    registered: int,
    schedule: datetime | None,
    expires: datetime | None,
) -> None:
    """Replace text, receipts and, where they are given, schedule and validity of a submission that has a message."""
    text = keepable(read_text(octets, alphabet(data_coding, default)))
    storage.replace_text(connection, row.sid, text, segments_of(text))
    changes: dict[str, Any] = {"octets": octets, "data_coding": data_coding, "registered": registered}
    if schedule is not None:
        storage.reschedule(connection, row.sid, schedule)
        changes["schedule"] = millis(schedule)
    if expires is not None:
        changes["expires"] = millis(expires)
    storage.change(connection, [row.key], owed=owed_for(registered), **changes)


def replaced(connection: Connection, order: Order, default: Alphabet) -> int | None:
    """The number of the submission whose place an order takes; None when nothing like it is on its way."""
    if order.part is not None or len(order.recipients) != 1:
        return None
    rows = storage.between(connection, order.system_id, order.sender, order.recipients[0].number, order.service_type)
    for row in rows:
        if replaceable(row):
            put_in_place(
                connection,
                row,
                default,
                octets=order.octets,
                data_coding=order.data_coding,
                registered=order.registered,
                schedule=order.schedule,
                expires=order.expires,
            )
            return int(row.number)
    return None


def replaceable(row: Any) -> bool:
    """Whether a submission is on its way and came whole."""
    return row.sid is not None and row.parts == 1 and moving(row)
