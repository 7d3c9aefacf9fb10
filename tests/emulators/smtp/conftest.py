"""A running inbox, and small clients of both its ends."""

from __future__ import annotations

import random
import shutil
import smtplib
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from emulators.foundation.authority import FOLDER
from emulators.foundation.clock import Clock
from emulators.foundation.room import Room
from emulators.foundation.serving import Server
from emulators.smtp.app import create_room
from emulators.smtp.listener import Listener
from emulators.smtp.settings import SmtpSettings

LETTER = (
    "From: Ali <ali@example.com>\r\nTo: Siti <siti@example.com>\r\nSubject: Hai\r\n"
    "Date: Wed, 15 May 2019 08:59:00 +0800\r\n\r\nApa khabar?\r\n"
)


@pytest.fixture(name="clock")
def _clock() -> Clock:
    """A clock that only the test moves."""
    clock = Clock()
    clock.hold()
    return clock


@pytest.fixture(name="authority", scope="session")
def _authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an authority with what it has issued to a room of the default settings, once for all rooms."""
    folder = tmp_path_factory.mktemp("authority")
    create_room(SmtpSettings(data_dir=folder, port=0, smtp_port=0), Clock(), random.Random(7)).close()
    return folder / FOLDER


@pytest.fixture(name="make_room")
def _make_room(tmp_path: Path, clock: Clock, authority: Path) -> Iterator[Callable[..., Room]]:
    """Makes rooms over the test's own store, on free ports."""
    rooms: list[Room] = []
    shutil.copytree(authority, tmp_path / FOLDER)

    def make(**settings: object) -> Room:
        wanted = {"data_dir": tmp_path, "port": 0, "smtp_port": 0, **settings}
        room = create_room(SmtpSettings.model_validate(wanted), clock, random.Random(7))
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


@pytest.fixture(name="listener")
def _listener(room: Room) -> Listener:
    """Its SMTP end, started."""
    listener, *_ = room.workers
    assert isinstance(listener, Listener)
    listener.start()
    return listener


@pytest.fixture(name="address")
def _address(listener: Listener) -> tuple[str, int]:
    """Where SMTP answers."""
    host, _, port = listener.address.rpartition(":")
    return host, int(port)


@pytest.fixture(name="url")
def _url(room: Room) -> Iterator[str]:
    """Its HTTP end on a real socket, for what is claimed of sockets."""
    server = Server("127.0.0.1", 0)
    server.serve(room.app)
    yield server.url
    server.stop()


@pytest.fixture(name="http")
def _http(room: Room) -> Iterator[httpx.Client]:
    """A client at its HTTP doors; no socket between."""
    with httpx.Client(transport=httpx.WSGITransport(room.app), base_url="http://127.0.0.1") as client:
        yield client


@pytest.fixture(name="deliver")
def _deliver(address: tuple[str, int]) -> Callable[..., None]:
    """`deliver(letter, to=..., sender=...)`: one message over a connection of its own."""

    def deliver(
        letter: str | bytes = LETTER, *, to: list[str] | str = "siti@example.com", sender: str = "ali@example.com"
    ) -> None:
        with smtplib.SMTP(*address, timeout=10) as client:
            client.sendmail(sender, to, letter)

    return deliver
