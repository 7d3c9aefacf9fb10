"""What stays is left alone by the garbage collector."""

from __future__ import annotations

import gc

from sandbox.settling import YOUNG, settle


def test_what_is_loaded_is_no_longer_gone_over() -> None:
    """And what is made afterwards is collected less often."""
    before = gc.get_threshold()
    try:
        settle()

        assert gc.get_freeze_count() > 10_000
        assert gc.get_threshold()[0] == YOUNG
    finally:
        gc.unfreeze()
        gc.freeze()  # as the whole run is: looking through what was collected again and again would cost it dearly
        gc.set_threshold(*before)
