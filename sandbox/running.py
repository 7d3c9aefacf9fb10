"""One room at work: its HTTP server, its workers, and how both come to an end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from wsgiref.types import WSGIApplication

from emulators.foundation.binding import CannotListen
from emulators.foundation.room import Room
from emulators.foundation.serving import Server
from sandbox.errors import AddressRefused
from sandbox.secure_door import SecureDoor
from sandbox.services import Service

STOP_SECONDS = 1.8
"""All rooms together stop within two seconds; the rest is for the interpreter."""


def bound(host: str, port: int, service: Service, flag: str | None = None) -> Server:
    """The HTTP server of a room, which already has its address.

    Raises:
        AddressRefused: it cannot have it; the sentence names the port and the flag.
    """
    try:
        return Server(host, port, service.threads)
    except CannotListen as error:
        raise AddressRefused.of(f"the {service.http.name}", error, flag or service.http.flag) from error


def start_workers(service: Service, room: Room) -> None:
    """Have the room's workers work.

    Raises:
        AddressRefused: one cannot listen where it was told to.
    """
    for worker in room.workers:
        try:
            worker.start()
        except CannotListen as error:
            raise AddressRefused.of(service.room, error, service.doors[-1].flag) from error


class Running:
    """A room from its first request to its last."""

    def __init__(self, service: Service, room: Room, server: Server, doors: Sequence[SecureDoor] = ()) -> None:
        """`doors`: what stands before the room's server and passes requests on to it."""
        self.service = service
        self.room = room
        self.server = server
        self.doors = doors

    def start(self, app: WSGIApplication | None = None) -> None:
        """Serve and work; `app` is the room's application unless something stands before it.

        Raises:
            AddressRefused: a worker cannot listen where it was told to.
        """
        start_workers(self.service, self.room)
        self.server.serve(app or self.room.app, self.room.express)
        for door in self.doors:
            door.start()

    def ends(self) -> list[Callable[[], None]]:
        """What has to be stopped, each on a thread of its own."""
        return [self.server.stop, *(worker.stop for worker in (*self.doors, *self.room.workers))]


def stop_together(rooms: Iterable[Running], deadline: float) -> bool:
    """Stop these rooms at the same time, answering what is in flight; whether all had ended at `deadline`.

    `deadline` is an instant of `time.monotonic()`. Stores are closed only under rooms that have ended.
    """
    ending = [(running, [_begin(end) for end in running.ends()]) for running in rooms]
    clean = True
    for running, threads in ending:
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        if any(thread.is_alive() for thread in threads):
            clean = False
        else:
            running.room.close()
    return clean


def _begin(end: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=end, name="stopping", daemon=True)
    thread.start()
    return thread
