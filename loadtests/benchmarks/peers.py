"""Programs of others that are measured beside the sandbox: found on PATH, never fetched."""

from __future__ import annotations

import socket
import time
from contextlib import ExitStack

START_SECONDS = 20.0


class NotInstalled(Exception):
    """The other contender is missing; says how to get it."""


def free_ports(count: int) -> list[int]:
    """So many different ports nobody listens on."""
    with ExitStack() as held:
        found = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in found:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in found]


def answering(port: int) -> None:
    """Return when something listens on a port.

    Raises:
        OSError: nothing does, after twenty seconds.
    """
    ends = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.1)
        else:
            return
