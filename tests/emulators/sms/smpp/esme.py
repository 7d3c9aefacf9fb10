"""A bare client that can say anything, right or wrong."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass
from typing import Any

HEADER = struct.Struct(">IIII")
SECONDS = 5.0
SUBMIT_SM, BIND_TRANSMITTER, BIND_RECEIVER, BIND_TRANSCEIVER = 0x04, 0x02, 0x01, 0x09
TO = b"60110000001"


OPEN: list[Esme] = []
"""The clients of the present test, which are closed after it."""


@dataclass(frozen=True)
class Said:
    """One PDU the centre sent."""

    command: int
    status: int
    sequence: int
    body: bytes

    @property
    def head(self) -> tuple[int, int, int]:
        """Command, status and sequence number."""
        return self.command, self.status, self.sequence

    @property
    def message_id(self) -> str:
        """The C-octet string its body begins with."""
        return self.body.partition(b"\0")[0].decode()


class Esme:
    """A client that packs by itself, so that what it proves does not lean on the centre's own code."""

    def __init__(self, address: str) -> None:
        host, _, port = address.rpartition(":")
        self.socket = socket.create_connection((host, int(port)), SECONDS)
        self._sequence = 0
        self._rest = b""
        OPEN.append(self)

    def say(self, data: bytes) -> None:
        """Send octets as they are."""
        self.socket.sendall(data)

    def packed(self, command: int, body: bytes = b"", sequence: int | None = None, status: int = 0) -> bytes:
        """A PDU; the next sequence number unless one is given."""
        if sequence is None:
            self._sequence += 1
            sequence = self._sequence
        return HEADER.pack(16 + len(body), command, status, sequence) + body

    def ask(self, command: int, body: bytes = b"") -> Said:
        """Send a request; the next PDU that comes."""
        self.say(self.packed(command, body))
        return self.hear()

    def hear(self) -> Said:
        """The next PDU."""
        while len(self._rest) < 16 or len(self._rest) < HEADER.unpack_from(self._rest)[0]:
            data = self.socket.recv(65536)
            assert data, "the centre hung up"
            self._rest += data
        length, command, status, sequence = HEADER.unpack_from(self._rest)
        body, self._rest = self._rest[16:length], self._rest[length:]
        return Said(command, status, sequence, body)

    def hung_up(self) -> bool:
        """Whether nothing more comes but the end."""
        try:
            return self.socket.recv(1) == b""
        except ConnectionResetError:
            return True

    def bind(self, command: int = BIND_TRANSCEIVER, name: str = "esme", password: str = "secret") -> Said:
        """Bind."""
        return self.ask(command, name.encode() + b"\0" + password.encode() + b"\0\0\x34\0\0\0")

    def submit(self, text: bytes = b"Kod 123456", **fields: Any) -> Said:
        """Submit one message and hear the answer."""
        return self.ask(SUBMIT_SM, submit_body(text, **fields))

    def close(self) -> None:
        """Hang up."""
        self.socket.close()


def submit_body(
    text: bytes = b"Kod 123456",
    *,
    to: bytes = TO,
    to_ton: int = 1,
    to_npi: int = 1,
    source: bytes = b"68833",
    source_ton: int = 3,
    source_npi: int = 0,
    service_type: bytes = b"",
    esm_class: int = 0,
    priority: int = 0,
    schedule: bytes = b"",
    validity: bytes = b"",
    registered: int = 0,
    replaces: int = 0,
    data_coding: int = 0,
    predefined: int = 0,
    length: int | None = None,
    tlvs: bytes = b"",
) -> bytes:
    """The body of submit_sm."""
    head = service_type + b"\0" + bytes((source_ton, source_npi)) + source + b"\0" + bytes((to_ton, to_npi)) + to
    head += b"\0" + bytes((esm_class, 0, priority)) + schedule + b"\0" + validity + b"\0"
    length = len(text) if length is None else length
    return head + bytes((registered, replaces, data_coding, predefined, length)) + text + tlvs


def tlv(tag: int, value: bytes) -> bytes:
    """One optional parameter."""
    return struct.pack(">HH", tag, len(value)) + value
