"""Instants and spans as SMPP writes them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from emulators.foundation.clock import MALAYSIA
from emulators.sms.smpp.orders import read_times
from emulators.sms.smpp.statuses import CommandStatus, Refused
from emulators.sms.smpp.times import read_time, write_time

NOW = datetime(2019, 5, 15, 9, 0, tzinfo=MALAYSIA)


@pytest.mark.parametrize(
    ("text", "ahead"),
    [
        ("190515090000032+", timedelta(0)),
        ("190515010000500+", timedelta(milliseconds=500)),
        ("190514210000016-", timedelta(0)),
        ("000000000500000R", timedelta(minutes=5)),
        ("010203040506700R", timedelta(days=365 + 60 + 3, hours=4, minutes=5, seconds=6, milliseconds=700)),
    ],
)
def test_an_instant_is_read_in_its_zone_and_a_span_from_now(text: str, ahead: timedelta) -> None:
    """Quarters of an hour from UTC, tenths of a second."""
    assert read_time(text, NOW, CommandStatus.RINVSCHED) == NOW + ahead


@pytest.mark.parametrize(
    "text",
    ["x", "190515090000032", "191315090000032+", "190515090000099+", "190515090000032Z", "19051509000003é+"],
)
def test_what_is_no_time_is_refused(text: str) -> None:
    """With the status of the field it stands in."""
    with pytest.raises(Refused) as refused:
        read_time(text, NOW, CommandStatus.RINVEXPIRY)

    assert refused.value.status is CommandStatus.RINVEXPIRY


def test_what_is_written_is_read_again() -> None:
    """To the tenth of a second."""
    instant = NOW + timedelta(milliseconds=300)

    assert write_time(instant) == "190515090000332+"
    assert read_time(write_time(instant), NOW, CommandStatus.RINVSCHED) == instant


@pytest.mark.parametrize(
    ("schedule", "validity", "status"),
    [
        ("190515085959032+", "", CommandStatus.RINVSCHED),
        ("", "190515085959032+", CommandStatus.RINVEXPIRY),
        ("190515100000032+", "190515095959032+", CommandStatus.RINVEXPIRY),
    ],
)
def test_what_has_passed_is_refused(schedule: str, validity: str, status: CommandStatus) -> None:
    """A validity that ends before the sending has passed too."""
    with pytest.raises(Refused) as refused:
        read_times(schedule, validity, NOW)

    assert refused.value.status is status


def test_a_validity_span_counts_from_the_sending() -> None:
    """Sent in an hour and valid for five minutes."""
    begin, end = read_times("000000010000000R", "000000000500000R", NOW)

    assert begin is not None
    assert end == begin + timedelta(minutes=5)
