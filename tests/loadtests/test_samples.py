"""Times travel from Locust's process to ours whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from loadtests.measurements import Samples
from loadtests.samples import Gathering, read_samples


def test_what_was_gathered_is_read_back_equal(tmp_path: Path) -> None:
    """Steps, renewals, failures and the span survive the file."""
    gathering = Gathering()
    with gathering.renewal(), gathering.step("L01 home"):
        pass
    gathering.failure("L09 sign_in_password: 422")
    gathering.failure("L09 sign_in_password: 422")

    gathering.write(tmp_path / "samples.json")

    read = read_samples(tmp_path / "samples.json")
    assert read == gathering.samples()
    assert read.failures == {"L09 sign_in_password: 422": 2}
    assert len(read.steps["L01 home"]) == len(read.renewals) == 1
    assert read.seconds > 0


def test_a_renewal_that_fails_is_not_measured() -> None:
    """Only what was completed counts, so a quick failure cannot make the figures look good."""
    gathering = Gathering()

    with pytest.raises(RuntimeError), gathering.renewal(), gathering.step("L01 home"):
        raise RuntimeError

    assert gathering.samples() == Samples()


def test_a_spoilt_renewal_is_a_failure_and_no_measurement() -> None:
    """It keeps the time it took, for Locust's page, but raises no figure."""
    gathering = Gathering()

    with gathering.renewal() as renewal:
        renewal.spoil("L13 pay_by_fpx: GAGAL")

    assert gathering.samples() == Samples(failures={"L13 pay_by_fpx: GAGAL": 1})
    assert renewal.milliseconds > 0
