"""Dates and times as a Malaysian reads them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from reference_portal.clock import MALAYSIA, SystemClock, spoken_date, spoken_day, spoken_instant, spoken_time, today


@pytest.mark.parametrize(
    ("time", "malay", "english"),
    [
        ("00:00:00", "12:00:00 pagi", "12:00:00 a.m."),
        ("00:59:59", "12:59:59 pagi", "12:59:59 a.m."),
        ("10:32:07", "10:32:07 pagi", "10:32:07 a.m."),
        ("11:59:59", "11:59:59 pagi", "11:59:59 a.m."),
        ("12:00:00", "12:00:00 tengah hari", "12:00:00 p.m."),
        ("13:59:59", "1:59:59 tengah hari", "1:59:59 p.m."),
        ("14:00:00", "2:00:00 petang", "2:00:00 p.m."),
        ("18:59:59", "6:59:59 petang", "6:59:59 p.m."),
        ("19:00:00", "7:00:00 malam", "7:00:00 p.m."),
        ("23:59:59", "11:59:59 malam", "11:59:59 p.m."),
    ],
)
def test_the_day_has_four_parts(time: str, malay: str, english: str) -> None:
    """Twelve hours and the part of the day, at each border."""
    instant = datetime.fromisoformat(f"2019-05-15 {time}").replace(tzinfo=MALAYSIA)

    assert (spoken_time(instant), spoken_time(instant, "en")) == (malay, english)


@pytest.mark.parametrize(
    ("month", "malay", "english"),
    [
        (1, "Januari", "January"),
        (2, "Februari", "February"),
        (3, "Mac", "March"),
        (4, "April", "April"),
        (5, "Mei", "May"),
        (6, "Jun", "June"),
        (7, "Julai", "July"),
        (8, "Ogos", "August"),
        (9, "September", "September"),
        (10, "Oktober", "October"),
        (11, "November", "November"),
        (12, "Disember", "December"),
    ],
)
def test_months_have_their_names(month: int, malay: str, english: str) -> None:
    """No leading zero before the month's name."""
    day = date(2019, month, 5)

    assert (spoken_date(day), spoken_date(day, "en")) == (f"5 {malay} 2019", f"5 {english} 2019")


def test_the_week_begins_on_isnin() -> None:
    """15 May 2019 is a Wednesday."""
    week = [spoken_day(date(2019, 5, 13) + timedelta(days=n)) for n in range(7)]

    assert week == ["Isnin", "Selasa", "Rabu", "Khamis", "Jumaat", "Sabtu", "Ahad"]
    assert spoken_day(date(2019, 5, 15), "en") == "Wednesday"


def test_an_instant_of_another_zone_is_said_in_malaysia_time() -> None:
    """Half past two UTC is half past ten; four in the afternoon UTC is the next day."""
    assert spoken_instant(datetime(2019, 5, 15, 2, 32, 7, tzinfo=UTC)) == "15 Mei 2019, 10:32:07 pagi"
    assert spoken_date(datetime(2019, 5, 15, 16, 0, tzinfo=UTC)) == "16 Mei 2019"
    assert spoken_day(datetime(2019, 5, 15, 16, 0, tzinfo=UTC)) == "Khamis"


def test_the_system_clock_is_aware_and_in_malaysia_time() -> None:
    """Outside a sandbox the portal runs on the machine's clock."""
    now = SystemClock().now()

    assert now.utcoffset() == timedelta(hours=8)
    assert abs(now - datetime.now(UTC)) < timedelta(seconds=5)
    assert today(SystemClock()) - now.date() <= timedelta(days=1)
