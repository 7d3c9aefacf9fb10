"""Figures are made from times that were really measured."""

from __future__ import annotations

import pytest

from loadtests.measurements import WHOLE, Samples, figures, percentile, table


@pytest.mark.parametrize(
    ("times", "percent", "expected"),
    [
        ([7.0], 50, 7.0),
        ([7.0], 99, 7.0),
        ([4.0, 1.0, 3.0, 2.0], 50, 2.0),
        ([float(n) for n in range(1, 101)], 95, 95.0),
    ],
)
def test_a_percentile_is_the_nearest_rank(times: list[float], percent: int, expected: float) -> None:
    """The percentile is one of the samples, whatever their order."""
    assert percentile(times, percent) == expected


def test_there_is_no_percentile_of_nothing() -> None:
    """An empty measurement cannot pretend to be fast."""
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 99)


def test_the_rate_is_completed_renewals_over_the_time_they_took() -> None:
    """Failed renewals do not count as throughput."""
    samples = Samples(renewals=[10.0] * 6, failures={"L13: no": 4}, seconds=3.0)

    assert samples.per_second == 2.0
    assert samples.failed == 4


def test_the_table_has_a_line_for_each_step_as_it_happened_and_for_the_whole() -> None:
    """A reader finds every step by its id and name."""
    samples = Samples(
        steps={"L01 home": [1.0, 3.0], "L16 renew": [5.0], "L13 pay_by_fpx": [2.0]}, renewals=[40.0], seconds=1.0
    )

    heading, *lines = table(samples)

    assert heading.split() == ["step", "n", "p50", "p95", "p99", "ms"]
    assert [line.split()[0] for line in lines] == ["L01", "L16", "L13", "whole"]
    assert lines[0].split() == ["L01", "home", "2", "1.0", "3.0", "3.0"]


def test_a_machine_reads_the_same_figures() -> None:
    """The JSON names what the table names."""
    told = figures(Samples(steps={"L01 home": [1.0, 3.0]}, renewals=[40.0], failures={"x": 2}, seconds=0.5))

    assert told["renewals"] == 1
    assert told["failed"] == 2
    assert told["renewals_per_second"] == 2.0
    assert told["milliseconds"]["L01 home"] == {"n": 2, "p50": 1.0, "p95": 3.0, "p99": 3.0}
    assert told["milliseconds"][WHOLE]["p99"] == 40.0
