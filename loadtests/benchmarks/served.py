"""One room in a process of its own, fresh, for as long as a measurement takes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

STOP_SECONDS = 10.0


@contextmanager
def served(room: str, *words: str, environment: Mapping[str, str] | None = None) -> Iterator[dict[str, str]]:
    """The addresses of `caruman serve ROOM`, by door; free HTTP port and temporary folder unless told otherwise."""
    with tempfile.TemporaryDirectory(prefix="caruman-benchmark-") as folder:
        command = [sys.executable, "-m", "sandbox", "serve", room, "--json", "--port", "0", "--data-dir", folder]
        with running([*command, *words], environment) as line:
            addresses: dict[str, str] = json.loads(line)
            yield addresses


@contextmanager
def running(command: list[str], environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """The first line that a program of ours says; it is told to stop afterwards."""
    surroundings = {**os.environ, **(environment or {})}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=surroundings)  # noqa: S603  ours
    try:
        assert process.stdout is not None  # noqa: S101  a pipe was asked for
        yield process.stdout.readline()
    finally:
        process.terminate()
        process.wait(STOP_SECONDS)
        if process.stdout is not None:
            process.stdout.close()
