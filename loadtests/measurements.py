"""From samples to what a reader wants to know: renewals per second and how long each step took."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

PERCENTILES = (50, 95, 99)
WHOLE = "whole renewal"


@dataclass(frozen=True)
class Samples:
    """What one run gathered; times in milliseconds."""

    steps: dict[str, list[float]] = field(default_factory=dict)
    renewals: list[float] = field(default_factory=list)
    failures: dict[str, int] = field(default_factory=dict)
    """Each different failure, as a sentence, and how often it happened."""
    seconds: float = 0.0
    """From the first renewal's start to the last one's end."""

    @property
    def failed(self) -> int:
        """How many renewals went wrong."""
        return sum(self.failures.values())

    @property
    def per_second(self) -> float:
        """Completed renewals per second; 0 when there was none."""
        return len(self.renewals) / self.seconds if self.seconds > 0 else 0.0


def percentile(times: Sequence[float], percent: int) -> float:
    """The nearest-rank percentile: a time that was really measured.

    Raises:
        ValueError: nothing was measured.
    """
    if not times:
        raise ValueError("no percentile of nothing")
    return sorted(times)[math.ceil(len(times) * percent / 100) - 1]


def table(samples: Samples) -> list[str]:
    """The lines to print: one a step in the order they happened, then the whole renewal."""
    rows = [*samples.steps.items(), (WHOLE, samples.renewals)]
    width = max(len(name) for name, _ in rows)
    lines = [f"{'step':{width}}  {'n':>6}" + "".join(f"  {f'p{p}':>7}" for p in PERCENTILES) + "  ms"]
    for name, times in rows:
        if times:
            figures = "".join(f"  {percentile(times, p):7.1f}" for p in PERCENTILES)
            lines.append(f"{name:{width}}  {len(times):>6}{figures}")
    return lines


def figures(samples: Samples) -> dict[str, Any]:
    """The same for a machine."""
    measured = {**samples.steps, WHOLE: samples.renewals}
    return {
        "renewals": len(samples.renewals),
        "failed": samples.failed,
        "failures": dict(samples.failures),
        "seconds": round(samples.seconds, 3),
        "renewals_per_second": round(samples.per_second, 3),
        "milliseconds": {
            name: {"n": len(times), **{f"p{p}": round(percentile(times, p), 3) for p in PERCENTILES}}
            for name, times in measured.items()
            if times
        },
    }
