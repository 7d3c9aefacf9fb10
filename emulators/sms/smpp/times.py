"""Instants and spans as SMPP writes them: `YYMMDDhhmmsstnnp` (SMPP 3.4 section 7.1.1, confidence high)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from emulators.sms.smpp.statuses import CommandStatus, Refused

_SHAPE = re.compile(r"(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d)(\d\d)([+\-R])")


def read_time(text: str, now: datetime, wrong: CommandStatus) -> datetime | None:
    """The instant meant; None when the field is empty. A span (`R`) counts from `now`, a month as 30 days.

    Raises:
        Refused: with `wrong`, when it is neither instant nor span.
    """
    if not text:
        return None
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        raise Refused(wrong, f"{text!r} is not a time like 190515090000032+ or 000001000000000R")
    year, month, day, hour, minute, second, tenth, quarters = map(int, shape.groups()[:8])
    if shape[9] == "R":
        return now + timedelta(
            days=365 * year + 30 * month + day, hours=hour, minutes=minute, seconds=second, milliseconds=100 * tenth
        )
    if quarters > 48:
        raise Refused(wrong, f"{quarters} quarters of an hour from UTC")
    zone = timezone(timedelta(minutes=15 * quarters) * (1 if shape[9] == "+" else -1))
    try:
        return datetime(2000 + year, month, day, hour, minute, second, 100_000 * tenth, zone)
    except ValueError as error:
        raise Refused(wrong, f"{text!r} is no date") from error


def write_time(instant: datetime) -> str:
    """An aware instant, in its own zone."""
    offset = instant.utcoffset() or timedelta()
    quarters = int(abs(offset) / timedelta(minutes=15))
    sign = "-" if offset < timedelta() else "+"
    return f"{instant:%y%m%d%H%M%S}{instant.microsecond // 100_000}{quarters:02d}{sign}"
