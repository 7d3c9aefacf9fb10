"""Those who follow the mailbox: Mailpit's WebSocket on a real socket, and server-sent events."""

from __future__ import annotations

import base64
import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx
import pytest

from emulators.foundation.room import Room
from emulators.foundation.serving import Server
from emulators.smtp.websocket import accept_key

KEY = base64.b64encode(b"0123456789abcdef").decode()
HANDSHAKE = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": KEY}


@contextmanager
def _connected(url: str, path: str = "/api/events", **headers: str) -> Iterator[tuple[socket.socket, list[str]]]:
    """A raw connection after its request, and the lines of the answer's head."""
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=10) as wire:
        lines = [f"GET {path} HTTP/1.1", f"Host: {parts.netloc}", *(f"{k}: {v}" for k, v in headers.items()), "", ""]
        wire.sendall("\r\n".join(lines).encode())
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += wire.recv(1)
        yield wire, head.decode().split("\r\n")


def _frame(wire: socket.socket) -> tuple[int, bytes]:
    first, size = _exactly(wire, 2)
    if size == 126:
        size = int.from_bytes(_exactly(wire, 2), "big")
    return first & 0x0F, _exactly(wire, size)


def _exactly(wire: socket.socket, size: int) -> bytes:
    read = b""
    while len(read) < size:
        piece = wire.recv(size - len(read))
        assert piece, "the line ended"
        read += piece
    return read


def _masked(opcode: int, payload: bytes) -> bytes:
    mask = os.urandom(4)
    return bytes([0x80 | opcode, 0x80 | len(payload)]) + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(payload))


def _event(wire: socket.socket) -> tuple[str, object]:
    opcode, payload = _frame(wire)
    assert opcode == 1
    told = json.loads(payload)
    return told["Type"], told["Data"]


def test_the_key_is_answered_as_the_rfc_has_it() -> None:
    """The example of RFC 6455, 1.3; anything else is no handshake."""
    asked = {"HTTP_UPGRADE": "websocket", "HTTP_SEC_WEBSOCKET_VERSION": "13"}

    assert accept_key({**asked, "HTTP_SEC_WEBSOCKET_KEY": "dGhlIHNhbXBsZSBub25jZQ=="}) == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
    for key in ("", "x", "%%%", "a" * 500):
        assert accept_key({**asked, "HTTP_SEC_WEBSOCKET_KEY": key}) is None


def test_a_follower_hears_of_everything_and_is_answered(
    url: str, deliver: Callable[..., None], http: httpx.Client
) -> None:
    """new, stats, update, delete and truncate with their data; a ping gets its pong; a close is agreed to."""
    with _connected(url, **HANDSHAKE) as (wire, head):
        assert head[0] == "HTTP/1.1 101 Switching Protocols"
        deliver()
        kind, summary = _event(wire)
        assert (kind, summary) == ("new", http.get("/api/v1/messages").json()["messages"][0])
        uid = http.get("/api/v1/messages").json()["messages"][0]["ID"]
        assert _event(wire) == ("stats", {"Total": 1, "Unread": 1})
        http.get(f"/api/v1/message/{uid}")
        assert _event(wire) == ("update", {"ID": uid, "Read": True})
        assert _event(wire) == ("stats", {"Total": 1, "Unread": 0})
        wire.sendall(_masked(9, b"hai"))
        assert _frame(wire) == (10, b"hai")
        http.delete("/api/v1/messages")
        assert [_event(wire)[0] for _ in range(4)] == ["delete", "stats", "truncate", "stats"]
        wire.sendall(_masked(8, b"\x03\xe8"))
        assert _frame(wire) == (8, b"\x03\xe8")
        assert wire.recv(1) == b""


def test_a_follower_that_breaks_the_rules_is_let_go(url: str) -> None:
    """A frame without a mask ends the conversation; so does one that is too long."""
    for said, code in ((b"\x81\x01x", 1002), (b"\x81\xff" + (1 << 40).to_bytes(8, "big") + b"mask", 1009)):
        with _connected(url, **HANDSHAKE) as (wire, _):
            wire.sendall(said)
            assert _frame(wire) == (8, code.to_bytes(2, "big"))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 400),
        ({**HANDSHAKE, "Origin": "http://evil.invalid"}, 401),
        ({**HANDSHAKE, "Origin": "http://["}, 401),
    ],
)
def test_pages_of_other_sites_may_not_follow(url: str, headers: dict[str, str], status: int) -> None:
    """Browsers do not keep a WebSocket from another site, so the door does; a plain request is told what it is."""
    with _connected(url, **headers) as (_, head):
        assert head[0].split()[1] == str(status)


def test_followers_are_let_go_when_the_room_closes(room: Room, deliver: Callable[..., None]) -> None:
    """1001 over WebSocket; the stream of events ends; the server stops at once."""
    server = Server("127.0.0.1", 0)
    server.serve(room.app)
    with _connected(server.url, **HANDSHAKE) as (wire, _), _connected(server.url, "/api/v1/events") as (stream, _):
        deliver()
        assert _event(wire)[0] == "new"
        heard = b""
        while b"event: new" not in heard:
            heard += stream.recv(4096)
        room.workers[3].stop()
        while (frame := _frame(wire))[0] == 1:
            pass
        assert frame == (8, (1001).to_bytes(2, "big"))
    server.stop()
