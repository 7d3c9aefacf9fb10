"""A running SMS room, and small clients of it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from emulators.foundation.clock import Clock
from emulators.foundation.room import Room
from emulators.foundation.serving import Server
from emulators.sms.app import create_room
from emulators.sms.settings import SmsSettings

ACCOUNT = "AC" + "0" * 31 + "1"
TOKEN = "a secret of the sandbox"
COLLECTION = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"


@pytest.fixture(name="clock")
def _clock() -> Clock:
    """A clock that only the test moves."""
    clock = Clock()
    clock.hold()
    return clock


@pytest.fixture(name="make_room")
def _make_room(tmp_path: Path, clock: Clock) -> Iterator[Callable[..., Room]]:
    """Makes rooms over the test's own store; their workers rest unless a test starts them."""
    rooms: list[Room] = []

    def make(**settings: object) -> Room:
        room = create_room(SmsSettings(data_dir=tmp_path, port=0, smpp_port=0, **settings), clock, random.Random(7))
        rooms.append(room)
        return room

    yield make
    for room in rooms:
        for worker in room.workers:
            worker.stop()
        room.close()


@pytest.fixture(name="room")
def _room(make_room: Callable[..., Room]) -> Room:
    """One room with the default settings."""
    return make_room()


@pytest.fixture(name="running")
def _running(room: Room) -> Room:
    """That room with its carrier at work."""
    for worker in room.workers:
        worker.start()
    return room


@pytest.fixture(name="url")
def _url(running: Room) -> Iterator[str]:
    """Its address on a real socket, for what is claimed of sockets."""
    server = Server("127.0.0.1", 0)
    server.serve(running.app)
    yield server.url
    server.stop()


@pytest.fixture(name="http")
def _http(running: Room) -> Iterator[httpx.Client]:
    """A client at its doors that carries the account's credentials; no socket between."""
    transport = httpx.WSGITransport(running.app)
    with httpx.Client(transport=transport, base_url="http://127.0.0.1", auth=(ACCOUNT, TOKEN)) as client:
        yield client


@pytest.fixture(name="send")
def _send(http: httpx.Client) -> Callable[..., str]:
    """`send("+60...", "text")`: the sid of a message the room accepted."""

    def send(to: str, body: str, sender: str = "68833") -> str:
        answer = http.post(COLLECTION, data={"To": to, "From": sender, "Body": body})
        assert answer.status_code == 201, answer.text
        sid = answer.json()["sid"]
        assert isinstance(sid, str)
        return sid

    return send
