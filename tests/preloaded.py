"""`python -m sandbox ...` in a process of its own, forked from one that has imported the sandbox already.

Importing costs each new process a second of processor time and proves the same thing every time. What runs here is a
process like any other: its own pid, signals, descriptors, environment and working directory, and the same `main`.
Tests that are about the start itself (`tests/sandbox/test_up.py`, the launcher) start Python anew; so does one room
of the compose file.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from multiprocessing.context import ForkServerProcess
from multiprocessing.forkserver import set_forkserver_preload
from multiprocessing.reduction import DupFd
from pathlib import Path
from typing import Any, Protocol

from sandbox.cli import main

set_forkserver_preload([__name__])


class Started(Protocol):
    """A process that can be waited for."""

    @property
    def pid(self) -> int | None:
        """Its number."""

    def kill(self) -> None:
        """kill -9."""

    def ended(self, seconds: float) -> int | None:
        """The exit code (negative: the signal that ended it); None when it has not ended within so many seconds."""


def started_anew(words: Sequence[str], environment: Mapping[str, str], out: int, err: int) -> Started:
    """Start it as a shell does; what it says goes to the descriptors `out` and `err`, the caller's to close."""
    return _Anew([sys.executable, "-P", "-m", "sandbox", *words], env=environment, stdout=out, stderr=err)


def forked(words: Sequence[str], environment: Mapping[str, str], out: int, err: int) -> Started:
    """The same from a process that has imported the sandbox."""
    process = _Forked(target=_live, args=(tuple(words), dict(environment), Path.cwd(), _Streams(out, err)))
    process.start()
    return process


class _Anew(subprocess.Popen[bytes]):
    def ended(self, seconds: float) -> int | None:
        try:
            return self.wait(seconds)
        except subprocess.TimeoutExpired:
            return None


class _Forked(ForkServerProcess):
    def ended(self, seconds: float) -> int | None:
        self.join(seconds)
        return self.exitcode


class _Streams:
    """Two descriptors that become the child's own 1 and 2."""

    def __init__(self, out: int, err: int) -> None:
        self._given = (out, err)

    def __getstate__(self) -> dict[str, Any]:
        return {"_given": tuple(DupFd(number) for number in self._given)}

    def become_standard(self) -> None:
        for wanted, given in enumerate(self._given, start=1):
            number = given.detach()
            os.dup2(number, wanted)
            os.close(number)


def _live(words: Sequence[str], environment: Mapping[str, str], folder: Path, streams: _Streams) -> None:
    streams.become_standard()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["caruman", *words]
    raise SystemExit(main(words))
