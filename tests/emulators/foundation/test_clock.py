"""The clock: one answer to "what time is it", moved by whoever holds it."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from emulators.foundation.clock import DEFAULT_DAY, MALAYSIA, Clock

NOON = datetime(2019, 7, 11, 12, 0, tzinfo=MALAYSIA)
ONE_SECOND = timedelta(seconds=1)


def test_a_new_clock_wakes_on_the_default_day_in_malaysia_time() -> None:
    """Without being told, it is 15 May 2019, nine in the morning, eight hours ahead of UTC."""
    now = Clock().now()

    assert timedelta() <= now - DEFAULT_DAY < ONE_SECOND
    assert timedelta(hours=8) == now.utcoffset()


def test_a_running_clock_moves_with_real_time() -> None:
    """Two looks at a running clock differ by the real time between them."""
    clock = Clock(start=NOON)

    before, real = clock.now(), time.time()
    while time.time() < real + 0.02:
        pass

    assert timedelta(milliseconds=20) <= clock.now() - before < ONE_SECOND


def test_a_held_clock_stands_still_until_it_runs_again() -> None:
    """Holding freezes the instant; running goes on from it, not from where it would have been."""
    clock = Clock(start=NOON)
    clock.hold()
    held = clock.now()

    assert not clock.running()
    assert held == clock.now()

    clock.run()

    assert clock.running()
    assert timedelta() <= clock.now() - held < ONE_SECOND


@pytest.mark.parametrize("span", [timedelta(days=31), timedelta(seconds=0.5), timedelta(days=-400)])
def test_advancing_moves_exactly_that_far(span: timedelta) -> None:
    """A held clock advanced by a span is that span further, backwards too."""
    clock = Clock(start=NOON)
    clock.hold()
    held = clock.now()

    clock.advance(span)

    assert held + span == clock.now()
    assert not clock.running()


def test_setting_keeps_the_instant_and_tells_it_in_malaysia_time() -> None:
    """An instant given in UTC is the same instant, told at +08:00."""
    clock = Clock()
    clock.hold()

    clock.set(datetime(2019, 7, 11, 16, 0, tzinfo=UTC))

    assert datetime(2019, 7, 12, 0, 0, tzinfo=MALAYSIA) == clock.now()
    assert clock.now().tzinfo is MALAYSIA


def test_a_kept_clock_goes_on_after_a_restart(tmp_path: Path) -> None:
    """A clock opened on the same file without a start continues the kept one."""
    kept = tmp_path / "clock.json"
    first = Clock(kept, NOON)
    first.hold()
    first.advance(timedelta(days=3))

    again = Clock(kept)

    assert first.now() == again.now()
    assert not again.running()


def test_an_explicit_start_overrules_the_kept_clock(tmp_path: Path) -> None:
    """`--clock` sets the kept clock and lets it run."""
    kept = tmp_path / "clock.json"
    Clock(kept, NOON).hold()

    again = Clock(kept, NOON + timedelta(days=365))

    assert again.running()
    assert timedelta() <= again.now() - NOON - timedelta(days=365) < ONE_SECOND


def test_two_processes_share_one_clock_through_its_file(tmp_path: Path) -> None:
    """What one holder of the file does, the other sees at its next look, however quickly the moves follow."""
    kept = tmp_path / "clock.json"
    one, other = Clock(kept, NOON), Clock(kept)
    one.hold()

    for day in range(1, 30):
        (one if day % 2 else other).set(NOON + timedelta(days=day))

        assert NOON + timedelta(days=day) == one.now() == other.now()


def test_a_reader_never_sees_half_a_clock(tmp_path: Path) -> None:
    """The file is replaced whole and no draft is left behind."""
    kept = tmp_path / "clock.json"
    clock = Clock(kept, NOON)

    clock.hold()

    assert {"world", "real", "running"} == set(json.loads(kept.read_text()))
    assert [kept] == list(tmp_path.iterdir())
