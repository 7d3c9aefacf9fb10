"""Runs a benchmark three times and tells the medians: contenders meet in one run, so that their ratios are fair."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

Figures = Mapping[str, float]
"""What one run measured, by name; the unit stands in the name ("sandbox msg/s", "wake-up p50 ms")."""


@dataclass(frozen=True)
class Benchmark:
    """Something that is measured, against what, and what must come out."""

    name: str
    sentence: str
    measure: Callable[[], Figures]
    """One whole run: every contender once, one after the other."""
    ratios: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Ratio by name: the two figures of one run that are divided."""
    at_least: Mapping[str, float] = field(default_factory=dict)
    """Figures and ratios that must reach so much."""
    at_most: Mapping[str, float] = field(default_factory=dict)
    """Figures and ratios that must not exceed so much."""


@dataclass(frozen=True)
class Outcome:
    """What the runs measured."""

    benchmark: Benchmark
    runs: Sequence[Figures]
    """Figures and ratios of each run."""

    @property
    def medians(self) -> dict[str, float]:
        """The middle of each figure and ratio."""
        return {name: median(run[name] for run in self.runs) for name in self.runs[0]}

    @property
    def missed(self) -> list[str]:
        """What was not reached, a sentence each."""
        medians = self.medians
        low = [f"{name}: {medians[name]:,.2f} < {least:,}" for name, least in self.benchmark.at_least.items()
               if medians[name] < least]  # fmt: skip
        high = [f"{name}: {medians[name]:,.2f} > {most:,}" for name, most in self.benchmark.at_most.items()
                if medians[name] > most]  # fmt: skip
        return low + high

    def as_json(self) -> dict[str, Any]:
        """For a machine."""
        return {
            "benchmark": self.benchmark.name,
            "sentence": self.benchmark.sentence,
            "runs": [dict(run) for run in self.runs],
            "medians": self.medians,
            "at_least": dict(self.benchmark.at_least),
            "at_most": dict(self.benchmark.at_most),
            "missed": self.missed,
        }

    def as_text(self) -> str:
        """For a person."""
        width = max(len(name) for name in self.runs[0])
        lines = [f"{self.benchmark.name}: {self.benchmark.sentence}"]
        for name, middle in self.medians.items():
            each = "  ".join(f"{run[name]:,.2f}" for run in self.runs)
            lines.append(f"  {name:<{width}}  {middle:>12,.2f}   ({each})")
        lines += [f"  NOT REACHED  {sentence}" for sentence in self.missed]
        return "\n".join(lines)


def run(benchmark: Benchmark, runs: int) -> Outcome:
    """Measure so many times."""
    measured = []
    for _ in range(runs):
        figures = dict(benchmark.measure())
        figures |= {name: figures[one] / figures[other] for name, (one, other) in benchmark.ratios.items()}
        measured.append(figures)
    return Outcome(benchmark, measured)


def told(outcomes: Sequence[Outcome], as_json: bool) -> str:
    """All outcomes, as text or as one JSON array."""
    if as_json:
        return json.dumps([outcome.as_json() for outcome in outcomes], indent=2)
    return "\n\n".join(outcome.as_text() for outcome in outcomes)
