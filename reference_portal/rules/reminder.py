"""When a contributor is reminded that protection will end. Not found in any text: the days are choices (PORTAL-42)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from reference_portal.rules import cover
from reference_portal.rules.contribution import Period
from reference_portal.rules.cover import Cover

DAYS_BEFORE: Mapping[Period, tuple[int, ...]] = {Period.BULANAN: (7, 1), Period.TAHUNAN: (30, 7)}
"""Days before the last day of protection, by the length of the period."""


def due(covers: Iterable[Cover], now: datetime, days_before: Mapping[Period, tuple[int, ...]]) -> int | None:
    """Which reminder the present period has reached (30, 7, 1), or None.

    Of several that were reached at once, after a clock that jumped, only the latest counts. Who has paid for the next
    period, or is not protected any more, is not reminded.
    """
    known = sorted(covers)
    active = cover.current(known, now)
    if active is None or cover.queued(known, now) is not None:
        return None
    left = active.days_left(now)
    return min((days for days in days_before[active.period] if left <= days), default=None)
