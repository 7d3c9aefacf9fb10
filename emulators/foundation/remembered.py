"""Remembers, for a moment, what a store answers to a question that is asked all the time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Remembered(Generic[T]):
    """`ask(key)` with a memory: what is there is remembered for `seconds` of real time, what is missing never."""

    def __init__(self, ask: Callable[[str], T | None], seconds: float) -> None:
        self._ask = ask
        self._seconds = seconds
        self._known: dict[str, tuple[T, float]] = {}

    def __call__(self, key: str) -> T | None:
        """What `ask` says, or said a moment ago."""
        known = self._known
        found = known.get(key)
        if found is not None and time.monotonic() < found[1]:
            return found[0]
        answer = self._ask(key)
        if answer is not None:
            known[key] = answer, time.monotonic() + self._seconds
        return answer

    def forget(self) -> None:
        """What was asked before is asked anew; an answer still on its way is for nobody else."""
        self._known = {}
