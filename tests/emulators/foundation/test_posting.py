"""A letter is posted over real sockets to recipients of every kind."""

from __future__ import annotations

import base64
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from emulators.foundation import posting
from emulators.foundation.authority import Authority
from emulators.foundation.posting import LONGEST_ANSWER, Postman

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK"


class Recipient:
    """Answers each request on each connection with the next of its answers; None hangs up."""

    def __init__(self, *answers: bytes | None, tls: ssl.SSLContext | None = None) -> None:
        self.requests: list[bytes] = []
        self.connections = 0
        self._answers = list(answers)
        self._tls = tls
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def letter(self, path: str = "/direct", scheme: str = "http", at: str = "127.0.0.1") -> dict[str, object]:
        """A letter to it."""
        return {"url": f"{scheme}://{at}:{self.port}{path}", "body": "n=1", "headers": {"Content-Type": "text/plain"}}

    def close(self) -> None:
        """Take no more."""
        self._door.close()

    def _serve(self) -> None:
        while self._answers:
            try:
                line, _ = self._door.accept()
            except OSError:
                return
            with suppress(ssl.SSLError), self._tls.wrap_socket(line, server_side=True) if self._tls else line as talk:
                self.connections += 1
                self._talk(talk)

    def _talk(self, line: socket.socket) -> None:
        while True:
            request = b""
            while b"\r\n\r\nn=1" not in request:
                if not (piece := line.recv(65536)):
                    return
                request += piece
            self.requests.append(request)
            answer = self._answers.pop(0) if self._answers else None
            if answer is None:
                return
            line.sendall(answer)
            if b"Connection: close" in answer or b"Content-Length: 9" in answer:
                return


@contextmanager
def recipient(*answers: bytes | None, tls: ssl.SSLContext | None = None) -> Iterator[Recipient]:
    """One for a test."""
    one = Recipient(*answers, tls=tls)
    try:
        yield one
    finally:
        one.close()


def test_letters_to_one_place_share_a_connection_while_it_is_good() -> None:
    """One that the recipient closed is never written to."""
    with recipient(OK, OK, OK, None, OK) as shop, Postman(5) as postman:
        assert [postman.post(shop.letter()) for _ in range(3)] == [(200, "OK")] * 3
        assert shop.connections == 1

        status, said = postman.post(shop.letter())
        assert (status, "RemoteDisconnected" in said) == (0, True)
        assert postman.post(shop.letter()) == (200, "OK")

        assert shop.connections == 2


@pytest.mark.parametrize(
    ("answer", "read"),
    [
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nO\r\n1\r\nK\r\n0\r\n\r\n", (200, "OK")),
        (b"HTTP/1.0 404 Not Found\r\nConnection: close\r\n\r\ngone", (404, "gone")),
        (b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n", (302, "")),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=latin-1\r\nContent-Length: 1\r\n\r\n\xe9", (200, "é")),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=odd\r\nContent-Length: 1\r\n\r\n\xe9", (200, "\ufffd")),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=hex\r\nContent-Length: 2\r\n\r\nOK", (200, "OK")),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n\xc3\r\n1\r\n\xa9\r\n0\r\n\r\n", (200, "é")),
        (b"HTTP/1.1 100 Continue\r\n\r\n" + OK, (200, "OK")),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + b"x" * 5000, (200, "x" * LONGEST_ANSWER)),
    ],
    ids=[
        "chunked",
        "http 1.0",
        "redirect",
        "charset",
        "unknown charset",
        "no text's charset",
        "parted character",
        "continue",
        "long",
    ],
)
def test_every_form_of_answer_is_read(answer: bytes, read: tuple[int, str]) -> None:
    """And no redirect is followed."""
    with recipient(answer) as shop, Postman(5) as postman:
        assert postman.post(shop.letter()) == read


@pytest.mark.parametrize(
    "answer",
    [
        OK,
        b"HTTP/1.1 500 Internal Server Error\r\nConnection: Close\r\nContent-Length: 3\r\nX-A:  b \r\n\r\n\xff\xc3\xa9",
        b"HTTP/1.1 404\r\ncontent-length: 0\r\nConnection: keep-alive\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nOK",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK and more",
        b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n",
    ],
)
def test_a_plain_answer_is_read_as_any_other(answer: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Alike by hand and by `http.client`: what it says, and whether the line is used again."""
    seen = []
    for by_hand in (True, False):
        if not by_hand:
            monkeypatch.setattr(posting, "_plain", lambda _piece: None)
        with recipient(answer, answer) as shop, Postman(5) as postman:
            read = [postman.post(shop.letter()) for _ in range(2)]
            seen.append((read, shop.connections))

    assert seen[0] == seen[1]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nOK", "IncompleteRead"),
        (b"SSH-2.0-x\r\n", "BadStatusLine"),
        (b"HTTP/1.1 200 OK\r\nContent-Le", "TimeoutError"),
    ],
    ids=["cut off", "no http", "head never ends"],
)
def test_what_is_no_whole_answer_is_an_attempt_with_a_reason(answer: bytes, reason: str) -> None:
    """Status 0; a head that stops is given up when the letter's time is up."""
    with recipient(answer) as shop, Postman(0.05 if reason == "TimeoutError" else 5) as postman:
        status, said = postman.post(shop.letter())

    assert (status, reason in said) == (0, True), said


@pytest.mark.parametrize(
    "url",
    ["ftp://127.0.0.1/x", "http:///x", "nonsense", "http://127.0.0.1:99999/", "http://[::1", "http://127.0.0.1:1/"],
)
def test_an_address_that_is_none_is_an_attempt_with_a_reason(url: str) -> None:
    """The courier goes on to the next letter."""
    with Postman(1) as postman:
        status, said = postman.post({"url": url, "body": "", "headers": {}})

    assert (status, bool(said)) == (0, True)


def test_a_request_says_what_its_address_and_headers_say() -> None:
    """Name and password of the address, a quoted path, the host without them; a line break in a header is refused."""
    with recipient(OK) as shop, Postman(5) as postman:
        assert postman.post(shop.letter("/a b/ü?q=1&r=x y", at="me%40x:s%3At@127.0.0.1")) == (200, "OK")
        status, said = postman.post({**shop.letter(), "headers": {"X": "a\r\nY: b"}})

    head = shop.requests[0].decode()
    assert head.startswith("POST /a%20b/%C3%BC?q=1&r=x%20y HTTP/1.1\r\n")
    assert f"\r\nHost: 127.0.0.1:{shop.port}\r\n" in head
    assert f"\r\nAuthorization: Basic {base64.b64encode(b'me@x:s:t').decode()}\r\n" in head
    assert "\r\nContent-Length: 3\r\n" in head
    assert (status, "line break" in said) == (0, True)


def test_a_recipient_with_tls_must_prove_who_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a root we believe; otherwise it gets no letter."""
    authority = Authority(tmp_path)
    tls = authority.server_context(["localhost"])
    with recipient(OK, OK, tls=tls) as shop, Postman(5) as postman:
        status, said = postman.post(shop.letter(scheme="https", at="localhost"))
        assert (status, "CERTIFICATE_VERIFY_FAILED" in said, shop.requests) == (0, True, [])

    believed = ssl.create_default_context(cafile=str(authority.certificate_file))
    monkeypatch.setattr("emulators.foundation.recipients.trusted_roots", lambda: believed)
    with recipient(OK, OK, tls=tls) as shop, Postman(5) as postman:
        letters = [shop.letter(scheme="https", at="localhost")] * 2
        assert [postman.post(letter) for letter in letters] == [(200, "OK")] * 2
        assert shop.connections == 1
