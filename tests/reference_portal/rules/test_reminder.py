"""When somebody is reminded: the last day counts down, and only who has to act is told."""

from __future__ import annotations

from datetime import datetime

import pytest

from reference_portal.clock import MALAYSIA
from reference_portal.rules.contribution import Period
from reference_portal.rules.cover import Cover, cover_for
from reference_portal.rules.reminder import DAYS_BEFORE, due

MONTH = cover_for(datetime(2019, 5, 15, 9, tzinfo=MALAYSIA), Period.BULANAN)
YEAR = cover_for(datetime(2019, 5, 15, 9, tzinfo=MALAYSIA), Period.TAHUNAN)


@pytest.mark.parametrize(
    ("cover", "now", "reached"),
    [
        (MONTH, "2019-05-15T09:00:00", None),
        (MONTH, "2019-06-06T23:59:59", None),
        (MONTH, "2019-06-07T00:00:00", 7),
        (MONTH, "2019-06-12T23:59:59", 7),
        (MONTH, "2019-06-13T00:00:00", 1),
        (MONTH, "2019-06-14T23:59:59", 1),
        (MONTH, "2019-06-15T00:00:00", None),
        (YEAR, "2020-04-13T23:59:59", None),
        (YEAR, "2020-04-14T00:00:00", 30),
        (YEAR, "2020-05-06T23:59:59", 30),
        (YEAR, "2020-05-07T00:00:00", 7),
        (YEAR, "2020-05-14T23:59:59", 7),
        (YEAR, "2020-05-15T00:00:00", None),
        (YEAR, "2019-05-15T08:59:59", None),
    ],
)
def test_each_reminder_is_reached_at_the_midnight_that_begins_its_day(
    cover: Cover, now: str, reached: int | None
) -> None:
    """7 and 1 days before a month's last day (14 June), 30 and 7 before a year's (14 May); none afterwards."""
    assert due([cover], datetime.fromisoformat(now).replace(tzinfo=MALAYSIA), DAYS_BEFORE) == reached


def test_who_has_paid_for_the_next_period_is_not_reminded() -> None:
    """A queued period leaves nothing to do."""
    following = cover_for(datetime(2019, 6, 10, tzinfo=MALAYSIA), Period.BULANAN, MONTH.end)

    assert due([MONTH, following], datetime(2019, 6, 13, tzinfo=MALAYSIA), DAYS_BEFORE) is None
    assert due([MONTH, following], datetime(2019, 7, 8, tzinfo=MALAYSIA), DAYS_BEFORE) == 7


def test_nobody_is_reminded_of_what_they_never_had() -> None:
    """No cover, no reminder."""
    assert due([], datetime(2019, 6, 13, tzinfo=MALAYSIA), DAYS_BEFORE) is None
