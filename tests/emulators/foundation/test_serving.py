"""Serving: the address is known before the first request, and the last one is answered."""

from __future__ import annotations

import errno
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import httpx
import pytest
from flask import Flask, request

from emulators.foundation.binding import CannotListen, PortTaken
from emulators.foundation.serving import THREADS, Server, lender

Until = Callable[..., object]


def hello(_environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    """The smallest application."""
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"hello"]


def test_the_address_is_known_before_anything_is_served() -> None:
    """Binding to port 0 gives a real port at once, so that rooms can be told of each other before they start."""
    server = Server("127.0.0.1", 0)

    assert server.port > 0
    assert f"http://127.0.0.1:{server.port}" == server.url

    server.serve(hello)

    assert httpx.get(server.url).text == "hello"

    server.stop()


def spoken(app: WSGIApplication, said: bytes) -> bytes:
    """Everything that is answered to the octets of a client that says no more."""
    server = Server("127.0.0.1", 0)
    server.serve(app)
    with socket.create_connection((server.host, server.port), timeout=5) as line:
        line.sendall(said)
        line.shutdown(socket.SHUT_WR)
        told = b"".join(iter(lambda: line.recv(65_536), b""))
    server.stop()
    return told


@pytest.mark.parametrize(
    "said",
    [
        b"GET / HTTP/1.1\r\n folded: onto nothing\r\nHost: a\r\n\r\n",
        b"GET ftp://[x/ HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET HTTP://x]/ HTTP/1.1\r\nHost: a\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\nabc",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1_0\r\n\r\nabcdeabcde",
    ],
)
def test_what_is_no_http_is_refused_and_not_our_mistake(said: bytes, caplog: pytest.LogCaptureFixture) -> None:
    """None of it ends in a 500, in a stack trace, or in waiting for a body of less than nothing."""
    told = spoken(hello, said)

    assert told.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert (told.count(b"HTTP/1.1"), caplog.records) == (1, [])


@pytest.mark.parametrize("trailers", [b"", b"X-Sum: 1\r\n"])
def test_a_body_in_pieces_that_nobody_read_is_not_the_next_request(trailers: bytes) -> None:
    """A door that refuses before it reads leaves the client's next request whole."""
    pieces = b"5;a=b\r\nhello\r\n0\r\n" + trailers + b"\r\n"
    post = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + pieces

    told = spoken(hello, post + b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")

    assert told.count(b"HTTP/1.1 200 OK") == 2


def test_after_pieces_that_cannot_be_read_the_connection_ends() -> None:
    """Where the next request would begin is not known."""
    post = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"

    told = spoken(hello, post + b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")

    assert (told.count(b"HTTP/1.1"), b"Connection: close" in told) == (1, True)


def test_pieces_that_could_not_be_read_are_not_waited_for() -> None:
    """The application has met the mistake: what comes after it would be read for the length of another piece."""
    app = Flask(__name__)
    app.add_url_rule("/", view_func=lambda: dict(request.form), methods=["POST"])
    head = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    server = Server("127.0.0.1", 0)
    server.serve(app)

    with socket.create_connection((server.host, server.port), timeout=2) as line:
        line.sendall(head + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n")
        told = line.recv(65_536)
    server.stop()

    assert b"Connection: close" in told


def test_a_body_cut_short_is_not_taken_for_a_whole_one() -> None:
    """A client that dies in the middle of its form has not sent it."""
    app = Flask(__name__)
    app.add_url_rule("/", view_func=lambda: request.form["text"], methods=["POST"])
    form = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 15\r\n\r\ntext=482"

    assert spoken(app, b"POST / HTTP/1.1\r\nHost: a\r\n" + form).startswith(b"HTTP/1.1 400 ")


def test_many_may_knock_at_once() -> None:
    """Two hundred connections are made at once although nobody takes one: none is dropped and has to try again."""
    server = Server("127.0.0.1", 0)

    with ExitStack() as doors:
        for _ in range(200):
            doors.enter_context(socket.create_connection((server.host, server.port), timeout=0.5))

    server.serve(hello)
    server.stop()


def test_an_address_on_every_interface_is_told_as_a_local_one() -> None:
    """Nobody can call 0.0.0.0: the URL names loopback."""
    server = Server("0.0.0.0", 0)
    server.serve(hello)

    assert f"http://127.0.0.1:{server.port}" == server.url
    assert httpx.get(server.url).text == "hello"

    server.stop()


def test_a_taken_port_is_named() -> None:
    """The error carries host and port, so that the front door can name the flag."""
    first = Server("127.0.0.1", 0)
    with pytest.raises(PortTaken) as caught:
        Server("127.0.0.1", first.port)
    first.serve(hello)
    first.stop()

    assert ("127.0.0.1", first.port) == (caught.value.host, caught.value.port)
    assert str(first.port) in str(caught.value)


def test_a_port_that_somebody_listens_on_first_is_taken_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two may be bound to it at the same moment; one can listen."""

    def too_late(_line: socket.socket, _backlog: int) -> None:
        raise OSError(errno.EADDRINUSE, "Address already in use")

    monkeypatch.setattr(socket.socket, "listen", too_late, raising=False)
    with pytest.raises(PortTaken):
        Server("127.0.0.1", 0)


def test_an_address_of_another_machine_is_refused_with_the_reason() -> None:
    """Not every failure to bind is a taken port: the reason is the system's own."""
    with pytest.raises(CannotListen, match="assign requested address") as caught:
        Server("192.0.2.1", 0)

    assert not isinstance(caught.value, PortTaken)


def test_a_stop_answers_the_request_in_flight_and_takes_no_new_one(until: Until) -> None:
    """The caller who was first is served to the end; the one who comes later finds the door shut."""
    entered, finish = threading.Event(), threading.Event()
    app = Flask("slow")

    @app.get("/")
    def slow() -> str:
        entered.set()
        finish.wait(5)
        return "done"

    server = Server("127.0.0.1", 0)
    server.serve(app)
    answers: list[str] = []
    caller = threading.Thread(target=lambda: answers.append(httpx.get(server.url).text))
    caller.start()
    assert entered.wait(5)
    stopper = threading.Thread(target=server.stop)
    stopper.start()

    until(lambda: refuses(server.port), "new connections are refused")
    finish.set()
    caller.join(5)
    stopper.join(5)

    assert answers == ["done"]


def test_a_server_that_never_served_can_be_stopped() -> None:
    """A start-up that fails half-way gives its ports back."""
    server = Server("127.0.0.1", 0)
    server.stop()

    again = Server("127.0.0.1", server.port)
    again.stop()

    assert server.port == again.port


def refuses(port: int) -> bool:
    """Whether nobody listens on the port."""
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) != 0


def test_requests_that_sleep_do_not_keep_others_from_being_answered(until: Until) -> None:
    """Three times as many sleepers as threads: an ordinary request is answered at once, and all wake in the end."""
    asleep: list[int] = []
    wake = threading.Event()

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        if environ["PATH_INFO"] == "/sleep":
            with lender(environ)():
                asleep.append(1)
                wake.wait(30)
        return list(hello(environ, start_response))

    server = Server("127.0.0.1", 0)
    server.serve(app)
    try:
        with ThreadPoolExecutor(3 * THREADS) as pool, httpx.Client(timeout=10) as client:
            sleepers = [pool.submit(httpx.get, f"{server.url}/sleep", timeout=30) for _ in range(3 * THREADS)]
            until(lambda: len(asleep) == 3 * THREADS, "every sleeper sleeps")

            assert client.get(server.url).text == "hello"

            wake.set()
            assert {sleeper.result().text for sleeper in sleepers} == {"hello"}
    finally:
        wake.set()
        server.stop()


def test_without_our_server_nothing_is_lent() -> None:
    """A room behind another server, or called in a test, waits on the thread it has."""
    with lender({})():
        pass


@pytest.fixture(name="serving")
def _serving() -> Iterator[Server]:
    server = Server("127.0.0.1", 0)
    server.serve(hello)
    yield server
    server.stop()


def test_silent_connections_take_no_thread(serving: Server) -> None:
    """Browsers connect ahead of need: more silent connections than threads, and the room answers at once."""
    silent = [socket.create_connection((serving.host, serving.port)) for _ in range(3 * THREADS)]
    try:
        answer = httpx.get(serving.url, timeout=2)
    finally:
        for connection in silent:
            connection.close()

    assert answer.status_code == 200


def test_slow_senders_do_not_close_the_room(serving: Server) -> None:
    """Heads that never end hold threads; others are answered by threads that grow when none is free."""
    slow = [socket.create_connection((serving.host, serving.port)) for _ in range(2 * THREADS)]
    try:
        for connection in slow:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: half a he")
        answer = httpx.get(serving.url, timeout=5)
    finally:
        for connection in slow:
            connection.close()

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("target", "status", "seen"),
    [
        ("/a//b?c=//d", "200", "/a//b c=//d"),
        ("//a/b", "200", "/a/b "),
        ("///a", "200", "/a "),
        ("http://elsewhere.test:80/a?b=c", "200", "/a b=c"),
        ("http://elsewhere.test", "200", "/ "),
        ("https://elsewhere.test//a", "200", "/a "),
        ("a", "400", ""),
        ("ftp://elsewhere.test/a", "400", ""),
    ],
)
def test_an_address_in_full_or_with_a_slash_too_many_is_understood(target: str, status: str, seen: str) -> None:
    """As servers of Java do; what names no path of this room is refused."""

    def told(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [f"[{environ['PATH_INFO']} {environ['QUERY_STRING']}]".encode()]

    server = Server("127.0.0.1", 0)
    server.serve(told)
    with socket.create_connection((server.host, server.port), timeout=2) as client:
        client.sendall(f"GET {target} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: client.recv(4096), b"")).decode()
    server.stop()

    assert answer.split(" ")[1] == status
    assert (f"[{seen}]" in answer) == bool(seen)
