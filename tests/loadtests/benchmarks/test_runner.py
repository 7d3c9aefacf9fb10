"""Benchmarks are told as medians, with what they had to reach."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from loadtests.benchmarks import __main__ as command
from loadtests.benchmarks.runner import Benchmark, Figures, run, told

RUNS: tuple[dict[str, float], ...] = (
    {"ours": 30.0, "theirs": 10.0},
    {"ours": 10.0, "theirs": 10.0},
    {"ours": 20.0, "theirs": 5.0},
)


def benchmark() -> Benchmark:
    """Three runs whose median is neither the first nor the last."""
    runs: Iterator[Figures] = iter(RUNS)
    return Benchmark(
        "example", "an example", lambda: next(runs), {"ours / theirs": ("ours", "theirs")}, {"ours": 15}, {"theirs": 8}
    )


def test_the_median_of_each_figure_and_of_each_ratio_is_told() -> None:
    """A ratio is formed within a run, and its median taken afterwards: not the ratio of the medians."""
    outcome = run(benchmark(), 3)

    assert outcome.medians == {"ours": 20.0, "theirs": 10.0, "ours / theirs": 3.0}
    assert outcome.missed == ["theirs: 10.00 > 8"]


def test_it_is_told_to_people_and_to_machines() -> None:
    """Every run is there, and what was not reached."""
    outcome = run(benchmark(), 3)
    as_json = json.loads(told([outcome], True))[0]

    assert as_json["medians"]["ours / theirs"] == 3.0
    assert [each["ours"] for each in as_json["runs"]] == [30.0, 10.0, 20.0]
    assert "NOT REACHED  theirs: 10.00 > 8" in told([outcome], False)
    assert "(30.00  10.00  20.00)" in told([outcome], False)


def test_the_exit_code_says_whether_all_was_reached(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """1 when something was missed, 0 when nothing was."""
    monkeypatch.setattr(command, "NAMES", ("example",))
    monkeypatch.setattr(command, "benchmark", lambda _: benchmark())
    assert command.main(["example", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)[0]["missed"] == ["theirs: 10.00 > 8"]

    monkeypatch.setattr(command, "benchmark", lambda _: replace(benchmark(), at_most={}))
    assert command.main(["example"]) == 0


@pytest.mark.parametrize("name", command.NAMES)
def test_every_benchmark_that_is_named_is_there(name: str) -> None:
    """And says what it measures; without a name all of them are listed."""
    found = importlib.import_module(f"loadtests.benchmarks.{name}").BENCHMARK

    assert found.name == name
    assert found.sentence
    assert set(found.ratios) or found.at_least or found.at_most


def test_without_a_name_they_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """One a line."""
    assert command.main([]) == 0
    assert [line.partition(":")[0] for line in capsys.readouterr().out.splitlines()] == list(command.NAMES)
