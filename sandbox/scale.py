"""`caruman serve ROOM --granian`: the same room in one process under granian, whose HTTP is Rust and outside the GIL.

Theory of operation. granian takes the port and forks one process; there the room is made, its workers (listeners,
couriers, the carrier) run, and granian calls its application on threads of its own. One process, because what a room
remembers between requests (planned faults, who waits, who follows) lives in it. A signal comes to granian, which
answers what is in flight; that very signal also lets go whoever waits or follows, or the answering would never end.

A server of this kind cannot hand out a request's line: a connection that should be dropped is answered, and there is
no WebSocket. Nor does it open further doors: FPX goes without HTTPS.
"""

from __future__ import annotations

import importlib
import multiprocessing.util
import signal
import socket
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from wsgiref.types import WSGIApplication

from emulators.foundation.binding import CannotListen, bracketed, listening, reachable
from emulators.foundation.clock import Clock
from emulators.foundation.randomness import random_source
from emulators.foundation.room import Room
from emulators.foundation.serving import MOST_THREADS
from sandbox.building import built
from sandbox.errors import AddressRefused, SandboxError
from sandbox.running import STOP_SECONDS, start_workers
from sandbox.services import BY_ROOM, Service
from sandbox.settling import settle
from sandbox.short_way import offer
from sandbox.speech import complain
from sandbox.wiring import tell_places

ROOMS = ("fpx", "sms", "smtp")
IDLE_SECONDS = 30
KILL_SECONDS = 3
LOOK_SECONDS = 0.02
_END = b"\x00"


@dataclass(frozen=True)
class Scaled:
    """A room as it is made in the process that serves it; can be handed to a process that shares nothing."""

    room: str
    settings: Any
    data_dir: Path
    clock_file: Path
    port: int
    seed: str | None
    clock: datetime | None
    json: bool

    def __call__(self) -> WSGIApplication:
        """Make the room, start its workers, say where its doors are; the application that granian calls."""
        service, settings = BY_ROOM[self.room], self.settings
        try:
            source = random_source(self.seed, self.room, self.data_dir)
            room = built(service, settings, Clock(self.clock_file, self.clock), source)
            if room.express is not None:
                offer(room.express)
            _start(service, room)
        except SandboxError as error:
            complain(str(error))
            sys.exit(error.exit_code)
        host = reachable(settings.host)
        url = f"http://{bracketed(host)}:{self.port}"

        def tell() -> None:
            _wait_until_it_listens(host, self.port)
            tell_places(service, room, url, {}, as_json=self.json)

        threading.Thread(target=tell, name="telling", daemon=True).start()  # granian takes the port after this
        return room.app


def serve_scaled(scaled: Scaled) -> None:
    """Run a room under granian until a signal comes.

    Raises:
        SandboxError: granian is not installed.
        AddressRefused: the port cannot be had.
    """
    try:
        granian: Any = importlib.import_module("granian")
    except ImportError as error:
        raise SandboxError("granian is not installed; install it with: pip install 'caruman-sandbox[scale]'") from error
    host = scaled.settings.host
    scaled = replace(scaled, port=_port(host, scaled.port))
    server = granian.Granian(
        "caruman",
        address=host,
        port=scaled.port,
        interface="wsgi",
        http="1",  # as our own server; to look which it is costs a twelfth of a request
        blocking_threads=MOST_THREADS,
        blocking_threads_idle_timeout=IDLE_SECONDS,
        workers_kill_timeout=KILL_SECONDS,
        log_enabled=False,
    )
    try:
        server.serve(target_loader=scaled, wrap_loader=False)
    except OSError as error:
        raise AddressRefused.of("granian", CannotListen.because(error, host, scaled.port), "--port") from error


def _start(service: Service, room: Room) -> None:
    """Start the room's workers in this process, and see to it that they end with it."""
    heard, signalled = socket.socketpair()
    signalled.setblocking(False)
    signal.set_wakeup_fd(signalled.fileno(), warn_on_full_buffer=False)
    ending = threading.Thread(target=_end, args=(room, heard), name="ending", daemon=True)
    start_workers(service, room)
    ending.start()
    threading.Thread(target=_end_with_parent, name="orphan", daemon=True).start()

    def close() -> None:
        signal.set_wakeup_fd(-1)
        with suppress(OSError):  # it has ended already, told by a signal
            signalled.send(_END)
        ending.join(STOP_SECONDS)
        room.close()

    multiprocessing.util.Finalize(None, close, exitpriority=10)
    settle()


def _end(room: Room, heard: socket.socket) -> None:
    """Wait for a signal or the end of the process; then stop all workers at the same time."""
    heard.recv(1)
    ends = [threading.Thread(target=worker.stop, name="stopping", daemon=True) for worker in room.workers]
    deadline = time.monotonic() + STOP_SECONDS
    for end in ends:
        end.start()
    for end in ends:
        end.join(max(0.0, deadline - time.monotonic()))


def _end_with_parent() -> None:
    """Nobody would find the serving process if the one that was started is killed: end then as if told to."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        # to the main thread, which waits: taken by another, the signal would not wake it
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)


def _wait_until_it_listens(host: str, port: int) -> None:
    while True:
        try:
            socket.create_connection((host, port), LOOK_SECONDS).close()
        except OSError:
            time.sleep(LOOK_SECONDS)
        else:
            return


def _port(host: str, port: int) -> int:
    """The port itself, or a free one for 0; granian would say less clearly that it cannot be had."""
    try:
        with listening(host, port) as found:
            return int(found.getsockname()[1])
    except CannotListen as error:
        raise AddressRefused.of("granian", error, "--port") from error
