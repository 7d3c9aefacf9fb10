"""PDUs on the wire: the header (SMPP 3.4 section 3.2, confidence high), cutting a stream into PDUs, writing one.

Four 32-bit numbers, big-endian: length with the header, command, status, sequence number; then the body.
"""

from __future__ import annotations

import struct
from enum import IntEnum
from typing import NamedTuple

HEADER = struct.Struct(">IIII")
LONGEST = 131_072
"""Octets of the longest PDU read: a message_payload of 64 KB and everything that may stand around it."""
RESPONSE = 0x80000000
_LENGTH = struct.Struct(">I")


class Command(IntEnum):
    """Requests by their command_id (section 5.1.2.1); a response has the highest bit set beside it."""

    BIND_RECEIVER = 0x01
    BIND_TRANSMITTER = 0x02
    QUERY_SM = 0x03
    SUBMIT_SM = 0x04
    DELIVER_SM = 0x05
    UNBIND = 0x06
    REPLACE_SM = 0x07
    CANCEL_SM = 0x08
    BIND_TRANSCEIVER = 0x09
    OUTBIND = 0x0B
    ENQUIRE_LINK = 0x15
    SUBMIT_MULTI = 0x21
    ALERT_NOTIFICATION = 0x102
    DATA_SM = 0x103


GENERIC_NACK = 0x80000000
KNOWN = frozenset(int(command) for command in Command)
ANSWERS = frozenset(command | RESPONSE for command in KNOWN) | {GENERIC_NACK}


class Pdu(NamedTuple):
    """One PDU; `command` is a number because a stranger may send any."""

    command: int
    status: int
    sequence: int
    body: bytes


class BadLength(Exception):
    """The stream cannot be cut any further: a length below the header's or beyond what is read."""

    def __init__(self, length: int, sequence: int) -> None:
        super().__init__(f"a PDU cannot have {length} octets")
        self.sequence = sequence
        """That of the PDU, 0 when it cannot be told."""


class Cutter:
    """Cuts what arrives into PDUs, however it was split or glued on the way."""

    def __init__(self) -> None:
        self._rest = b""

    @property
    def within(self) -> bool:
        """Whether a PDU has begun and not ended."""
        return bool(self._rest)

    def feed(self, data: bytes) -> tuple[list[Pdu], BadLength | None]:
        """The PDUs completed by `data`, and what is wrong with the one after them; then nothing can follow."""
        if self._rest:
            data = self._rest + data
        found, at, end = [], 0, len(data)
        wrong: BadLength | None = None
        while end - at >= 4:
            length = _LENGTH.unpack_from(data, at)[0]
            if not HEADER.size <= length <= LONGEST:
                if length < HEADER.size or end - at >= HEADER.size:
                    wrong = BadLength(length, HEADER.unpack_from(data, at)[3] if length > HEADER.size else 0)
                break
            if end - at < length:
                break
            _, command, status, sequence = HEADER.unpack_from(data, at)
            found.append(Pdu(command, status, sequence, data[at + 16 : at + length]))
            at += length
        self._rest = data[at:] if at else data
        return found, wrong


def pdu(command: int, status: int, sequence: int, body: bytes = b"") -> bytes:
    """A PDU as it is sent."""
    return HEADER.pack(HEADER.size + len(body), command, status, sequence) + body
