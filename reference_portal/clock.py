"""Time as the portal knows it: a clock that is passed in, Malaysia's zone, and dates as a Malaysian reads them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Protocol

MALAYSIA = timezone(timedelta(hours=8), "MYT")
"""Malaysia time: UTC+08:00 with no daylight saving."""

MONTHS = {
    "ms": [
        "Januari",
        "Februari",
        "Mac",
        "April",
        "Mei",
        "Jun",
        "Julai",
        "Ogos",
        "September",
        "Oktober",
        "November",
        "Disember",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
DAYS = {
    "ms": ["Isnin", "Selasa", "Rabu", "Khamis", "Jumaat", "Sabtu", "Ahad"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}


class Clock(Protocol):
    """Whatever can say what time it is; nothing else in the portal does."""

    def now(self) -> datetime:
        """The present instant, aware."""
        ...


class SystemClock:
    """The machine's own clock, in Malaysia time: what a real portal would run on."""

    def now(self) -> datetime:
        """The present instant in Malaysia time."""
        return datetime.now(MALAYSIA)


def today(clock: Clock) -> date:
    """The calendar day in Malaysia."""
    return clock.now().astimezone(MALAYSIA).date()


def spoken_date(day: date, language: str = "ms") -> str:
    """`15 Mei 2019`; an instant is first brought to Malaysia time."""
    if isinstance(day, datetime):
        day = day.astimezone(MALAYSIA).date()
    return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"


def spoken_day(day: date, language: str = "ms") -> str:
    """`Rabu`; an instant is first brought to Malaysia time."""
    if isinstance(day, datetime):
        day = day.astimezone(MALAYSIA).date()
    return DAYS[language][day.weekday()]


def spoken_time(instant: datetime, language: str = "ms") -> str:
    """`10:32:07 pagi`: twelve hours and the part of the day (pagi to noon, tengah hari, petang, malam)."""
    local = instant.astimezone(MALAYSIA)
    if language == "en":
        part = "a.m." if local.hour < 12 else "p.m."
    elif local.hour < 12:
        part = "pagi"
    elif local.hour < 14:
        part = "tengah hari"
    elif local.hour < 19:
        part = "petang"
    else:
        part = "malam"
    return f"{(local.hour - 1) % 12 + 1}:{local.minute:02d}:{local.second:02d} {part}"


def spoken_instant(instant: datetime, language: str = "ms") -> str:
    """`15 Mei 2019, 10:32:07 pagi`."""
    return f"{spoken_date(instant, language)}, {spoken_time(instant, language)}"
