"""Waiting for something to be there: asking again, a little less often each time, up to a limit."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

LIMIT_SECONDS = 10.0

Thing = TypeVar("Thing")


def until(look: Callable[[], Thing | None], limit: float = LIMIT_SECONDS) -> Thing | None:
    """What `look` finds at last; None when the limit passes without it."""
    deadline = time.monotonic() + limit
    pause = 0.005
    while (found := look()) is None and time.monotonic() < deadline:
        time.sleep(pause)
        pause = min(pause * 2, 0.25)
    return found
