"""What stands before the text: the user data header (3GPP TS 23.040 section 9.2.3.24) or the sar_ parameters.

A long text is cut by its sender; each part says to which text it belongs, how many parts there are and which it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from emulators.sms.smpp.statuses import CommandStatus, Refused
from emulators.sms.smpp.tlvs import Tag

HEADER_INDICATOR = 0x40
"""Bit of esm_class: a header stands before the text."""
_CONCATENATED_8, _CONCATENATED_16 = 0x00, 0x08


class Part(NamedTuple):
    """One part of a cut text; `kind` keeps apart references that only look alike."""

    kind: str
    reference: int
    total: int
    number: int


class UserData(NamedTuple):
    """A text's octets without the header, the header itself, and which part they are (None: the whole)."""

    octets: bytes
    header: bytes
    part: Part | None


def read_user_data(octets: bytes, esm_class: int, tlvs: Mapping[int, bytes]) -> UserData:
    """Take the header off.

    Raises:
        Refused: RINVESMCLASS when a header was announced and is none, RINVOPTPARAMVAL for impossible sar_ values,
            RMISSINGOPTPARAM when one of the three sar_ parameters is missing.
    """
    if esm_class & HEADER_INDICATOR:
        length = octets[0] + 1 if octets else 0
        if not octets or length > len(octets):
            raise Refused(CommandStatus.RINVESMCLASS, "esm_class announces a user data header that is not whole")
        return UserData(octets[length:], octets[:length], _concatenation(octets[1:length]))
    if tlvs and (Tag.SAR_TOTAL_SEGMENTS in tlvs or Tag.SAR_SEGMENT_SEQNUM in tlvs or Tag.SAR_MSG_REF_NUM in tlvs):
        return UserData(octets, b"", _segment(tlvs))
    return UserData(octets, b"", None)


def _concatenation(elements: bytes) -> Part | None:
    at, part = 0, None
    while at < len(elements):
        if at + 2 > len(elements) or at + 2 + elements[at + 1] > len(elements):
            raise Refused(CommandStatus.RINVESMCLASS, "an element of the user data header is not whole")
        element, value = elements[at], elements[at + 2 : at + 2 + elements[at + 1]]
        if element == _CONCATENATED_8 and len(value) == 3:
            part = _part("udh8", value[0], value[1], value[2])
        elif element == _CONCATENATED_16 and len(value) == 4:
            part = _part("udh16", value[0] << 8 | value[1], value[2], value[3])
        at += 2 + len(value)
    return part


def _part(kind: str, reference: int, total: int, number: int) -> Part | None:
    """An impossible number is ignored, as a handset ignores it (TS 23.040 section 9.2.3.24.1)."""
    return Part(kind, reference, total, number) if 1 <= number <= total and total > 1 else None


def _segment(tlvs: Mapping[int, bytes]) -> Part | None:
    try:
        reference, total, number = (
            int.from_bytes(tlvs[tag]) for tag in (Tag.SAR_MSG_REF_NUM, Tag.SAR_TOTAL_SEGMENTS, Tag.SAR_SEGMENT_SEQNUM)
        )
    except KeyError as missing:
        raise Refused(CommandStatus.RMISSINGOPTPARAM, f"a part without {missing.args[0].name.lower()}") from missing
    if not 1 <= number <= total:
        raise Refused(CommandStatus.RINVOPTPARAMVAL, f"part {number} of {total}")
    return Part("sar", reference, total, number) if total > 1 else None
