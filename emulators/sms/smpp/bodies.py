"""The bodies of answers (SMPP 3.4 section 4, confidence high); one with an error status has none."""

from __future__ import annotations

from emulators.sms.smpp.fields import c_string
from emulators.sms.smpp.inquiries import Standing
from emulators.sms.smpp.orders import Order
from emulators.sms.smpp.requests import Address
from emulators.sms.smpp.statuses import CommandStatus
from emulators.sms.smpp.tlvs import Tag, tlv
from emulators.sms.smpp.wire import RESPONSE, Command, pdu

VERSION_3_4 = 0x34


def bound_body(system_id: str, interface_version: int) -> bytes:
    """Of a bind; a client older than 3.4 understands no optional parameter."""
    told = tlv(Tag.SC_INTERFACE_VERSION, bytes([VERSION_3_4])) if interface_version >= VERSION_3_4 else b""
    return c_string(system_id) + told


def standing_body(standing: Standing) -> bytes:
    """Of query_sm."""
    return c_string(standing.message_id) + c_string(standing.final_date) + bytes((standing.state, standing.error))


def stored_answer(command: int, sequence: int, order: Order, result: str | CommandStatus) -> bytes:
    """The whole answer to a submission: stored under a message_id, or not stored, by its status."""
    if isinstance(result, CommandStatus):
        return pdu(command | RESPONSE, result, sequence)
    body = multi_body(result, order.unsent) if command == Command.SUBMIT_MULTI else c_string(result)
    return pdu(command | RESPONSE, CommandStatus.ROK, sequence, body)


def multi_body(message_id: str, unsent: tuple[tuple[Address, CommandStatus], ...]) -> bytes:
    """Of submit_multi: the id, and the destinations that cannot be sent to."""
    told = b"".join(
        bytes((address.ton, address.npi)) + c_string(address.digits) + int(status).to_bytes(4)
        for address, status in unsent
    )
    return c_string(message_id) + bytes([len(unsent)]) + told
