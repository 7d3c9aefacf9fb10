"""What a client asks about what it submitted: query_sm, cancel_sm, replace_sm (SMPP 3.4 sections 4.8 to 4.10)."""

from __future__ import annotations

from typing import NamedTuple

from emulators.sms.smpp.fields import Fields
from emulators.sms.smpp.requests import Address, read_address
from emulators.sms.smpp.statuses import CommandStatus, Refused

_S = CommandStatus


class Question(NamedTuple):
    """query_sm, cancel_sm and replace_sm as far as they name messages; `destination` is of cancel_sm alone."""

    message_id: str
    source: Address
    destination: Address | None = None
    service_type: str = ""


class Replacement(NamedTuple):
    """The new content of replace_sm."""

    question: Question
    schedule: str
    validity: str
    registered: int
    octets: bytes


def read_query(body: bytes) -> Question:
    """query_sm."""
    fields = Fields(body)
    return Question(fields.text(65, _S.RINVMSGID), read_address(fields, 21, _S.RINVSRCADR))


def read_cancel(body: bytes) -> Question:
    """cancel_sm; an empty message_id means all between its two addresses."""
    fields = Fields(body)
    service_type, message_id = fields.text(6, _S.RINVSERTYP), fields.text(65, _S.RINVMSGID)
    source, destination = read_address(fields, 21, _S.RINVSRCADR), read_address(fields, 21, _S.RINVDSTADR)
    return Question(message_id, source, destination, service_type)


def read_replace(body: bytes) -> Replacement:
    """replace_sm."""
    fields = Fields(body)
    question = Question(fields.text(65, _S.RINVMSGID), read_address(fields, 21, _S.RINVSRCADR))
    schedule, validity = fields.text(17, _S.RINVSCHED), fields.text(17, _S.RINVEXPIRY)
    registered, predefined, length = fields.numbers(3)
    if predefined:
        raise Refused(_S.RINVDFTMSGID, f"there is no predefined message {predefined}")
    return Replacement(question, schedule, validity, registered, fields.octets(length))
