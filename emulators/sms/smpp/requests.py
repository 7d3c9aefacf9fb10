"""What a client asks for: the bodies of its requests, read field by field (SMPP 3.4 section 4, confidence high)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from emulators.sms.smpp.fields import Fields
from emulators.sms.smpp.statuses import CommandStatus, Refused
from emulators.sms.smpp.tlvs import Tag, read_tlvs

PASSWORD = 65
"""The specification gives 9 octets; gateways that take longer passwords are usual."""
DISTRIBUTION_LIST = 2
_S = CommandStatus


class Address(NamedTuple):
    """An address as it was sent."""

    ton: int
    npi: int
    digits: str


class Bind(NamedTuple):
    """bind_transmitter, bind_receiver, bind_transceiver."""

    system_id: str
    password: str
    interface_version: int


class Submit(NamedTuple):
    """submit_sm, submit_multi and data_sm."""

    service_type: str
    source: Address
    destinations: tuple[Address, ...]
    esm_class: int
    priority: int
    schedule: str
    validity: str
    registered: int
    replaces: int
    data_coding: int
    octets: bytes
    """short_message or message_payload, with its user data header."""
    tlvs: Mapping[int, bytes]


def read_bind(body: bytes) -> Bind:
    """A bind; Refused says which field is wrong, here and below."""
    fields = Fields(body)
    system_id, password = fields.text(16, _S.RINVSYSID), fields.text(PASSWORD, _S.RINVPASWD)
    fields.text(13, _S.RINVSYSTYP)
    version = fields.numbers(3)[0]
    fields.text(41, _S.RBINDFAIL)
    return Bind(system_id, password, version)


def read_submit(body: bytes, *, multi: bool = False) -> Submit:
    """submit_sm or submit_multi."""
    fields = Fields(body)
    service_type, source = fields.text(6, _S.RINVSERTYP), read_address(fields, 21, _S.RINVSRCADR)
    destinations = _destinations(fields) if multi else (read_address(fields, 21, _S.RINVDSTADR),)
    esm_class, _, priority = fields.numbers(3)
    schedule, validity = fields.text(17, _S.RINVSCHED), fields.text(17, _S.RINVEXPIRY)
    registered, replaces, data_coding, predefined, length = fields.numbers(5)
    if length == 255:
        raise Refused(_S.RINVMSGLEN, "a short_message has 254 octets at most")
    octets, tlvs = fields.octets(length), read_tlvs(fields.rest())
    if predefined:
        raise Refused(_S.RINVDFTMSGID, f"there is no predefined message {predefined}")
    if Tag.MESSAGE_PAYLOAD in tlvs:
        if octets:
            raise Refused(_S.ROPTPARNOTALLWD, "a text in short_message and another in message_payload")
        octets = tlvs[Tag.MESSAGE_PAYLOAD]
    return Submit(
        service_type, source, destinations, esm_class, priority, schedule, validity, registered, replaces, data_coding,
        octets, tlvs,
    )  # fmt: skip


def read_data(body: bytes) -> Submit:
    """data_sm: its text is in message_payload."""
    fields = Fields(body)
    service_type, source = fields.text(6, _S.RINVSERTYP), read_address(fields, 65, _S.RINVSRCADR)
    destination = read_address(fields, 65, _S.RINVDSTADR)
    esm_class, registered, data_coding = fields.numbers(3)
    tlvs = read_tlvs(fields.rest())
    if Tag.MESSAGE_PAYLOAD not in tlvs:
        raise Refused(_S.RMISSINGOPTPARAM, "data_sm without message_payload")
    octets = tlvs[Tag.MESSAGE_PAYLOAD]
    return Submit(
        service_type, source, (destination,), esm_class, 0, "", "", registered, 0, data_coding, octets, tlvs
    )  # fmt: skip


def read_address(fields: Fields, limit: int, too_long: CommandStatus) -> Address:
    """The next three fields; Refused with `too_long` when the address has not less than `limit` octets."""
    ton, npi = fields.numbers(2)
    return Address(ton, npi, fields.text(limit, too_long))


def _destinations(fields: Fields) -> tuple[Address, ...]:
    found = []
    count = fields.numbers(1)[0]
    if not 1 <= count <= 254:
        raise Refused(_S.RINVNUMDESTS, f"{count} destinations")
    for _ in range(count):
        flag = fields.numbers(1)[0]
        if flag == DISTRIBUTION_LIST:
            raise Refused(_S.RINVDLNAME, f"no distribution list is called {fields.text(21, _S.RINVDLNAME)!r}")
        if flag != 1:
            raise Refused(_S.RINVDESTFLAG, f"a destination of the kind {flag}")
        found.append(read_address(fields, 21, _S.RINVDSTADR))
    return tuple(found)
