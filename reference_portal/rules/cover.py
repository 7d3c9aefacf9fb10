"""When protection starts and ends (clauses C-1, C-2, C-4), and what that makes of a contributor today.

The start is the law's (Act 789, s.3: from the time and date the contribution is paid, high confidence). The
regulations' text on the end, on early and on late renewal was not found: those are choices and settings
(PORTAL-1 to PORTAL-3).
"""

from __future__ import annotations

import calendar
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from reference_portal.clock import MALAYSIA
from reference_portal.errors import RuleBroken
from reference_portal.rules.contribution import Period

SCHEME_START = datetime(2017, 6, 1, tzinfo=MALAYSIA)
"""C-4: the scheme is in force from 1 June 2017."""

ENDS_SOON_DAYS = {Period.BULANAN: 7, Period.TAHUNAN: 30}
_SECOND = timedelta(seconds=1)


class EndRule(StrEnum):
    """How the end of a period is found."""

    END_OF_DAY_BEFORE = "end_of_day_before"
    """23:59:59 of the day before the monthly or yearly date."""
    SAME_CLOCK_TIME = "same_clock_time"
    """One second before the same time of day, a month or a year later."""


class Status(StrEnum):
    """What a contributor, or one period of cover, is at an instant."""

    AKTIF = "AKTIF"
    AKAN_BERMULA = "AKAN BERMULA"
    AKAN_TAMAT = "AKAN TAMAT"
    TAMAT_TEMPOH = "TAMAT TEMPOH"
    BELUM_MENCARUM = "BELUM MENCARUM"


@dataclass(frozen=True, order=True)
class Cover:
    """One period of protection, both ends included, in Malaysia time and whole seconds."""

    start: datetime
    end: datetime

    def protects_at(self, instant: datetime) -> bool:
        """Whether `instant` lies within the period; the last second counts to its end."""
        return self.start <= instant < self.end + _SECOND

    def days_left(self, now: datetime) -> int:
        """Calendar days from today to the last day of protection; never negative."""
        return max(0, (_day(self.end) - _day(now)).days)

    @property
    def period(self) -> Period:
        """Monthly or yearly, told by the length."""
        return Period.BULANAN if self.end - self.start <= timedelta(days=31) else Period.TAHUNAN


def cover_for(
    paid_at: datetime,
    period: Period,
    current_end: datetime | None = None,
    end_rule: EndRule = EndRule.END_OF_DAY_BEFORE,
) -> Cover:
    """The cover a payment buys.

    It starts when the contribution is paid (C-2), never before the scheme (C-4). While an earlier cover lasts to
    `current_end` it queues: it starts the second after. A gap is simply not covered: no arrears, no surcharge.
    """
    start = max(paid_at.astimezone(MALAYSIA).replace(microsecond=0), SCHEME_START)
    if current_end is not None and start <= current_end:
        start = current_end.astimezone(MALAYSIA).replace(microsecond=0) + _SECOND
    return Cover(start, _end(start, period.months, end_rule))


def check_in_force(now: datetime) -> None:
    """E-COV-03 before 1 June 2017: there is nothing to buy yet (C-4)."""
    refusal = in_force_refusal(now)
    if refusal is not None:
        raise refusal


def in_force_refusal(now: datetime) -> RuleBroken | None:
    """The same as a value, for whoever has more to say."""
    return RuleBroken("E-COV-03") if now < SCHEME_START else None


def status(covers: Iterable[Cover], now: datetime) -> Status:
    """The contributor's one word today; a queued period keeps a present one from being about to end."""
    known = sorted(covers)
    if not known:
        return Status.BELUM_MENCARUM
    active = current(known, now)
    if active is not None:
        return Status.AKTIF if queued(known, now) else status_of(active, now)
    return Status.AKAN_BERMULA if queued(known, now) else Status.TAMAT_TEMPOH


def status_of(cover: Cover, now: datetime) -> Status:
    """The word for one period alone, as a row of the history shows it."""
    if now < cover.start:
        return Status.AKAN_BERMULA
    if not cover.protects_at(now):
        return Status.TAMAT_TEMPOH
    soon = cover.days_left(now) <= ENDS_SOON_DAYS[cover.period]
    return Status.AKAN_TAMAT if soon else Status.AKTIF


def current(covers: Iterable[Cover], now: datetime) -> Cover | None:
    """The period that protects now, if any."""
    return next((cover for cover in sorted(covers) if cover.protects_at(now)), None)


def queued(covers: Iterable[Cover], now: datetime) -> Cover | None:
    """The first period that is paid and has not started, if any."""
    return next((cover for cover in sorted(covers) if cover.start > now), None)


def latest_end(covers: Iterable[Cover]) -> datetime | None:
    """The last second of protection bought so far: what `cover_for` calls current_end."""
    return max((cover.end for cover in covers), default=None)


def gaps(covers: Iterable[Cover]) -> list[Cover]:
    """The stretches without protection between one period and the next (*Tiada perlindungan*)."""
    known = sorted(covers)
    return [
        Cover(earlier.end + _SECOND, later.start - _SECOND)
        for earlier, later in itertools.pairwise(known)
        if later.start - earlier.end > _SECOND
    ]


def renewal_refusal(covers: Sequence[Cover], now: datetime, queued_renewal: bool = True) -> RuleBroken | None:
    """Why **Memperbaharui** is closed today, or None when it is open. At most one period may wait its turn."""
    if not covers:
        return RuleBroken("E-COV-01")
    waiting = queued(covers, now)
    if waiting is not None:
        return RuleBroken("E-COV-02", tarikh=_day(waiting.start))
    active = current(covers, now)
    if active is not None and not queued_renewal:
        return RuleBroken("E-COV-04", tarikh=_day(active.end))
    return None


def may_renew(covers: Sequence[Cover], now: datetime, queued_renewal: bool = True) -> bool:
    """Whether a renewal may be started now."""
    return renewal_refusal(covers, now, queued_renewal) is None


def _end(start: datetime, months: int, rule: EndRule) -> datetime:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    month += 1
    last = calendar.monthrange(year, month)[1]
    if rule is EndRule.SAME_CLOCK_TIME:
        return start.replace(year=year, month=month, day=min(start.day, last)) - _SECOND
    if start.day == 1:
        last_day = date(year, month, 1) - timedelta(days=1)
    else:
        last_day = date(year, month, min(start.day - 1, last))
    return datetime.combine(last_day, time(23, 59, 59), MALAYSIA)


def _day(instant: datetime) -> date:
    return instant.astimezone(MALAYSIA).date()
