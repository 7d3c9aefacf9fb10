"""Gathers times while Locust runs, and hands them to the process that started it, as a JSON file."""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from loadtests.measurements import Samples


class Renewal:
    """One renewal under way."""

    def __init__(self) -> None:
        self.start = time.perf_counter()
        self.milliseconds = 0.0
        self.trouble: str | None = None

    def spoil(self, sentence: str) -> None:
        """It went wrong, and how."""
        self.trouble = sentence


class Gathering:
    """Times of one run. Greenlets interrupt each other only where they wait, so a list needs no lock."""

    def __init__(self) -> None:
        self._steps: defaultdict[str, list[float]] = defaultdict(list)
        self._renewals: list[float] = []
        self._failures: Counter[str] = Counter()
        self._first: float | None = None
        self._last = 0.0

    @contextmanager
    def renewal(self) -> Iterator[Renewal]:
        """Times one whole renewal; one that is spoilt or raises is not counted as measured."""
        renewal = Renewal()
        self._first = renewal.start if self._first is None else self._first
        yield renewal
        end = time.perf_counter()
        renewal.milliseconds = (end - renewal.start) * 1000
        if renewal.trouble is not None:
            self.failure(renewal.trouble)
            return
        self._last = end
        self._renewals.append(renewal.milliseconds)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Times one step of the guide, e.g. "L09 sign_in_password"; one that raises is not counted as measured."""
        start = time.perf_counter()
        yield
        self._steps[name].append((time.perf_counter() - start) * 1000)

    def failure(self, sentence: str) -> None:
        """Notes that a renewal went wrong."""
        self._failures[sentence] += 1

    def samples(self) -> Samples:
        """What was gathered so far."""
        seconds = self._last - self._first if self._first is not None and self._renewals else 0.0
        return Samples(dict(self._steps), self._renewals, dict(self._failures), seconds)

    def write(self, path: Path) -> None:
        """Keep the samples for `read_samples`."""
        path.write_text(json.dumps(vars(self.samples())), encoding="utf-8")


def read_samples(path: Path) -> Samples:
    """What a run gathered."""
    return Samples(**json.loads(path.read_text(encoding="utf-8")))
