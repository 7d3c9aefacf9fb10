"""The default transport, over real sockets."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from features.transport import HttpTransport, Unreachable


class _Echo(BaseHTTPRequestHandler):
    """Tells what it was asked; gives a cookie at /cookie, hangs up after each answer at /brief."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        told = (self.command, self.path, self.headers.get("Cookie"), self.rfile.read(length), self.client_address[1])
        body = repr(told).encode()
        self.send_response(303 if self.path == "/away" else 200)
        self.send_header("Content-Length", str(len(body)))
        if self.path == "/away":
            self.send_header("Location", "/elsewhere")
        if self.path == "/cookie":
            self.send_header("Set-Cookie", "one=1; Path=/; HttpOnly; SameSite=Lax")
            self.send_header("Set-Cookie", "two=2; Path=/deep")
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = self.path == "/brief"

    do_POST = do_GET  # noqa: N815  named by http.server

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture(name="url")
def _url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Echo) as server:
        server.daemon_threads = True
        serving = threading.Thread(target=server.serve_forever, args=(0.01,))
        serving.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        serving.join()


@pytest.fixture(name="transport")
def _transport() -> Iterator[HttpTransport]:
    transport = HttpTransport(timeout=5)
    yield transport
    transport.close()


def told(transport: HttpTransport, url: str, method: str = "GET", data: bytes | None = None) -> list[str]:
    """What the server says it was asked: method, path, cookies, body, the caller's port."""
    body = transport.request(method, url, data=data, headers={}, name="-").body.decode()
    return [word.strip(" '") for word in body.strip("()").split(",")]


def test_method_address_and_body_arrive_as_they_were_given(transport: HttpTransport, url: str) -> None:
    """What is quoted stays so, what cannot stand in an address is quoted."""
    assert told(transport, f"{url}/a%2Fb?q=1&r=%20", "POST", b"x=1")[:4] == [
        "POST",
        "/a%2Fb?q=1&r=%20",
        "None",
        "b'x=1",
    ]
    assert told(transport, f"{url}/kad psv")[1] == "/kad%20psv"


def test_a_redirect_is_not_followed(transport: HttpTransport, url: str) -> None:
    """Following is the browser's business; header names come in lower case."""
    answer = transport.request("GET", f"{url}/away", data=None, headers={}, name="-")

    assert (answer.status, answer.url, answer.headers["location"]) == (303, f"{url}/away", "/elsewhere")


def test_cookies_are_kept_where_they_belong_until_they_are_forgotten(transport: HttpTransport, url: str) -> None:
    """Each goes to its own path only."""
    told(transport, f"{url}/cookie")

    assert told(transport, f"{url}/")[2] == "one=1"
    assert told(transport, f"{url}/deep/down")[2] == "two=2; one=1"
    transport.forget_cookies()
    assert told(transport, f"{url}/deep/down")[2] == "None"


def test_a_connection_is_used_again_until_the_server_hangs_up(transport: HttpTransport, url: str) -> None:
    """A server may close an idle connection: the next request opens another and is answered."""
    first, second = told(transport, f"{url}/"), told(transport, f"{url}/brief")
    third = told(transport, f"{url}/")

    assert first[-1] == second[-1] != third[-1]


def test_threads_may_share_it(transport: HttpTransport, url: str) -> None:
    """Each request in flight has a connection of its own."""
    heard: list[str] = []
    threads = [threading.Thread(target=lambda n=n: heard.extend(told(transport, f"{url}/{n}")[1:2])) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(heard) == [f"/{n}" for n in range(8)]


def test_no_answer_is_named(transport: HttpTransport) -> None:
    """Nobody listens, or whoever listens hangs up without a word."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(5)
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        hanging_up = threading.Thread(target=lambda: silent.accept()[0].close())
        hanging_up.start()
        with pytest.raises(Unreachable, match=r"RemoteDisconnected|ConnectionReset"):
            transport.request("GET", address, data=None, headers={}, name="-")
        hanging_up.join()
    with pytest.raises(Unreachable, match="ConnectionRefused"):
        transport.request("GET", address, data=None, headers={}, name="-")
