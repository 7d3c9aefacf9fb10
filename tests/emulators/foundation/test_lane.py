"""Plain requests are answered by the lane, and everything else as if it had never looked."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest

from emulators.foundation.lines import Connection
from emulators.foundation.plain import LONGEST_BODY, LONGEST_HEAD, Plain, read_head
from emulators.foundation.serving import KEPT, Server, hang_up

FIELDS = (("Content-Type", "text/plain"), ("X-Lane", "both"))


class Echo:
    """Tells a text back; one text it leaves to the long way, at one it fails."""

    status = "201 CREATED"
    fields = FIELDS

    def __init__(self) -> None:
        self.batches: list[int] = []
        self.go = threading.Event()
        self.go.set()

    def expects(self, method: str, target: str, fields: Mapping[str, str]) -> bool:
        """Posts to /echo."""
        return (method, target) == ("POST", "/echo") and "x-odd" not in fields

    def answers(self, requests: Sequence[Plain]) -> Sequence[bytes | None]:
        """The texts."""
        self.batches.append(len(requests))
        self.go.wait(10)
        if any(request.body == b"fail" for request in requests):
            raise RuntimeError("the lane could not")
        return [None if request.body == b"leave" else request.body for request in requests]


def long_way(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    """The same by WSGI; it says what it saw where it is asked to."""
    if environ["PATH_INFO"] == "/gone":
        hang_up(environ)
        return []
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    if environ["PATH_INFO"] != "/echo":
        body = json.dumps([environ["REQUEST_METHOD"], environ["PATH_INFO"], body.decode()]).encode()
    start_response("201 CREATED", [FIELDS[0], ("Content-Length", str(len(body))), *FIELDS[1:]])
    return [body]


@pytest.fixture(name="echo")
def _echo() -> Echo:
    return Echo()


@pytest.fixture(name="server")
def _server(echo: Echo) -> Iterator[Server]:
    server = Server("127.0.0.1", 0)
    server.serve(long_way, echo)
    yield server
    echo.go.set()
    server.stop()


def post(body: bytes = b"hello", target: str = "/echo", more: str = "") -> bytes:
    """A request as octets."""
    return f"POST {target} HTTP/1.1\r\nHost: a\r\n{more}Content-Length: {len(body)}\r\n\r\n".encode() + body


class Client:
    """Reads answers, each whole, from a connection of its own."""

    def __init__(self, server: Server, receive_buffer: int = 0) -> None:
        self.line = socket.socket()
        if receive_buffer:
            self.line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.line.settimeout(5)
        self.line.connect((server.host, server.port))
        self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._held = b""

    def send(self, octets: bytes) -> None:
        """Say something."""
        self.line.sendall(octets)

    def answer(self) -> bytes:
        """The next answer, without its date; empty at the end."""
        while b"\r\n\r\n" not in self._held:
            if not self._more():
                return b""
        head, _, self._held = self._held.partition(b"\r\n\r\n")
        lines = [each for each in head.split(b"\r\n") if not each.startswith(b"Date: ")]
        length = int(dict(each.split(b": ", 1) for each in lines[1:])[b"Content-Length"])
        while len(self._held) < length:
            assert self._more()
        body, self._held = self._held[:length], self._held[length:]
        return b"\r\n".join(lines) + b"\r\n\r\n" + body

    def text(self) -> bytes:
        """The body of the next answer."""
        return self.answer().rpartition(b"\r\n\r\n")[2]

    def close(self) -> None:
        """Hang up."""
        self.line.close()

    def _more(self) -> bytes:
        piece = self.line.recv(65_536)
        self._held += piece
        return piece


def connected(server: Server, receive_buffer: int = 0) -> closing[Client]:
    """A client."""
    return closing(Client(server, receive_buffer))


def test_both_ways_answer_alike_to_the_letter(server: Server, echo: Echo) -> None:
    """The same octets but for the date: what the lane leaves is answered the long way on the same connection."""
    with connected(server) as line:
        line.send(post())
        short = line.answer()
        line.send(post(more="X-Odd: yes\r\n"))
        long = line.answer()
        line.send(post(b"leave"))
        left = line.answer()
        line.send(post())
        again = line.answer()

    assert short.endswith(b"\r\n\r\nhello")
    assert short == long == again
    assert left == short.replace(b"hello", b"leave")
    assert echo.batches == [1, 1, 1]


def test_a_request_may_come_in_two_pieces(server: Server, echo: Echo) -> None:
    """As most clients send it: head, then body."""
    head, blank, body = post().partition(b"\r\n\r\n")
    with connected(server) as line:
        for _ in range(3):
            line.send(head + blank)
            line.send(body)
            assert line.answer().endswith(b"hello")

    assert echo.batches == [1, 1, 1]


def test_a_body_that_drips_is_given_to_a_thread(server: Server, echo: Echo, until: Callable[..., object]) -> None:
    """It is answered all the same, and the lane has long gone on."""
    whole = post()
    with connected(server) as line:
        line.send(whole[:-2])
        until(lambda: server._cheroot._handed_on == 1, "a thread waits for it")
        line.send(whole[-2:-1])
        line.send(whole[-1:])
        assert line.answer().endswith(b"hello")

    assert echo.batches == []


@pytest.mark.parametrize("cut", [1, 9, 30])
def test_a_head_in_pieces_is_given_to_a_thread(server: Server, echo: Echo, cut: int) -> None:
    """Wherever it is cut."""
    with connected(server) as line:
        line.send(post()[:cut])
        line.send(post()[cut:])
        assert line.answer().endswith(b"hello")


def test_requests_one_behind_the_other_are_answered_in_their_order(server: Server) -> None:
    """All at once, or the second before the first is answered; plain or not."""
    bodies = [b"1", b"leave", b"3"]
    with connected(server) as line:
        line.send(b"".join(map(post, bodies)) + post(b"4", "/other") + post(b"5"))
        told = [line.text() for _ in range(5)]

    assert told == [*bodies, b'["POST", "/other", "4"]', b"5"]


@pytest.mark.parametrize("first", [b"first", b"leave"])
def test_what_comes_before_the_answer_is_put_aside_until_then(
    server: Server, echo: Echo, until: Callable[..., object], first: bytes
) -> None:
    """A client that does not wait has its answers in the order of its requests."""
    echo.go.clear()
    with connected(server) as line:
        line.send(post(first))
        until(lambda: echo.batches, "the first is in hand")
        line.send(post(b"second", "/other"))
        until(lambda: len(server._cheroot._connections._selector) == 1, "the second was seen")
        echo.go.set()
        told = [line.text() for _ in range(2)]

    assert told == [first, b'["POST", "/other", "second"]']


def test_those_that_come_together_are_answered_together(
    server: Server, echo: Echo, until: Callable[..., object]
) -> None:
    """Each its own; one that fails takes none with it."""
    echo.go.clear()
    lines = [Client(server) for _ in range(4)]
    texts = [b"first", b"a", b"fail", b"c"]
    lines[0].send(post(texts[0]))
    until(lambda: echo.batches, "the first is in hand")
    for line, text in zip(lines[1:], texts[1:], strict=True):
        line.send(post(text))
    until(lambda: sum(c.taken for _, c in connections(server)) == 4, "all are taken")
    echo.go.set()
    told = [line.text() for line in lines]
    for line in lines:
        line.close()

    assert told == texts
    assert sum(echo.batches) == 4


def connections(server: Server) -> list[tuple[int, Connection]]:
    """The connections the server knows, without its own socket."""
    known = server._cheroot._connections._selector.connections
    return [(descriptor, each) for descriptor, each in known if each is not server._cheroot]


def test_a_client_that_reads_slowly_holds_nobody_up(server: Server, until: Callable[..., object]) -> None:
    """The rest of its answer is sent by a thread; others are answered meanwhile, and so is what it asks next."""
    large = b"x" * 60_000
    assert server._cheroot.socket is not None
    server._cheroot.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    with connected(server, receive_buffer=4096) as slow, connected(server) as other:
        slow.send(post(large))
        until(lambda: server._cheroot._handed_on == 1, "a thread sends the rest")
        other.send(post())
        quick = other.text()
        heard = slow.text()
        slow.send(post())
        again = slow.text()

    assert (quick, heard, again) == (b"hello", large, b"hello")


@pytest.mark.parametrize("words", [b"hello", b"leave"])
def test_clients_that_come_and_go_take_nobody_with_them(
    server: Server, words: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    """More than are kept, each gone as soon as it is answered or before: their descriptors are others' at once."""
    for _ in range(4):
        lines = [Client(server) for _ in range(KEPT + 20)]
        for line in lines:
            line.send(post(words))
        heard = [line.text() for line in lines[::2]]
        for line in lines[1::2]:
            line.line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # gone with a RST
        for line in lines:
            line.close()
        assert heard == [words] * len(heard)

    with connected(server) as line:
        line.send(post())
        assert line.text() == b"hello"
    assert caplog.records == []


def test_a_connection_that_cannot_be_read_costs_its_neighbours_nothing(
    server: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is closed and logged; the next client is answered."""
    monkeypatch.setattr(server._cheroot._connections, "_head", {}.__getitem__)
    with connected(server) as line:
        line.send(post())
        assert line.answer() == b""
    monkeypatch.undo()
    with connected(server) as line:
        line.send(post())
        assert line.text() == b"hello"
    assert [record.message for record in caplog.records] == ["a connection could not be read"]


def test_a_stop_answers_what_was_taken(server: Server, echo: Echo, until: Callable[..., object]) -> None:
    """Its client hears that the connection ends."""
    echo.go.clear()
    with connected(server) as line:
        line.send(post())
        until(lambda: echo.batches, "it is in hand")
        stopper = threading.Thread(target=server.stop)
        stopper.start()
        until(lambda: not server._cheroot.ready, "the server stops")
        echo.go.set()
        told, end = line.answer(), line.answer()
        stopper.join(5)

    assert told.endswith(b"hello")
    assert (b"\r\nConnection: close\r\n" in told, end) == (True, b"")


def test_a_connection_can_still_be_hung_up_on_purpose(server: Server) -> None:
    """After the lane has answered on it."""
    with connected(server) as line:
        line.send(post())
        assert line.answer().endswith(b"hello")
        line.send(post(target="/gone"))
        assert line.answer() == b""


@pytest.mark.parametrize(
    "said",
    [
        b"GET /echo HTTP/1.1\r\nHost: a\r\n\r\n",
        post().replace(b"1.1", b"1.0"),
        post(more="Content-Length: 5\r\n"),
        post(more="Connection: close\r\n"),
        post(more="Expect: 100-continue\r\n"),
        post(more="Transfer-Encoding: chunked\r\n"),
        post(more="X_Odd: 1\r\n"),
        post(more="X-Odd: 1\r\n folded\r\n"),
        post(more="X-Odd:\r\n"),
        post(more="X-Odd: \xc3\xa9\r\n"),
        post(more="X-Odd : 1\r\n"),
        post().replace(b": 5", b": +5"),
        post().replace(b": 5", b": -5"),
        post().replace(b"\r\nHost", b"\nHost"),
        post(b"x" * (LONGEST_BODY + 1)),
    ],
)
def test_what_is_not_as_plain_as_can_be_is_not_for_the_lane(said: bytes) -> None:
    """The long way knows whether it is right."""
    assert read_head(said.partition(b"\r\n\r\n")[0]) is None


def test_names_of_fields_are_read_in_any_case() -> None:
    """As HTTP has it."""
    head = read_head(b"POST /x HTTP/1.1\r\nCONTENT-LENGTH:3\r\ncontent-type:  a/b \r\nConnection: Keep-Alive")

    assert head is not None
    assert (head.length, head.fields["content-type"]) == (3, "a/b")


def test_a_long_head_is_given_to_a_thread(server: Server, echo: Echo) -> None:
    """Which knows how long one may be."""
    with connected(server) as line:
        line.send(post(more=f"X-Long: {'x' * LONGEST_HEAD}\r\n"))
        assert line.answer().endswith(b"hello")
    assert echo.batches == []
