"""A mail scanner looks at every link first; a link that dies of it is shown as broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import httpx
import pytest
from flask import Flask, Response, redirect, request

from emulators.foundation.room import Room
from emulators.foundation.serving import Server
from emulators.smtp.looks import Look
from emulators.smtp.scanner import Verdict, verdict


@pytest.fixture(name="portal")
def _portal() -> Iterator[str]:
    """A portal with a good link, a bad one that a GET uses up, one that moves on, and one that never was."""
    app = Flask(__name__)
    used: list[str] = []

    @app.get("/good")
    def good() -> str:
        return "<title>Aktifkan</title><form method=post></form>"

    @app.get("/bad")
    def bad() -> Response:
        first = request.method == "GET" and not used
        if request.method == "GET":
            used.append("x")
        return Response("ok" if first or request.method == "HEAD" else "gone", 200 if first or not used else 410)

    @app.get("/moves")
    def moves() -> object:
        if request.method == "GET":
            used.append("m")
        return redirect("/good" if used.count("m") < 2 else "/expired")

    server = Server("127.0.0.1", 0)
    server.serve(app)
    yield server.url
    server.stop()


def _mail(portal: str) -> bytes:
    links = " ".join(f'<a href="{portal}/{name}">{name}</a>' for name in ("good", "bad", "moves", "never"))
    html = f'{links} <a href="https://elsewhere.invalid/x">x</a>'
    return f"Subject: pautan\r\nContent-Type: text/html\r\n\r\n{html}\r\n".encode()


def _verdicts(http: httpx.Client) -> dict[str, str]:
    scan = http.get("/api/v1/message/latest").json()["scan"] or {}
    return {link["href"].rpartition("/")[2]: link["verdict"] for link in scan.get("links", [])}


def test_a_link_that_a_scanner_uses_up_is_shown_as_broken(
    room: Room, deliver: Callable[..., None], http: httpx.Client, portal: str, until: Callable[..., object]
) -> None:
    """The verb switches it on; JSON and page tell each link's end; links elsewhere are not touched."""
    assert http.post("/_control/scanner", json={"on": True}).json() == {"on": True}
    room.workers[5].start()
    deliver(_mail(portal))
    until(lambda: _verdicts(http), "the mail has been scanned")
    page = http.get(f"/messages/{http.get('/api/v1/messages').json()['messages'][0]['ID']}").text

    assert _verdicts(http) == {"good": "alive", "bad": "broken", "moves": "changed", "never": "dead", "x": "blocked"}
    assert "rosak selepas diimbas" in page
    assert "2 pautan tidak lagi berfungsi" in page


def test_a_message_asks_for_the_scanner_by_itself(
    room: Room, deliver: Callable[..., None], http: httpx.Client, portal: str, until: Callable[..., object]
) -> None:
    """By its address, its header or a plan; the others are left alone."""
    room.workers[5].start()
    letter = f"Subject: x\r\n\r\n{portal}/good\r\n"
    deliver(letter)
    assert http.get("/api/v1/message/latest").json()["scan"] is None
    deliver(letter, to="x+sandbox.scanned@example.com")
    until(lambda: _verdicts(http) == {"good": "alive"}, "the asking mail has been scanned")
    deliver("X-Sandbox-Fault: scanned\r\n" + letter)
    until(lambda: _verdicts(http) == {"good": "alive"}, "the mail that asks in its header has been scanned")
    assert http.post("/_control/scanner", json={"on": 1}).status_code == 400


@pytest.mark.parametrize(
    ("head", "get", "after", "expected"),
    [
        (200, 200, 200, Verdict.ALIVE),
        (405, 200, 200, Verdict.ALIVE),
        (200, 200, 410, Verdict.BROKEN),
        (200, 404, 404, Verdict.BROKEN),
        (404, 404, 404, Verdict.DEAD),
        (0, 0, 0, Verdict.DEAD),
        (451, 451, 451, Verdict.BLOCKED),
        (200, 200, 302, Verdict.CHANGED),
    ],
)
def test_three_looks_make_a_verdict(head: int, get: int, after: int, expected: Verdict) -> None:
    """The scanner's HEAD and GET, and the reader's own."""
    assert verdict(*(Look("http://x", status, "") for status in (head, get, after))) is expected
