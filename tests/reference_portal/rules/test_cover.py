"""Clauses C-1, C-2 and C-4, and the choices about the end of cover."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from reference_portal.clock import MALAYSIA
from reference_portal.errors import RuleBroken
from reference_portal.rules.contribution import Period
from reference_portal.rules.cover import (
    Cover,
    EndRule,
    Status,
    check_in_force,
    cover_for,
    current,
    gaps,
    latest_end,
    may_renew,
    queued,
    renewal_refusal,
    status,
    status_of,
)

BULANAN, TAHUNAN = Period.BULANAN, Period.TAHUNAN


def at(text: str) -> datetime:
    """An instant in Malaysia time."""
    return datetime.fromisoformat(text).replace(tzinfo=MALAYSIA)


@pytest.mark.parametrize(
    ("paid", "period", "end"),
    [
        ("2019-05-15 10:32:07", BULANAN, "2019-06-14 23:59:59"),
        ("2019-05-15 10:32:07", TAHUNAN, "2020-05-14 23:59:59"),
        ("2019-05-01 00:00:01", BULANAN, "2019-05-31 23:59:59"),
        ("2019-01-31 09:00:00", BULANAN, "2019-02-28 23:59:59"),
        ("2019-01-30 09:00:00", BULANAN, "2019-02-28 23:59:59"),
        ("2020-01-31 09:00:00", BULANAN, "2020-02-29 23:59:59"),
        ("2020-02-29 12:00:00", TAHUNAN, "2021-02-28 23:59:59"),
        ("2019-12-31 08:00:00", BULANAN, "2020-01-30 23:59:59"),
        ("2019-07-11 23:59:59", TAHUNAN, "2020-07-10 23:59:59"),
        ("2019-01-29 09:00:00", BULANAN, "2019-02-28 23:59:59"),
        ("2019-02-28 00:00:00", BULANAN, "2019-03-27 23:59:59"),
        ("2019-03-31 00:00:00", BULANAN, "2019-04-30 23:59:59"),
        ("2019-12-01 00:00:00", BULANAN, "2019-12-31 23:59:59"),
        ("2019-03-01 00:00:00", TAHUNAN, "2020-02-29 23:59:59"),
        ("2017-06-01 00:00:00", BULANAN, "2017-06-30 23:59:59"),
    ],
)
def test_cover_starts_when_paid_and_ends_the_day_before_the_date_comes_round(
    paid: str, period: Period, end: str
) -> None:
    """C-1, C-2: every row of the reference's table, and more ends of months."""
    assert cover_for(at(paid), period) == Cover(at(paid), at(end))


@pytest.mark.parametrize(
    ("paid", "period", "end"),
    [
        ("2019-05-15 10:32:07", BULANAN, "2019-06-15 10:32:06"),
        ("2019-05-15 10:32:07", TAHUNAN, "2020-05-15 10:32:06"),
        ("2019-01-31 09:00:00", BULANAN, "2019-02-28 08:59:59"),
        ("2020-02-29 12:00:00", TAHUNAN, "2021-02-28 11:59:59"),
        ("2019-12-31 00:00:00", BULANAN, "2020-01-30 23:59:59"),
    ],
)
def test_the_other_reading_of_the_law_ends_at_the_same_time_of_day(paid: str, period: Period, end: str) -> None:
    """The setting SAME_CLOCK_TIME: one second short of a month or a year, clamped to the month's end."""
    assert cover_for(at(paid), period, end_rule=EndRule.SAME_CLOCK_TIME) == Cover(at(paid), at(end))


def test_an_instant_of_another_zone_and_its_fraction_are_read_in_malaysia() -> None:
    """Half past two in the morning UTC is half past ten in Malaysia; cover is kept in whole seconds."""
    paid = datetime(2019, 4, 30, 16, 0, 0, 999_999, tzinfo=UTC)

    assert cover_for(paid, BULANAN) == Cover(at("2019-05-01 00:00:00"), at("2019-05-31 23:59:59"))


def test_no_cover_starts_before_the_scheme() -> None:
    """C-4: in force from 1 June 2017, neither a second earlier nor for somebody who managed to pay before."""
    with pytest.raises(RuleBroken) as refused:
        check_in_force(at("2017-05-31 23:59:59"))
    check_in_force(at("2017-06-01 00:00:00"))

    assert refused.value.code == "E-COV-03"
    assert cover_for(at("2017-05-20 10:00:00"), BULANAN).start == at("2017-06-01 00:00:00")


@pytest.mark.parametrize("rule", EndRule)
def test_an_early_renewal_queues_without_gap_or_overlap(rule: EndRule) -> None:
    """The new period starts the second after the old one, whichever way ends are found."""
    first = cover_for(at("2019-05-15 10:32:07"), BULANAN, end_rule=rule)
    second = cover_for(at("2019-05-20 08:00:00"), TAHUNAN, first.end, rule)

    assert second.start == first.end + timedelta(seconds=1)
    assert gaps([second, first]) == []


def test_a_queued_year_runs_from_midnight() -> None:
    """Paid on 20 May with cover to 14 June: 15 June 2019 to 14 June 2020."""
    queued_year = cover_for(at("2019-05-20 08:00:00"), TAHUNAN, at("2019-06-14 23:59:59"))

    assert queued_year == Cover(at("2019-06-15 00:00:00"), at("2020-06-14 23:59:59"))


@pytest.mark.parametrize(
    ("paid", "start"),
    [
        ("2019-06-14 23:59:59", "2019-06-15 00:00:00"),
        ("2019-06-15 00:00:00", "2019-06-15 00:00:00"),
        ("2019-06-15 00:00:01", "2019-06-15 00:00:01"),
        ("2019-09-01 12:00:00", "2019-09-01 12:00:00"),
    ],
)
def test_a_late_renewal_starts_when_paid(paid: str, start: str) -> None:
    """In the last second it still queues; from the next on it starts at payment and the gap stays uncovered."""
    assert cover_for(at(paid), BULANAN, at("2019-06-14 23:59:59")).start == at(start)


def test_a_gap_is_told() -> None:
    """From the second after one cover to the second before the next."""
    first = Cover(at("2019-05-15 10:00:00"), at("2019-06-14 23:59:59"))
    second = Cover(at("2019-07-01 08:00:00"), at("2019-07-31 23:59:59"))

    assert gaps([second, first]) == [Cover(at("2019-06-15 00:00:00"), at("2019-07-01 07:59:59"))]


MONTH = Cover(at("2019-05-15 10:32:07"), at("2019-06-14 23:59:59"))
YEAR = Cover(at("2019-05-15 10:32:07"), at("2020-05-14 23:59:59"))
NEXT = Cover(at("2019-06-15 00:00:00"), at("2019-07-14 23:59:59"))


@pytest.mark.parametrize(
    ("covers", "now", "expected"),
    [
        ([], "2019-05-15 10:32:07", Status.BELUM_MENCARUM),
        ([MONTH], "2019-05-15 10:32:06", Status.AKAN_BERMULA),
        ([MONTH], "2019-05-15 10:32:07", Status.AKTIF),
        ([MONTH], "2019-06-06 23:59:59", Status.AKTIF),
        ([MONTH], "2019-06-07 00:00:00", Status.AKAN_TAMAT),
        ([MONTH], "2019-06-14 23:59:59", Status.AKAN_TAMAT),
        ([MONTH], "2019-06-15 00:00:00", Status.TAMAT_TEMPOH),
        ([YEAR], "2020-04-13 23:59:59", Status.AKTIF),
        ([YEAR], "2020-04-14 00:00:00", Status.AKAN_TAMAT),
        ([YEAR], "2020-05-15 00:00:00", Status.TAMAT_TEMPOH),
        ([NEXT, MONTH], "2019-06-14 12:00:00", Status.AKTIF),
        ([MONTH, NEXT], "2019-06-15 00:00:00", Status.AKTIF),
        ([MONTH, NEXT], "2019-07-10 00:00:00", Status.AKAN_TAMAT),
        ([MONTH, NEXT], "2019-07-15 00:00:00", Status.TAMAT_TEMPOH),
    ],
)
def test_the_contributors_status_turns_at_its_second(covers: list[Cover], now: str, expected: Status) -> None:
    """Seven days before a month's end and thirty before a year's, unless the next period is already paid."""
    assert status(covers, at(now)) is expected


def test_the_last_second_of_cover_counts_to_its_end() -> None:
    """Half a second before midnight is covered."""
    now = at("2019-06-14 23:59:59") + timedelta(milliseconds=999)

    assert MONTH.protects_at(now)
    assert current([MONTH], now) == MONTH


def test_a_queued_row_of_the_history_is_about_to_start() -> None:
    """Each period has its own word beside the contributor's one."""
    now = at("2019-06-10 12:00:00")

    assert [status_of(cover, now) for cover in (MONTH, NEXT)] == [Status.AKAN_TAMAT, Status.AKAN_BERMULA]
    assert (queued([MONTH, NEXT], now), latest_end([NEXT, MONTH])) == (NEXT, NEXT.end)
    assert (MONTH.days_left(now), NEXT.days_left(at("2019-08-01 00:00:00"))) == (4, 0)


@pytest.mark.parametrize(
    ("covers", "now", "queue", "code"),
    [
        ([], "2019-05-15 12:00:00", True, "E-COV-01"),
        ([MONTH], "2019-05-15 12:00:00", True, None),
        ([MONTH], "2019-05-15 12:00:00", False, "E-COV-04"),
        ([MONTH], "2019-06-15 00:00:00", False, None),
        ([MONTH, NEXT], "2019-06-14 12:00:00", True, "E-COV-02"),
        ([MONTH, NEXT], "2019-06-15 00:00:00", True, None),
        ([MONTH, NEXT], "2019-08-01 00:00:00", True, None),
    ],
)
def test_renewal_opens_after_the_first_cover_and_queues_at_most_once(
    covers: list[Cover], now: str, queue: bool, code: str | None
) -> None:
    """Not before the first payment, not while one period waits, and not early where queueing is switched off."""
    refusal = renewal_refusal(covers, at(now), queue)

    assert (refusal.code if refusal else None) == code
    assert may_renew(covers, at(now), queue) is (code is None)


@pytest.mark.parametrize("rule", EndRule)
@pytest.mark.parametrize("period", Period)
def test_no_cover_is_longer_than_sold(rule: EndRule, period: Period) -> None:
    """Each day of five years: never empty, never beyond twelve months (Act 789, s.3), its period told back."""
    day = at("2018-01-01 17:00:00")
    for _ in range(5 * 366):
        cover = cover_for(day, period, end_rule=rule)
        length = cover.end - cover.start
        assert timedelta(days=27) < length <= timedelta(days=366 if period is TAHUNAN else 31)
        assert cover.period is period
        day += timedelta(days=1)
