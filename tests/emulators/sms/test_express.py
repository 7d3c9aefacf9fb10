"""The short way of a plain post answers as the long way does, to the letter, and takes nothing that is not plain."""

from __future__ import annotations

import base64
import json
import re
import socket
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from emulators.foundation.room import Room
from emulators.foundation.serving import Server

ACCOUNT = "AC" + "0" * 31 + "7"
PATH = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
BASIC = "Basic " + base64.b64encode(f"{ACCOUNT}:rahsia".encode()).decode()
FORM = "application/x-www-form-urlencoded"
GOOD = "To=%2B60110000001&From=68833&Body=Kod+anda+482913"


@pytest.fixture(name="room")
def _room(make_room: Callable[..., Room]) -> Room:
    room = make_room()
    room.clock.hold()
    return room


@pytest.fixture(name="server")
def _server(room: Room) -> Iterator[Server]:
    server = Server("127.0.0.1", 0)
    server.serve(room.app, room.express)
    yield server
    server.stop()


def answered(server: Server, address: str, body: str | bytes, headers: dict[str, str]) -> tuple[int, list[Any], Any]:
    """Status, headers and JSON of a post, without what no two messages share."""
    told = httpx.post(f"{server.url}{address}", content=body, headers=headers)
    json = told.json()
    for name in ("sid", "uri", "subresource_uris"):
        json.pop(name, None)
    return told.status_code, [field for field in told.headers.multi_items() if field[0] != "date"], json


@pytest.mark.parametrize(
    "body",
    [
        GOOD,
        f"{GOOD}&Body=kedua&To=x",
        f"&&={GOOD}&&Body&=&%42ody=x&",
        f"{GOOD}==%=+%zz%2",
        "To=011-000+0001&From=Bank%20Ujian&Body=a%0Ab%00c&StatusCallback=http%3A%2F%2F127.0.0.1%3A9%2Fcb",
        "To=%2B60110000001&MessagingServiceSid=MG1&Body=%e4%b8%80%ff%F0%9F%98%80",
        "To=%2B60110000001&From=68833&Body=+%2B%26%3d;x&Unknown=1",
        "To=%2B60110000001&From=68833&Body=",
        "To=12&From=68833&Body=ada",
        "To=%2B60110000001&From=68833&Body=ada&MediaUrl=http%3A%2F%2Fx",
        "To=%2B60110000001&From=68833&Body=ada&SandboxFault=nothing",
        "To=%2B6011099999" + "10&From=68833&Body=ada",
        "",
        b"To=\xff&From=1&Body=x",
    ],
)
def test_both_ways_answer_alike(server: Server, body: str | bytes) -> None:
    """A query that means nothing is enough to take the long way."""
    headers = {"Authorization": BASIC, "Content-Type": FORM}

    assert answered(server, PATH, body, headers) == answered(server, f"{PATH}?long=1", body, headers)


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": FORM},
        {"Content-Type": FORM, "Authorization": "Basic ???"},
        {"Content-Type": FORM, "Authorization": BASIC.replace("Basic", "basic")},
        {"Content-Type": FORM, "Authorization": "Bearer x"},
        {"Content-Type": f"{FORM}; charset=utf-8", "Authorization": BASIC},
        {"Content-Type": "text/plain", "Authorization": BASIC},
        {"Content-Type": FORM, "Authorization": BASIC, "X-Sandbox-Fault": "rejected; code=21610"},
    ],
)
def test_both_ways_know_the_same_callers(server: Server, headers: dict[str, str]) -> None:
    """Whoever is refused is refused in the same words."""
    assert answered(server, PATH, GOOD, headers) == answered(server, f"{PATH}?long=1", GOOD, headers)


def test_a_form_cut_short_is_no_message(room: Room) -> None:
    """Its client died in the middle of it: the text would end anywhere."""
    headers = {"Authorization": BASIC, "Content-Type": FORM}

    told = room.app.test_client().post(
        PATH, data=GOOD[:-3], headers=headers, environ_overrides={"CONTENT_LENGTH": str(len(GOOD))}
    )

    assert (told.status_code, told.get_json()["status"]) == (400, 400)


def test_a_plain_post_does_not_reach_flask_and_a_planned_fault_sends_it_there(server: Server, room: Room) -> None:
    """What was planned strikes whatever the way."""
    seen: list[str] = []
    room.app.before_request(lambda: seen.append("flask"))
    headers = {"Authorization": BASIC, "Content-Type": FORM}
    plain = answered(server, PATH, GOOD, headers)[0]
    short = list(seen)
    assert room.faults is not None
    room.faults.plan({"name": "rejected", "count": 1})
    refused = answered(server, PATH, GOOD, headers)[0]

    assert (plain, short, refused) == (201, [], 400)
    assert seen == ["flask"]


def spoken(server: Server, *said: bytes) -> list[tuple[list[bytes], Any]]:
    """Header lines and JSON of each answer to what a client says, a piece at a time, without what no two share."""
    with socket.create_connection((server.host, server.port), timeout=5) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for piece in said:
            line.sendall(piece)
        line.shutdown(socket.SHUT_WR)
        told = b"".join(iter(lambda: line.recv(65_536), b""))
    told = re.sub(rb"SM[0-9a-f]{32}|\r\nDate: [^\r]*|\r\nContent-Length: [0-9]+", b"", told)
    answers = [answer.partition(b"\r\n\r\n") for answer in told.split(b"HTTP/1.")[1:]]
    return [(head.split(b"\r\n"), json.loads(body) if body else None) for head, _, body in answers]


def post(more: str = "", *, target: str = PATH, form: str = GOOD, version: str = "1.1") -> bytes:
    """A request as octets."""
    fields = f"Host: 127.0.0.1\r\nAuthorization: {BASIC}\r\nContent-Type: {FORM}\r\n{more}"
    return f"POST {target} HTTP/{version}\r\n{fields}Content-Length: {len(form)}\r\n\r\n{form}".encode()


HEADERS_AND_VERSIONS = (
    ("", "1.1"),
    ("", "1.0"),
    ("Connection: close\r\n", "1.1"),
    ("Connection: keep-alive\r\nUser-Agent: twilio-python/9\r\n", "1.1"),
    ("ORIGIN: http://elsewhere.test\r\nsec-fetch-site: cross-site\r\n", "1.1"),
    ("X-Forwarded-Proto: https\r\nX-Forwarded-Host: elsewhere.test\r\n", "1.1"),
    ("Content-Type: text/plain\r\n", "1.1"),
    ("Transfer-Encoding: identity\r\n", "1.1"),
    ("x-sandbox-fault: rejected; code=21610\r\n", "1.1"),
    ("X_Sandbox_Fault: rejected; code=21610\r\n", "1.1"),
)


@pytest.mark.parametrize("form", [GOOD, "To=12&From=68833&Body=ada", "To=%2B60110000001&From=1234&Body=%e4%b8%80%22"])
def test_the_octets_of_both_ways_are_the_same(server: Server, form: str) -> None:
    """Whatever is in the header: order, spelling and all."""
    for more, version in HEADERS_AND_VERSIONS:
        short = spoken(server, post(more, form=form, version=version))
        long = spoken(server, post(more, target=f"{PATH}?long=1", form=form, version=version))

        assert short == long
        assert len(short) == 1


def test_a_connection_may_be_used_for_everything(server: Server) -> None:
    """Posts that are taken, pages, refusals and an address in full, in pieces and one behind the other, in order."""
    head, blank, body = post().partition(b"\r\n\r\n")
    page = b"GET /api/v1/messages?limit=1 HTTP/1.1\r\nHost: a\r\n\r\n"
    refused = post(form="To=12&From=68833&Body=ada")
    in_full = post(target=f"http://127.0.0.1{PATH}")

    told = spoken(server, head + blank, body, page, post() + refused, in_full, page.replace(b"GET", b"HEAD"), post())

    assert [lines[0][2:5] for lines, _ in told] == [b"201", b"200", b"201", b"400", b"201", b"200", b"201"]
    assert told[1][1]["total"] == 1


def test_a_fault_planned_between_two_requests_of_a_connection_strikes_the_second(server: Server, room: Room) -> None:
    """And the third goes on as the first."""
    assert room.faults is not None
    with socket.create_connection((server.host, server.port), timeout=5) as line:
        line.sendall(post())
        first = line.recv(65_536)
        room.faults.plan({"name": "rejected", "count": 1})
        line.sendall(post())
        second = line.recv(65_536)
        room.faults.lift()
        line.sendall(post())
        third = line.recv(65_536)

    assert [told[9:12] for told in (first, second, third)] == [b"201", b"400", b"201"]


def test_what_the_store_does_not_take_is_said_the_long_way(
    server: Server, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store that fails is told of as ever, and neither message is kept."""
    monkeypatch.setattr("emulators.sms.storage.insert", lambda *_words: 1 / 0)
    told = spoken(server, post(), post(target=f"{PATH}?long=1"))
    monkeypatch.undo()

    assert [lines[0][2:5] for lines, _ in told] == [b"500", b"500"]
    assert told[0] == told[1]
    assert room.totals() == {"messages": {"count": 0}}
