"""Plain requests under granian take the short way, everything else the long one; who is slow or gone harms nobody."""

from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from emulators.foundation.binding import listening

Server = tuple[int, "subprocess.Popen[bytes]"]


@pytest.fixture(name="server")
def _server(until: Callable[..., object]) -> Iterator[Server]:
    with listening("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    with subprocess.Popen([sys.executable, "-m", "tests.sandbox.echo_under_granian", str(port)]) as process:

        def listens() -> bool:
            with socket.socket() as line:
                return line.connect_ex(("127.0.0.1", port)) == 0

        until(listens, "granian listens")
        yield port, process
        process.terminate()


def post(
    server: Server, body: bytes | list[bytes] = b"hello", target: str = "/echo", odd: bool = False
) -> tuple[str, str]:
    """The way an answer came, and its text."""
    with closing(http.client.HTTPConnection("127.0.0.1", server[0], timeout=10)) as line:
        line.request("POST", target, body, {"X-Odd": "1"} if odd else {})
        answer = line.getresponse()
        return answer.headers["X-Way"], answer.read().decode()


def test_what_is_plain_goes_the_short_way_and_everything_else_the_long_one(server: Server) -> None:
    """What the room leaves, or fails at, can still be read on the long way; many at once are told their own."""
    assert post(server) == ("short", "hello")
    assert post(server, b"") == ("short", "")
    assert post(server, odd=True) == ("long", "hello")
    assert post(server, target="/echo?x=1") == post(server, target="/other") == ("long", "hello")
    assert post(server, b"leave") == ("long", "leave")
    assert post(server, [b"in ", b"pieces"]) == ("long", "in pieces")
    assert post(server, b"x" * 65_537) == ("long", "x" * 65_537)
    texts = [f"text {number}" if number % 5 else "leave" for number in range(60)]
    with ThreadPoolExecutor(20) as pool:
        told = list(pool.map(lambda text: post(server, text.encode()), texts))
    assert told == [("long" if text == "leave" else "short", text) for text in texts]


def test_a_room_that_fails_is_asked_the_long_way(server: Server) -> None:
    """Which goes on as before."""
    assert post(server, b"fail") == ("long", "fail")
    assert post(server) == ("short", "hello")


def test_slow_and_lost_clients_cost_the_others_nothing(server: Server) -> None:
    """A body that comes late is waited for; one that never comes is no request; one nobody waits for is nothing."""
    head = b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server[0]), timeout=10) as slow:
        slow.sendall(head + b"he")
        for said in (head + b"he", head + b"hello"):
            with socket.create_connection(("127.0.0.1", server[0])) as lost:
                lost.sendall(said)
        assert post(server) == ("short", "hello")
        slow.sendall(b"llo")
        answer = slow.recv(65_536)

    assert (b"x-way: short" in answer, answer.endswith(b"\r\n\r\nhello")) == (True, True)
    assert post(server) == ("short", "hello")


def test_what_was_taken_is_answered_before_the_end(
    server: Server, tmp_path: Path, until: Callable[..., object]
) -> None:
    """Told to end, the server waits for the room."""
    go = tmp_path / "go"
    with ThreadPoolExecutor(1) as pool:
        told = pool.submit(post, server, f"wait {go}".encode())
        until(go.with_suffix(".begun").exists, "the request is in hand")
        server[1].send_signal(signal.SIGTERM)

        def closed() -> bool:
            with socket.socket() as line:
                return line.connect_ex(("127.0.0.1", server[0])) != 0

        until(closed, "nothing new is taken")
        go.touch()

        assert told.result() == ("short", f"wait {go}")
    assert server[1].wait(10) == 0
