"""What a process that stays up does once everything is loaded."""

from __future__ import annotations

import gc

YOUNG = 10_000
"""Objects made and not yet let go after which the collector looks; its own 700 is a tenth of what one commit holds."""


def settle() -> None:
    """Let the garbage collector leave alone what was loaded to stay: it cost a third of a busy room."""
    gc.freeze()
    gc.set_threshold(YOUNG, 10, 10)
