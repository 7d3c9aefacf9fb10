"""Mail as real senders send it, over real sockets."""

from __future__ import annotations

import asyncio
import smtplib
import socket
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from emulators.foundation.binding import PortTaken
from emulators.foundation.room import Room
from emulators.smtp.data_reading import read_data
from emulators.smtp.intake import Intake
from emulators.smtp.listener import Listener

LETTER = "From: ali@example.com\r\nTo: siti@example.com\r\nSubject: {}\r\n\r\nx\r\n"


def _newest(http: httpx.Client) -> dict[str, object]:
    found = http.get("/api/v1/message/latest").json()
    assert isinstance(found, dict)
    return found


def _talk(address: tuple[str, int], said: bytes, answers: int) -> list[bytes]:
    """Say everything in one write, hear `answers` final reply lines."""
    with socket.create_connection(address, timeout=10) as wire, wire.makefile("rb") as heard:
        assert heard.readline().startswith(b"220 ")
        wire.sendall(said)
        replies: list[bytes] = []
        while len(replies) < answers:
            line = heard.readline()
            assert line, f"the connection ended after {replies}"
            if line[3:4] == b" ":
                replies.append(line.rstrip())
        return replies


def test_a_message_is_there_when_it_is_acknowledged(deliver: Callable[..., None], http: httpx.Client) -> None:
    """No waiting between 250 and the first read."""
    deliver()

    assert _newest(http)["Subject"] == "Hai"


def test_one_message_to_many_is_one_message_and_the_hidden_are_in_bcc(
    deliver: Callable[..., None], http: httpx.Client
) -> None:
    """Recipients whom no header names are kept as Bcc; those it names are not repeated."""
    deliver(to=["siti@example.com", "RAHSIA@example.com", "rahsia2@example.com"])

    assert http.get("/api/v1/messages").json()["total"] == 1
    assert _newest(http)["Bcc"] == [
        {"Name": "", "Address": "RAHSIA@example.com"},
        {"Name": "", "Address": "rahsia2@example.com"},
    ]
    assert http.get("/api/v1/message/latest", params={"to": "rahsia@EXAMPLE.com"}).status_code == 200


def test_a_store_that_another_program_holds_keeps_no_other_client_waiting(
    address: tuple[str, int],
    deliver: Callable[..., None],
    http: httpx.Client,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """While a mail waits for the lock, NOOP is answered and a new client greeted; then the mail is there, once."""
    handed, submit = threading.Event(), Intake.submit

    def noted(*words: Any) -> None:
        submit(*words)
        handed.set()

    monkeypatch.setattr(Intake, "submit", noted)
    store = sqlite3.connect(tmp_path / "smtp.sqlite3", isolation_level=None)
    with ThreadPoolExecutor() as pool, smtplib.SMTP(*address, timeout=10) as idle, closing(store):
        store.execute("BEGIN IMMEDIATE")
        sent = pool.submit(deliver)
        assert handed.wait(4)
        assert idle.noop()[0] == 250
        with smtplib.SMTP(*address, timeout=10) as late:
            assert late.noop()[0] == 250
        assert not sent.done()
        store.rollback()
        sent.result(timeout=10)

    assert http.get("/api/v1/messages").json()["total"] == 1


def test_eight_bit_text_and_addresses_come_through(address: tuple[str, int], http: httpx.Client) -> None:
    """8BITMIME bodies and SMTPUTF8 addresses are offered, taken and shown."""
    letter = "From: ali@example.com\r\nTo: sité@example.com\r\nSubject: Café\r\n\r\nSelamat pagi, é ü 界\r\n".encode()
    with smtplib.SMTP(*address, timeout=10) as client:
        client.ehlo()
        assert client.has_extn("8bitmime")
        assert client.has_extn("smtputf8")
        assert client.esmtp_features["size"] == "26214400"
        client.sendmail("ali@example.com", "sité@example.com", letter, mail_options=["SMTPUTF8", "BODY=8BITMIME"])
    newest = _newest(http)

    assert (newest["Subject"], newest["Text"]) == ("Café", "Selamat pagi, é ü 界\r\n")
    assert newest["To"] == [{"Name": "", "Address": "sité@example.com"}]


def test_a_line_of_five_thousand_octets_is_taken_whole(deliver: Callable[..., None], http: httpx.Client) -> None:
    """Real software writes lines over 1,000 octets; nothing is cut."""
    deliver(LETTER.format("panjang") + "a" * 5000 + "\r\n")

    assert "a" * 5000 in str(_newest(http)["Text"])


def test_a_bounce_has_no_sender(deliver: Callable[..., None], http: httpx.Client) -> None:
    """MAIL FROM:<> is taken, and the return path is empty."""
    deliver(sender="")

    assert _newest(http)["ReturnPath"] == ""


def test_dots_are_as_the_sender_wrote_them(deliver: Callable[..., None], http: httpx.Client) -> None:
    """Transparency: a line that begins with dots keeps them."""
    deliver(LETTER.format("titik") + ".satu\r\n..dua\r\n.\r\nlagi\r\n")

    assert str(_newest(http)["Text"]).endswith(".satu\r\n..dua\r\n.\r\nlagi\r\n")


def test_a_whole_conversation_in_one_write_is_understood(address: tuple[str, int], http: httpx.Client) -> None:
    """Clients that pipeline get every answer in order."""
    said = (
        b"EHLO c\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\n"
        b"Subject: satu\r\n\r\nx\r\n.\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\n"
        b"Subject: dua\r\n\r\nx\r\n.\r\nQUIT\r\n"
    )

    codes = [reply[:3] for reply in _talk(address, said, 9)]

    assert codes == [b"250", b"250", b"250", b"354", b"250", b"250", b"250", b"354", b"250"]
    assert [m["Subject"] for m in http.get("/api/v1/messages").json()["messages"]] == ["dua", "satu"]


@pytest.mark.parametrize("end", [b"\n.\n", b"\n.\r\n", b"\r\n.\n", b"\r.\r", b"\n.\r"])
def test_a_bare_line_feed_cannot_smuggle_a_second_message_in(
    address: tuple[str, int], http: httpx.Client, end: bytes
) -> None:
    """Only CRLF dot CRLF ends the data; what looks like another ending is text of the one message."""
    smuggled = b"MAIL FROM:<evil@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\nSubject: evil\r\n\r\nx"
    said = (
        b"EHLO c\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\n"
        b"Subject: satu\r\n\r\nx" + end + smuggled + b"\r\n.\r\n"
    )

    replies = _talk(address, said, 5)

    assert replies[-1].startswith(b"250 2.0.0 Ok: queued as ")
    assert http.get("/api/v1/messages").json()["total"] == 1
    assert "evil@example.com" in str(_newest(http)["Text"])


@pytest.fixture(name="small")
def _small(make_room: Callable[..., Room]) -> tuple[str, int]:
    """A listener that takes at most 2,000 octets and three recipients."""
    listener, *_ = make_room(message_limit=2000, recipient_limit=3).workers
    assert isinstance(listener, Listener)
    listener.start()
    host, _, port = listener.address.rpartition(":")
    return host, int(port)


def test_an_announced_size_beyond_the_limit_is_refused_before_the_data(small: tuple[str, int]) -> None:
    """MAIL SIZE= too large: 552."""
    with smtplib.SMTP(*small, timeout=10) as client:
        client.ehlo()
        code, _ = client.mail("a@example.com", ["SIZE=2001"])

    assert code == 552


@pytest.mark.parametrize("body", ["x\r\n" * 1000, "x" * 3000 + "\r\n", "x" * 9000 + "\r\n"])
def test_too_much_data_is_refused_and_the_next_message_taken(small: tuple[str, int], body: str) -> None:
    """Many lines or one long line: 552 after the data, and the conversation goes on."""
    with smtplib.SMTP(*small, timeout=10) as client:
        client.helo()
        with pytest.raises(smtplib.SMTPDataError) as refused:
            client.sendmail("a@example.com", "b@example.com", LETTER.format("besar") + body)
        assert refused.value.smtp_code == 552
        assert client.sendmail("a@example.com", "b@example.com", LETTER.format("kecil")) == {}


def test_recipients_beyond_the_limit_are_refused_one_by_one(small: tuple[str, int]) -> None:
    """452 for the fourth; the first three get their mail."""
    with smtplib.SMTP(*small, timeout=10) as client:
        refused = client.sendmail("a@example.com", [f"{n}@example.com" for n in range(4)], LETTER.format("x"))

    assert {address: code for address, (code, _) in refused.items()} == {"3@example.com": 452}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (b"MAIL FROM:<a@example.com>\r\n", b"503"),
        (b"EHLO c\r\nDATA\r\n", b"503"),
        (b"EHLO c\r\nRCPT TO:<a@example.com>\r\n", b"503"),
        (b"EHLO c\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<>\r\n", b"553"),
        (b"EHLO c\r\nMAIL FROM:<a@example.com> NONSENSE=1\r\n", b"555"),
        (b"EHLO c\r\nMAIL FROM:<a@@@>\r\n", b"553"),
        (b"EHLO c\r\nMAIL\r\n", b"501"),
        (b"\x00\xff\x80\r\n", b"500"),
        (b"EHLO c\r\nBDAT 5\r\n", b"500"),
        (b"HELO " + b"x" * 5000 + b"\r\n", b"500"),
        (b"EHLO c\r\nVRFY\r\n", b"501"),
        (b"EHLO c\r\nMAIL FROM:<" + b"(" * 400 + b"\r\n", b"553"),
    ],
)
def test_nonsense_gets_the_protocols_own_error_and_the_conversation_goes_on(
    address: tuple[str, int], said: bytes, code: bytes
) -> None:
    """After a refused command the client can still say NOOP."""
    replies = _talk(address, said + b"NOOP\r\n", said.count(b"\r\n") + 1)

    assert replies[-2].startswith(code)
    assert replies[-1].startswith(b"250")


def test_bytes_that_are_no_text_in_an_address_are_stored_as_something_readable(
    address: tuple[str, int], http: httpx.Client
) -> None:
    """An envelope with broken UTF-8 is taken, listed and shown."""
    envelope = b"MAIL FROM:<\xff@example.com>\r\nRCPT TO:<\xfe\x80@example.com>\r\n"
    replies = _talk(address, b"EHLO c\xff\r\n" + envelope + b"DATA\r\nSubject: x\r\n\r\nx\r\n.\r\n", 5)
    newest = _newest(http)

    assert replies[-1].startswith(b"250")
    assert newest["ReturnPath"] == "\ufffd@example.com"
    assert newest["Bcc"] == [{"Name": "", "Address": "\ufffd\ufffd@example.com"}]
    for page in ("/", f"/messages/{newest['ID']}", "/_control/journal"):
        assert http.get(page).status_code == 200


def test_an_envelope_cannot_write_headers_of_its_own(address: tuple[str, int], http: httpx.Client) -> None:
    """A carriage return inside an address does not begin a line above the message."""
    envelope = b'MAIL FROM:<a@example.com>\r\nRCPT TO:<"a\rX-Evil: yes"@example.com>\r\n'
    _talk(address, b"EHLO c\rX-Evil: yes\r\n" + envelope + b"DATA\r\nSubject: x\r\n\r\nx\r\n.\r\n", 5)

    assert http.get("/api/v1/message/latest").status_code == 200
    assert "X-Evil" not in http.get("/api/v1/message/latest/headers").json()


def test_senders_at_the_same_time_lose_nothing(deliver: Callable[..., None], http: httpx.Client) -> None:
    """Eight senders, sixty-four messages, all there, all different."""
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: deliver(LETTER.format(f"no-{n}")), range(64)))

    messages = http.get("/api/v1/messages", params={"limit": 100}).json()["messages"]

    assert {message["Subject"] for message in messages} == {f"no-{n}" for n in range(64)}
    assert len({message["ID"] for message in messages}) == 64


def test_a_taken_port_is_named(make_room: Callable[..., Room], address: tuple[str, int]) -> None:
    """start() raises with host and port, and the room can still be closed."""
    second, *_ = make_room(smtp_port=address[1]).workers

    with pytest.raises(PortTaken) as raised:
        second.start()

    assert (raised.value.host, raised.value.port) == address


def test_the_address_is_unknown_before_the_start(make_room: Callable[..., Room]) -> None:
    """A port of 0 has no number yet, and nothing is pretended."""
    listener, *_ = make_room().workers
    assert isinstance(listener, Listener)

    with pytest.raises(RuntimeError, match="before it has started"):
        _ = listener.address


def test_a_stop_lets_the_message_under_way_finish(
    listener: Listener, address: tuple[str, int], room: Room, until: Callable[..., object]
) -> None:
    """Data begun before the stop is stored, acknowledged, and then the line is closed with 421; within two seconds."""
    with socket.create_connection(address, timeout=10) as wire, wire.makefile("rb") as heard:
        wire.sendall(b"HELO c\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\nSubject: akhir\r\n")
        while not heard.readline().startswith(b"354"):
            pass
        began = time.monotonic()
        stopping = threading.Thread(target=listener.stop)
        stopping.start()
        until(lambda: _refused(address), "the listener takes no new client")
        wire.sendall(b"\r\nx\r\n.\r\n")

        assert heard.readline().startswith(b"250 2.0.0 Ok: queued as ")
        assert heard.readline().startswith(b"421 ")
        assert heard.readline() == b""
    stopping.join()

    assert time.monotonic() - began < 2
    assert room.totals() == {"messages": {"count": 1}}


def test_a_stop_does_not_wait_for_the_idle_or_the_endless(listener: Listener, address: tuple[str, int]) -> None:
    """One client says nothing, another never ends its data: both are let go within two seconds."""
    with socket.create_connection(address, timeout=10) as idle, socket.create_connection(address, timeout=10) as slow:
        with slow.makefile("rb") as heard:
            slow.sendall(b"HELO c\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\nSubject: x\r\n")
            while not heard.readline().startswith(b"354"):
                pass
            began = time.monotonic()
            listener.stop()
            assert time.monotonic() - began < 2
            assert heard.read() == b""
        with idle.makefile("rb") as heard:
            assert heard.readline().startswith(b"220 ")
            assert heard.readline().startswith(b"421 ")
            assert heard.read() == b""


def _refused(address: tuple[str, int]) -> bool:
    try:
        with socket.create_connection(address, timeout=1):
            return False
    except OSError:
        return True


@pytest.fixture(name="narrow")
def _narrow(make_room: Callable[..., Room]) -> tuple[str, int]:
    """A listener that takes two clients at once and has a fifth of a second of patience."""
    listener, *_ = make_room(connections_limit=2, idle_seconds=0.2).workers
    assert isinstance(listener, Listener)
    listener.start()
    host, _, port = listener.address.rpartition(":")
    return host, int(port)


def test_a_client_too_many_is_told_and_let_go(narrow: tuple[str, int], until: Callable[..., object]) -> None:
    """421 for the third; when one has gone the next is taken."""
    with socket.create_connection(narrow, timeout=10), socket.create_connection(narrow, timeout=10):
        until(lambda: _greeting(narrow).startswith(b"421 4.7.0"), "the third client is told to come later")
    until(lambda: _greeting(narrow).startswith(b"220 "), "a client is taken again")


def test_a_client_that_drips_or_is_silent_is_told_and_let_go(narrow: tuple[str, int]) -> None:
    """421 4.4.2 in the middle of a command, and in the middle of the data."""
    for said in (b"EHL", b"HELO c\r\nMAIL FROM:<a@b>\r\nRCPT TO:<b@b>\r\nDATA\r\nSubject: x\r\n"):
        with socket.create_connection(narrow, timeout=10) as wire, wire.makefile("rb") as heard:
            wire.sendall(said)
            assert heard.read().splitlines()[-1].startswith(b"421 4.4.2 ")


def test_a_client_that_speaks_has_its_time_anew(make_room: Callable[..., Room]) -> None:
    """Silent twice for two thirds of the time it has, and not let go."""
    listener, *_ = make_room(idle_seconds=0.6).workers
    assert isinstance(listener, Listener)
    listener.start()
    host, _, port = listener.address.rpartition(":")
    with socket.create_connection((host, int(port)), timeout=0.4) as wire:
        assert wire.recv(1000).startswith(b"220 ")
        for _ in range(2):
            with pytest.raises(TimeoutError):
                wire.recv(1)
            wire.sendall(b"NOOP\r\n")
            assert wire.recv(1000).startswith(b"250 ")


def _greeting(address: tuple[str, int]) -> bytes:
    with socket.create_connection(address, timeout=10) as wire, wire.makefile("rb") as heard:
        return heard.readline()


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (b".\r\n", b""),
        (b"\r\n.\r\n", b"\r\n"),
        (b"x\r\n.\r\n", b"x\r\n"),
        (b"..\r\n.x\r\n...\r\n.\r\n", b".\r\nx\r\n..\r\n"),
        (b"x\n.\n.\ry\r\n.\r\n", b"x\n.\n.\ry\r\n"),
    ],
)
def test_data_end_at_a_line_with_one_dot_and_nowhere_else(said: bytes, kept: bytes) -> None:
    """In one piece or octet by octet; what follows the end is left for the next command."""

    async def read(pieces: list[bytes], limit: int) -> tuple[bytes | None, bytes]:
        reader = asyncio.StreamReader(limit=limit)
        task = asyncio.ensure_future(read_data(reader, limit))
        for piece in pieces:
            reader.feed_data(piece)
            await asyncio.sleep(0)
        data = await task
        reader.feed_eof()
        return data, await reader.read()

    octets = [bytes([octet]) for octet in said + b"QUIT\r\n"]
    for pieces in ([said + b"QUIT\r\n"], octets):
        assert asyncio.run(read(pieces, 100)) == (kept, b"QUIT\r\n")
    assert asyncio.run(read([b"y" * 300, b"\r\n", said, b"QUIT\r\n"], 100)) == (None, b"QUIT\r\n")
