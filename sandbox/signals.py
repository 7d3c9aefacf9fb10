"""Ctrl-C and SIGTERM: how a person and a supervisor say "that is enough"."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""


class Stop(BaseException):
    """Raised in the main thread wherever it is; carries the exit code."""

    def __init__(self, exit_code: int) -> None:
        self.exit_code = exit_code


@contextmanager
def stoppable() -> Iterator[None]:
    """Within the block a signal raises `Stop`, once; what comes after it cannot disturb the stopping."""

    def on_signal(number: int, _frame: FrameType | None) -> None:
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, signal.SIG_IGN)
        raise Stop(INTERRUPTED if number == signal.SIGINT else 0)

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def wait_for_signal() -> None:
    """Do nothing until a signal comes."""
    threading.Event().wait()
