"""New mail told by POST: signed, again until answered, never lost."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from emulators.foundation.clock import Clock
from emulators.foundation.room import Room

Told = tuple[dict[str, str], bytes]


class _Receiver(ThreadingHTTPServer):
    """Takes posts; answers with the codes it was given, then with 200."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.codes: list[int] = []
        self.told: list[Told] = []


class _Handler(BaseHTTPRequestHandler):
    server: _Receiver

    def do_POST(self) -> None:
        """Note what was told."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        code = self.server.codes.pop(0) if self.server.codes else 200
        self.server.told.append((dict(self.headers), body))
        self.send_response(code)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Be quiet."""


@pytest.fixture(name="receiver")
def _receiver() -> Iterator[_Receiver]:
    """Somebody who wants to know."""
    with _Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def _start(room: Room) -> None:
    room.workers[4].start()


def test_a_new_mail_is_told_with_a_signature(
    room: Room, deliver: Callable[..., None], http: httpx.Client, receiver: _Receiver, until: Callable[..., object]
) -> None:
    """Mailpit's summary; the signature is the HMAC of the very body with the secret that was set."""
    url = f"http://127.0.0.1:{receiver.server_port}/x"
    assert http.post("/_control/webhooks", json={"urls": [url], "secret": "rahsia"}).json()["urls"] == [url]
    _start(room)
    deliver()
    until(lambda: receiver.told, "the mail is told")
    (headers, body), *_ = receiver.told

    assert json.loads(body) == http.get("/api/v1/messages").json()["messages"][0]
    signature = hmac.new(b"rahsia", body, hashlib.sha256).hexdigest()
    assert headers["X-Sandbox-Signature"] == f"sha256={signature}"
    assert headers["User-Agent"].startswith("Mailpit/")


def test_a_refused_letter_comes_again_and_after_a_restart(
    room: Room,
    make_room: Callable[..., Room],
    deliver: Callable[..., None],
    http: httpx.Client,
    receiver: _Receiver,
    clock: Clock,
    until: Callable[..., object],
) -> None:
    """500 first; what is still owed when the process ends is delivered by the next one."""
    receiver.codes = [500]
    http.post("/_control/webhooks", json={"urls": [f"http://127.0.0.1:{receiver.server_port}/"]})
    _start(room)
    deliver()
    until(lambda: "webhook" in [entry["kind"] for entry in room.journal(0, 50)], "the first attempt is noted")
    room.workers[4].stop()
    clock.advance(timedelta(seconds=10))
    second = make_room()
    _start(second)

    until(lambda: len(receiver.told) == 2, "the second process tells it again")
    assert receiver.told[0][1] == receiver.told[1][1]


def test_the_settings_name_receivers_too_and_a_wrong_wish_changes_nothing(
    make_room: Callable[..., Room],
) -> None:
    """The verb adds to the settings' addresses, tells them, and refuses what is no address."""
    client = make_room(webhook_urls=("http://127.0.0.1:9/a",)).app.test_client()

    assert client.post("/_control/webhooks", json={}).get_json()["urls"] == ["http://127.0.0.1:9/a"]
    for wish in ({"urls": ["ftp://x"]}, {"urls": "x"}, {"url": []}, {"urls": ["http://"]}, {"urls": [], "secret": 1}):
        assert client.post("/_control/webhooks", json=wish).status_code == 400
    both = client.post("/_control/webhooks", json={"urls": ["http://127.0.0.1:9/b"]}).get_json()["urls"]
    assert both == ["http://127.0.0.1:9/a", "http://127.0.0.1:9/b"]
    assert client.post("/_control/webhooks", json={"urls": []}).get_json()["urls"] == ["http://127.0.0.1:9/a"]
