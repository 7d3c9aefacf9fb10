"""C-2 and C-3: which moment is the moment of payment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from reference_portal.clock import MALAYSIA
from reference_portal.rules.payment_time import paid_at, seconds_to_next_check

TAKEN = datetime(2019, 5, 15, 9, 0, 0, tzinfo=MALAYSIA)
"""fpxTxnTime: the buyer has not signed in at the bank yet."""

PROMPT = timedelta(minutes=15)


@pytest.mark.parametrize(
    ("after", "counts"),
    [
        pytest.param(timedelta(0), timedelta(0), id="the same second"),
        pytest.param(timedelta(minutes=4, seconds=12), timedelta(minutes=4, seconds=12), id="confirmed at the bank"),
        pytest.param(timedelta(seconds=3, microseconds=999_999), timedelta(seconds=3), id="whole seconds"),
        pytest.param(timedelta(minutes=15), timedelta(minutes=15), id="the last prompt second"),
        pytest.param(timedelta(minutes=15, microseconds=1), timedelta(minutes=15), id="a part of that second"),
        pytest.param(timedelta(minutes=15, seconds=1), timedelta(0), id="the first late second"),
        pytest.param(timedelta(hours=5), timedelta(0), id="a lost message, asked about later"),
        pytest.param(timedelta(days=3), timedelta(0), id="a portal that was down"),
        pytest.param(timedelta(seconds=-2), timedelta(seconds=-2), id="our clock is behind FPX's"),
    ],
)
def test_a_prompt_word_tells_the_moment_and_a_late_one_does_not(after: timedelta, counts: timedelta) -> None:
    """Heard within a quarter of an hour: when it was heard; later: FPX's own time."""
    assert paid_at(TAKEN, TAKEN + after, PROMPT) == TAKEN + counts


def test_without_a_time_of_fpx_only_our_own_is_left() -> None:
    """fpxTxnTime may be blank; the answer is in Malaysia time whatever zone was asked in."""
    heard = paid_at(None, TAKEN.astimezone(UTC), PROMPT)

    assert heard == TAKEN
    assert heard.tzinfo is MALAYSIA


def test_the_prompt_time_can_be_switched_off() -> None:
    """Zero minutes: FPX's time, always."""
    assert paid_at(TAKEN, TAKEN + timedelta(seconds=1), timedelta(0)) == TAKEN


@pytest.mark.parametrize(
    ("after", "wait"),
    [
        (timedelta(0), 0),
        (timedelta(seconds=1), 4),
        (timedelta(seconds=4, milliseconds=900), 1),
        (timedelta(seconds=5), 0),
        (timedelta(minutes=1), 0),
        (timedelta(seconds=-1), 0),
    ],
)
def test_a_buyer_may_ask_again_after_the_pause(after: timedelta, wait: int) -> None:
    """Whole seconds, rounded up; a clock that stands still or was set back holds nobody up."""
    assert seconds_to_next_check(TAKEN, TAKEN + after, timedelta(seconds=5)) == wait
    assert seconds_to_next_check(None, TAKEN, timedelta(seconds=5)) == 0
