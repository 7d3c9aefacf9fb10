"""Who asks at the same moment is answered together, and a mistake is told to whom it belongs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from emulators.foundation.gathering import Gathering


class Doubling:
    """Work the test can hold."""

    def __init__(self) -> None:
        self.batches: list[int] = []
        self.go = threading.Event()

    def __call__(self, numbers: Sequence[int]) -> list[int]:
        """Twice each number; thirteen cannot be done."""
        self.batches.append(len(numbers))
        self.go.wait(10)
        if 13 in numbers:
            raise ValueError("thirteen")
        return [2 * number for number in numbers]


def test_those_who_come_while_one_is_worked_for_are_worked_for_together(until: Callable[..., object]) -> None:
    """Never more than `most`; each has its own outcome."""
    work = Doubling()
    gathering = Gathering(work, most=4)
    with ThreadPoolExecutor(7) as pool:
        first = pool.submit(gathering.do, 1)
        until(lambda: work.batches, "the first is worked for")
        others = [pool.submit(gathering.do, number) for number in range(2, 8)]
        until(lambda: len(gathering._list) == 6, "six wait")
        work.go.set()
        outcomes = [first.result(), *(other.result() for other in others)]

    assert outcomes == [2, 4, 6, 8, 10, 12, 14]
    assert work.batches == [1, 4, 2]


def test_what_the_work_raises_is_raised_to_all_it_was_done_for_and_it_goes_on(until: Callable[..., object]) -> None:
    """Whoever comes later is worked for as before."""
    work = Doubling()
    gathering = Gathering(work, most=9)
    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(gathering.do, 1)
        until(lambda: work.batches, "the first is worked for")
        others = [pool.submit(gathering.do, number) for number in (13, 14)]
        until(lambda: len(gathering._list) == 2, "two wait")
        work.go.set()
        assert first.result() == 2
        for other in others:
            with pytest.raises(ValueError, match="thirteen"):
                other.result()

    assert gathering.do(4) == 8
