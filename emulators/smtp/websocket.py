"""The server's half of WebSocket (RFC 6455), as far as somebody needs it who only tells: handshake, text, ping, close.

What a client says is read for its control frames and otherwise left alone. Extensions are not agreed to.
"""

from __future__ import annotations

import base64
import hashlib
import select
import socket
from collections.abc import Mapping
from enum import IntEnum

_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
VERSION = "13"
LARGEST = 65_536
"""Octets of a client's frame; a longer one ends the conversation (1009)."""
SEND_SECONDS = 5.0
"""A client that takes nothing for so long is let go."""


class Opcode(IntEnum):
    """What a frame is (RFC 6455, 5.2)."""

    TEXT = 0x1
    CLOSE = 0x8
    PING = 0x9
    PONG = 0xA


class Gone(Exception):
    """The client has left."""


def accept_key(environ: Mapping[str, str]) -> str | None:
    """What the handshake answers to a client; None when the request asks for no WebSocket of this version."""
    key = environ.get("HTTP_SEC_WEBSOCKET_KEY", "")
    upgrade = environ.get("HTTP_UPGRADE", "").lower()
    if upgrade != "websocket" or environ.get("HTTP_SEC_WEBSOCKET_VERSION") != VERSION or len(key) > 100:
        return None
    try:
        if len(base64.b64decode(key, validate=True)) != 16:
            return None
    except ValueError:
        return None
    return base64.b64encode(hashlib.sha1(key.encode() + _GUID, usedforsecurity=False).digest()).decode()


class Line:
    """One conversation, from the handshake to the close."""

    def __init__(self, wire: socket.socket, key: str) -> None:
        """Answer the handshake with `key` (see `accept_key`)."""
        self._wire = wire
        self._read = b""
        wire.settimeout(SEND_SECONDS)
        head = ("HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade")
        self._send("\r\n".join([*head, f"Sec-WebSocket-Accept: {key}", "", ""]).encode())

    def tell(self, text: str) -> None:
        """Send a text message; Gone when the client has left."""
        self._frame(Opcode.TEXT, text.encode())

    def close(self, code: int) -> None:
        """Say goodbye (RFC 6455, 7.4: 1000 as agreed, 1001 the room closes, 1009 too long)."""
        self._frame(Opcode.CLOSE, code.to_bytes(2, "big"))

    def listen(self) -> None:
        """Answer what the client has said meanwhile; Gone when it has left, or wants to."""
        while select.select([self._wire], [], [], 0)[0]:
            try:
                piece = self._wire.recv(LARGEST)
            except OSError as error:
                raise Gone from error
            if not piece:
                raise Gone
            self._read += piece
            while (frame := self._next()) is not None:
                self._answer(*frame)

    def _answer(self, opcode: int, payload: bytes) -> None:
        if opcode == Opcode.CLOSE:
            self._frame(Opcode.CLOSE, payload[:2])
            raise Gone
        if opcode == Opcode.PING:
            self._frame(Opcode.PONG, payload)

    def _next(self) -> tuple[int, bytes] | None:
        """The next whole frame of what was read, unmasked."""
        read = self._read
        if len(read) < 2:
            return None
        length, start = read[1] & 0x7F, 2
        if length >= 126:
            start += 2 if length == 126 else 8
            if len(read) < start:
                return None
            length = int.from_bytes(read[2:start], "big")
        if length > LARGEST or not read[1] & 0x80:  # clients must mask (5.1)
            self.close(1009 if length > LARGEST else 1002)
            raise Gone
        end = start + 4 + length
        if len(read) < end:
            return None
        mask, payload = read[start : start + 4], read[start + 4 : end]
        self._read = read[end:]
        return read[0] & 0x0F, bytes(octet ^ mask[at % 4] for at, octet in enumerate(payload))

    def _frame(self, opcode: Opcode, payload: bytes) -> None:
        size = len(payload)
        if size < 126:
            head = bytes([0x80 | opcode, size])
        elif size < 65_536:
            head = bytes([0x80 | opcode, 126]) + size.to_bytes(2, "big")
        else:
            head = bytes([0x80 | opcode, 127]) + size.to_bytes(8, "big")
        self._send(head + payload)

    def _send(self, octets: bytes) -> None:
        try:
            self._wire.sendall(octets)
        except OSError as error:
            raise Gone from error
