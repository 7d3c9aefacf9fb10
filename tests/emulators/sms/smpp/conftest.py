"""A room whose SMPP listener answers."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from emulators.foundation.clock import Clock
from emulators.foundation.room import Room
from emulators.sms.app import create_room
from emulators.sms.settings import SmsSettings
from emulators.sms.smpp.listener import Listener
from tests.emulators.sms.smpp.esme import OPEN, Esme


@dataclass(frozen=True)
class Running:
    """A room at work."""

    room: Room
    clock: Clock
    address: str

    def connect(self) -> Esme:
        """A client of it."""
        return Esme(self.address)

    def messages(self, to: str = "") -> list[dict[str, Any]]:
        """What the reader's door shows, newest first."""
        found: list[dict[str, Any]] = (
            self.room.app.test_client().get(f"/api/v1/messages?to={to}").get_json()["messages"]
        )
        return found

    def journal(self, kind: str) -> list[dict[str, Any]]:
        """The entries of one kind, oldest first."""
        found, since = [], 0
        while page := self.room.journal(since, 1000):
            found += [entry for entry in page if entry["kind"] == kind]
            since = page[-1]["id"]
        return found

    def control(self, verb: str, wish: dict[str, Any]) -> Any:
        """Ask a control door."""
        return self.room.app.test_client().post(f"/_control/{verb}", json=wish).get_json()


Start = Callable[..., Running]


def start_room(folder: Path, clock: Clock, held: ExitStack, **settings: object) -> Running:
    """A room with all its workers; it ends with `held`."""
    room = create_room(SmsSettings(data_dir=folder, port=0, smpp_port=0, **settings), clock, random.Random(7))
    held.callback(room.close)
    for worker in room.workers:
        worker.start()
        held.callback(worker.stop)
    listener = next(worker for worker in room.workers if isinstance(worker, Listener))
    return Running(room, clock, listener.address)


@pytest.fixture(autouse=True)
def _hang_up() -> Iterator[None]:
    """No test leaves a client behind."""
    yield
    hang_up()


def hang_up() -> None:
    """Close every client, so that no room waits for one to agree that it is unbound."""
    while OPEN:
        OPEN.pop().close()


@pytest.fixture(name="start")
def _start(tmp_path: Path) -> Iterator[Start]:
    """`start(**settings)`: a room of the test's own, with a clock that is held; the same store each time."""
    with ExitStack() as held:

        def start(**settings: object) -> Running:
            clock = Clock()
            clock.hold()
            return start_room(tmp_path, clock, held, **settings)

        yield start
        hang_up()


@pytest.fixture(name="centre", scope="module")
def _centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One room for all tests of a module that do not mind each other; its clock is held."""
    clock = Clock()
    clock.hold()
    with ExitStack() as held:
        yield start_room(tmp_path_factory.mktemp("centre"), clock, held)


@pytest.fixture(name="esme")
def _esme(centre: Running) -> Esme:
    """A client bound as transceiver."""
    client = centre.connect()
    assert client.bind().status == 0
    return client
