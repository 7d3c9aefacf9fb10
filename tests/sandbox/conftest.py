"""Sandboxes as somebody else would start them: processes of their own."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest

from features.addresses import Addresses
from features.applicant import Applicant
from features.people import People
from features.transport import HttpTransport
from tests.preloaded import forked, started_anew

ROOT = Path(__file__).parent.parent.parent
PATIENCE_SECONDS = 30.0


class Process:
    """`python -m sandbox ...` in a process of its own, forked with everything imported or started `anew`."""

    def __init__(self, *words: str, anew: bool = False, **environment: str) -> None:
        out, said = os.pipe()
        err, complained = os.pipe()
        start = started_anew if anew else forked
        self._process = start(words, {**os.environ, "PYTHONPATH": str(ROOT), **environment}, said, complained)
        os.close(said)
        os.close(complained)
        self.out, self.err = _Reader(os.fdopen(out)), _Reader(os.fdopen(err))

    def first_line(self) -> str:
        """What it says first; fails with its last words when it ends without a line."""
        line = self.out.line()
        if line is None:
            pytest.fail(f"the sandbox ended with {self.ended()}: {self.err.everything()}")
        return line

    def addresses(self) -> Addresses:
        """Where the doors are, once it is ready."""
        return Addresses.from_json(self.first_line())

    def told(self) -> dict[str, str]:
        """The line of JSON it says when it is ready."""
        told: dict[str, str] = json.loads(self.first_line())
        return told

    def send(self, number: signal.Signals) -> None:
        """Send a signal."""
        assert self._process.pid is not None
        os.kill(self._process.pid, number)

    def kill(self) -> None:
        """kill -9, and wait until it is gone."""
        self._process.kill()
        self.ended()

    def ended(self) -> int:
        """The exit code, once it has ended by itself."""
        code = self._process.ended(PATIENCE_SECONDS)
        if code is None:
            pytest.fail(f"the sandbox had not ended after {PATIENCE_SECONDS} s")
        return code

    def end(self) -> int:
        """SIGTERM; the exit code."""
        self.send(signal.SIGTERM)
        return self.ended()

    def clean_up(self) -> None:
        """Leave nothing running and nothing open."""
        if self._process.ended(0) is None:
            self.kill()
        self.out.everything()
        self.err.everything()


class _Reader:
    """Reads a pipe to its end, on a thread, so that the writer never waits."""

    def __init__(self, pipe: IO[str]) -> None:
        self._pipe = pipe
        self._lines: list[str] = []
        self._changed = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def line(self, number: int = 0) -> str | None:
        """The line with that number, as soon as it is there; None when the pipe ended before."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self._lines) > number or self._closed, PATIENCE_SECONDS):
                pytest.fail(f"nothing was said within {PATIENCE_SECONDS} s")
            return self._lines[number] if len(self._lines) > number else None

    def everything(self) -> str:
        """All of it, once the pipe has ended."""
        self._thread.join(PATIENCE_SECONDS)
        return "".join(self._lines)

    def _read(self) -> None:
        for line in self._pipe:
            with self._changed:
                self._lines.append(line)
                self._changed.notify_all()
        self._pipe.close()
        with self._changed:
            self._closed = True
            self._changed.notify_all()


Caruman = Callable[..., Process]


@pytest.fixture(name="applicant")
def _applicant() -> Iterator[Callable[[Addresses], Applicant]]:
    """`applicant(addresses)`: somebody new, with a browser that is closed when the test is over."""
    transports: list[HttpTransport] = []

    def somebody(addresses: Addresses) -> Applicant:
        transports.append(HttpTransport())
        return Applicant(addresses, People(random.SystemRandom()).somebody(), transport=transports[-1])

    yield somebody
    for transport in transports:
        transport.close()


@contextlib.contextmanager
def processes() -> Iterator[Caruman]:
    """Yields what starts processes; they are gone when the block ends."""
    started: list[Process] = []

    def start(*words: str | Path | int, anew: bool = False, **environment: str) -> Process:
        process = Process(*map(str, words), anew=anew, **environment)
        started.append(process)
        return process

    try:
        yield start
    finally:
        for process in started:
            process.clean_up()


@pytest.fixture(name="caruman")
def _caruman() -> Iterator[Caruman]:
    """`caruman("up", "--json", ...)` starts a process, gone when the test is over; `anew=True`: as a shell does."""
    with processes() as start:
        yield start


@pytest.fixture(name="caruman_here", scope="module")
def _caruman_here() -> Iterator[Caruman]:
    """The same for processes that all tests of a module share."""
    with processes() as start:
        yield start


@pytest.fixture(name="free_port", scope="session")
def _free_port() -> Callable[[], int]:
    """`free_port()`: a port to be told to a process, and to be had again by the next one.

    Below the range from which the system serves everybody who asks for any port, so that nobody gets it meanwhile.
    """

    def free_port() -> int:
        while True:
            port = random.SystemRandom().randrange(20_000, 32_000)
            with socket.socket() as caller, socket.socket() as trial:
                if caller.connect_ex(("127.0.0.1", port)) == 0:
                    continue
                with contextlib.suppress(OSError):
                    trial.bind(("127.0.0.1", port))
                    return port

    return free_port
