"""The two ends of a connection read and write what a file would, in fewer calls."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from emulators.foundation.lines import Incoming, Outgoing

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture(name="pair")
def _pair() -> Iterator[Pair]:
    here, there = socket.socketpair()
    with here, there:
        yield here, there


def test_lines_and_octets_are_read_in_their_order_however_they_came(pair: Pair) -> None:
    """A line is cut at the size asked for; what came too early waits."""
    incoming = Incoming(pair[0])

    def speak() -> None:
        for piece in (b"GET / HT", b"TP/1.1\r\nHost: a\r\n\r", b"\nbody", b"next\nlast"):
            pair[1].sendall(piece)
        pair[1].shutdown(socket.SHUT_WR)

    speaker = threading.Thread(target=speak)
    speaker.start()
    lines = [incoming.readline(), incoming.readline(4), incoming.readline(256), incoming.readline()]
    body = incoming.read(4)
    speaker.join()

    assert lines == [b"GET / HTTP/1.1\r\n", b"Host", b": a\r\n", b"\r\n"]
    assert (body, incoming.readline(), incoming.has_data()) == (b"body", b"next\n", True)
    assert [incoming.readline(), incoming.readline(), incoming.read(3), incoming.has_data()] == [
        b"last",
        b"",
        b"",
        False,
    ]


def test_a_body_is_read_whole_or_as_far_as_it_came(pair: Pair) -> None:
    """By its size, by a larger one, and until the end."""
    incoming = Incoming(pair[0])
    whole = bytes(range(256)) * 2000

    def speak() -> None:
        pair[1].sendall(whole)
        pair[1].close()

    speaker = threading.Thread(target=speak)
    speaker.start()
    read = [incoming.read(10), incoming.read(300_000), incoming.read()]
    speaker.join()

    assert b"".join(read) == whole
    assert [len(part) for part in read] == [10, 300_000, len(whole) - 300_010]
    assert incoming.read(1) == b""


def test_what_is_written_together_leaves_in_one_piece(pair: Pair) -> None:
    """Also when something goes wrong meanwhile; afterwards everything leaves at once again."""
    outgoing = Outgoing(pair[0])

    def fails() -> None:
        with outgoing.together():
            outgoing.write(b"head ")
            pair[1].setblocking(False)
            with pytest.raises(BlockingIOError):
                pair[1].recv(1)
            outgoing.write(b"body")
            raise LookupError("the application failed")

    with pytest.raises(LookupError):
        fails()

    assert pair[1].recv(100) == b"head body"
    outgoing.write(b"more")
    assert pair[1].recv(100) == b"more"


def test_a_client_that_takes_long_gets_everything(pair: Pair) -> None:
    """More than the connection holds at once."""
    outgoing = Outgoing(pair[0])
    taken = bytearray()

    def take() -> None:
        while piece := pair[1].recv(1000):
            taken.extend(piece)

    client = threading.Thread(target=take)
    client.start()
    with outgoing.together():
        assert outgoing.write(b"x" * 300_000) == 300_000
        outgoing.write(b"y" * 300_000)
    pair[0].shutdown(socket.SHUT_WR)
    client.join()

    assert taken == b"x" * 300_000 + b"y" * 300_000
