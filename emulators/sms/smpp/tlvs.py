"""Optional parameters: tag, length, value (SMPP 3.4 sections 3.2.4 and 5.3.2, confidence high)."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from enum import IntEnum

from emulators.sms.smpp.statuses import CommandStatus, Refused

_HEAD = struct.Struct(">HH")


class Tag(IntEnum):
    """The parameters this centre reads or writes; any other is taken and left alone."""

    RECEIPTED_MESSAGE_ID = 0x001E
    USER_MESSAGE_REFERENCE = 0x0204
    SAR_MSG_REF_NUM = 0x020C
    SAR_TOTAL_SEGMENTS = 0x020E
    SAR_SEGMENT_SEQNUM = 0x020F
    SC_INTERFACE_VERSION = 0x0210
    NETWORK_ERROR_CODE = 0x0423
    MESSAGE_PAYLOAD = 0x0424
    MESSAGE_STATE = 0x0427


_LENGTHS = {
    Tag.USER_MESSAGE_REFERENCE: 2,
    Tag.SAR_MSG_REF_NUM: 2,
    Tag.SAR_TOTAL_SEGMENTS: 1,
    Tag.SAR_SEGMENT_SEQNUM: 1,
}
_NONE: Mapping[int, bytes] = {}


def read_tlvs(data: bytes) -> Mapping[int, bytes]:
    """Values by tag; of a tag that comes twice, the first.

    Raises:
        Refused: RINVOPTPARSTREAM when the octets are no whole parameters, RINVPARLEN when a known one has another
            length than the specification gives it.
    """
    if not data:
        return _NONE
    found: dict[int, bytes] = {}
    at, end = 0, len(data)
    while at < end:
        if end - at < _HEAD.size:
            raise Refused(CommandStatus.RINVOPTPARSTREAM, "the body ends within the head of an optional parameter")
        tag, length = _HEAD.unpack_from(data, at)
        at += _HEAD.size
        if end - at < length:
            raise Refused(CommandStatus.RINVOPTPARSTREAM, f"the body ends within the optional parameter {tag:#06x}")
        if tag in _LENGTHS and length != _LENGTHS[Tag(tag)]:
            raise Refused(CommandStatus.RINVPARLEN, f"the optional parameter {tag:#06x} cannot have {length} octets")
        found.setdefault(tag, data[at : at + length])
        at += length
    return found


def tlv(tag: Tag, value: bytes) -> bytes:
    """A parameter as it is sent."""
    return _HEAD.pack(tag, len(value)) + value
