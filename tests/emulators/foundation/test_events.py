"""Server-sent events over real sockets: told at once, missed ones told again, places given back."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import httpx
import pytest
from flask import Flask, request

from emulators.foundation import events as module
from emulators.foundation.error_pages import register_error_pages
from emulators.foundation.events import Events, Stream
from emulators.foundation.serving import THREADS, Server

Until = Callable[..., object]
PLACES = THREADS + 2


@pytest.fixture(name="events")
def _events(monkeypatch: pytest.MonkeyPatch) -> Events:
    monkeypatch.setattr(module, "HEARTBEAT_SECONDS", 0.05)
    return Events(PLACES)


@pytest.fixture(name="url")
def _url(events: Events) -> Iterator[str]:
    app = Flask("told")
    register_error_pages(app)

    @app.get("/events")
    def listen() -> Stream:
        return events.stream(request.environ)

    @app.get("/other")
    def other() -> str:
        return "answered"

    server = Server("127.0.0.1", 0)
    server.serve(app)
    yield server.url
    events.stop()
    server.stop()


def _listen(url: str, **headers: str) -> socket.socket:
    host, port = url.removeprefix("http://").split(":")
    client = socket.create_connection((host, int(port)), 5)
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    client.sendall(f"GET /events HTTP/1.1\r\nHost: {host}\r\n{lines}\r\n".encode())
    return client


def _read_until(client: socket.socket, text: str) -> str:
    said = ""
    while text not in said:
        piece = client.recv(65536).decode()
        assert piece, f"ended before {text!r}: {said!r}"
        said += piece
    return said


def test_a_listener_is_told_what_happens_after_it_came(events: Events, url: str) -> None:
    """The stream has its type, a number, a kind and JSON data; nothing of before is told to a newcomer."""
    events.publish("change", {"ref": "before"})
    with _listen(url) as client:
        head = _read_until(client, "SANDBOX")
        events.publish("change", {"ref": "after", "text": "baris\nbaru"})
        told = _read_until(client, "}\n\n")

    assert "text/event-stream" in head
    assert "before" not in head + told
    assert "id: 2\nevent: change\n" in told
    assert json.loads(told.split("data: ")[1].split("\n")[0]) == {"ref": "after", "text": "baris\nbaru"}


def test_a_listener_that_comes_back_is_told_what_it_missed(events: Events, url: str) -> None:
    """`Last-Event-ID` resumes; one from a former life of the room (too high, no number) starts at now."""
    for number in range(1, 4):
        events.publish("change", {"n": number})

    with _listen(url, Last_Event_ID="1") as client:
        told = _read_until(client, '{"n":3}')
    assert '{"n":2}' in told
    assert '{"n":1}' not in told

    for odd in ("99", "one", "-1"):
        with _listen(url, Last_Event_ID=odd) as client:
            assert '"n"' not in _read_until(client, "still here")


def test_listeners_hold_no_thread_from_others_and_there_is_a_bound(events: Events, url: str, until: Until) -> None:
    """More listeners than threads, and the room still answers; one more than the places is refused, in words."""
    with ExitStack() as clients:
        for _ in range(PLACES):
            clients.enter_context(_listen(url))
        until(lambda: events.listening() == PLACES, "all listen")

        assert httpx.get(f"{url}/other").text == "answered"
        refused = httpx.get(f"{url}/events")
        assert (refused.status_code, "the page still works" in refused.text) == (429, True)

    until(lambda: events.listening() == 0, "all have gone")


def test_stopping_lets_the_listeners_go(events: Events, url: str, until: Until) -> None:
    """The stream ends cleanly, and whoever comes later is told that the room is closing."""
    with _listen(url) as client:
        until(lambda: events.listening() == 1, "it listens")
        events.stop()
        _read_until(client, "0\r\n\r\n")

    assert httpx.get(f"{url}/events").status_code == 503
    until(lambda: events.listening() == 0, "all have gone")
