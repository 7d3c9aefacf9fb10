"""A submission as the centre keeps it: a client's request with every field judged; pure (it is told the time)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from emulators.sms.smpp.addresses import AddressBook
from emulators.sms.smpp.requests import Address, Submit
from emulators.sms.smpp.statuses import CommandStatus, Refused
from emulators.sms.smpp.times import read_time
from emulators.sms.smpp.tlvs import Tag
from emulators.sms.smpp.user_data import Part, read_user_data

_S = CommandStatus
_MESSAGE_TYPE = 0x3C
_TYPES = (0x00, 0x08, 0x10)
"""Bits 2 to 5 of esm_class a client may send: ordinary, delivery and user acknowledgement (section 5.2.12)."""
_RESERVED_RECEIPT = 0xE0
_NEVER = (None, None)


class Recipient(NamedTuple):
    """One destination, as sent and in E.164."""

    address: Address
    number: str


class Order(NamedTuple):
    """What one client asked to have sent, under one message_id."""

    system_id: str
    bind: int
    """The session it came by."""
    service_type: str
    source: Address
    sender: str
    recipients: tuple[Recipient, ...]
    esm_class: int
    registered: int
    data_coding: int
    octets: bytes
    header: bytes
    part: Part | None
    schedule: datetime | None
    expires: datetime | None
    replaces: bool
    user_reference: int | None
    unsent: tuple[tuple[Address, CommandStatus], ...]
    """Destinations of submit_multi that cannot be sent to."""


@dataclass(frozen=True)
class OrderRules:
    """What decides about a request beside the request itself."""

    book: AddressBook
    longest: int
    """Octets of text."""


def read_order(wish: Submit, rules: OrderRules, system_id: str, bind: int, now: datetime) -> Order:
    """Judge a request.

    Raises:
        Refused: with the status of the first field that is wrong.
    """
    if wish.esm_class & _MESSAGE_TYPE not in _TYPES:
        raise Refused(_S.RINVESMCLASS, f"a client cannot send esm_class {wish.esm_class:#04x}")
    if wish.priority > 3:
        raise Refused(_S.RINVPRTFLG, f"priority {wish.priority}")
    if wish.registered & _RESERVED_RECEIPT:
        raise Refused(_S.RINVREGDLVFLG, f"registered_delivery {wish.registered:#04x}")
    if wish.replaces > 1:
        raise Refused(_S.RINVREPFLAG, f"replace_if_present {wish.replaces}")
    if len(wish.octets) > rules.longest:
        raise Refused(_S.RINVMSGLEN, f"a text of {len(wish.octets)} octets")
    data = read_user_data(wish.octets, wish.esm_class, wish.tlvs)
    schedule, expires = read_times(wish.schedule, wish.validity, now) if wish.schedule or wish.validity else _NEVER
    reference = wish.tlvs.get(Tag.USER_MESSAGE_REFERENCE)
    recipients, unsent = _recipients(wish.destinations, rules.book)
    return Order(
        system_id=system_id,
        bind=bind,
        service_type=wish.service_type,
        source=wish.source,
        sender=rules.book.sender(wish.source),
        recipients=recipients,
        esm_class=wish.esm_class,
        registered=wish.registered,
        data_coding=wish.data_coding,
        octets=data.octets,
        header=data.header,
        part=data.part,
        schedule=schedule,
        expires=expires,
        replaces=bool(wish.replaces),
        user_reference=None if reference is None else int.from_bytes(reference),
        unsent=unsent,
    )


def read_times(schedule: str, validity: str, now: datetime) -> tuple[datetime | None, datetime | None]:
    """When to send (None: now) and when to give up (None: never); a validity span counts from the sending.

    Raises:
        Refused: RINVSCHED or RINVEXPIRY, also for an instant that has passed.
    """
    begin = read_time(schedule, now, _S.RINVSCHED)
    if begin is not None and begin < now:
        raise Refused(_S.RINVSCHED, f"schedule_delivery_time {schedule} has passed; here it is {now:%Y-%m-%d %H:%M}")
    end = read_time(validity, begin or now, _S.RINVEXPIRY)
    if end is not None and end <= (begin or now):
        raise Refused(_S.RINVEXPIRY, f"validity_period {validity} has passed; here it is {now:%Y-%m-%d %H:%M}")
    return begin if begin and begin > now else None, end


def _recipients(
    destinations: tuple[Address, ...], book: AddressBook
) -> tuple[tuple[Recipient, ...], tuple[tuple[Address, CommandStatus], ...]]:
    """Those that can be sent to, and those that cannot; Refused when none can."""
    if len(destinations) == 1:
        return (Recipient(destinations[0], book.recipient(destinations[0])),), ()
    found, unsent = [], []
    for address in destinations:
        try:
            found.append(Recipient(address, book.recipient(address)))
        except Refused as refused:
            unsent.append((address, refused.status))
    if not found:
        raise Refused(_S.RINVDSTADR, "none of the destinations can be sent to")
    return tuple(found), tuple(unsent)
