"""Reminders by mail: the day they are due, once each, and never lost to a mail server that is away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from tests.reference_portal.fakes import FakeMail, HeldClock
from tests.reference_portal.visitor import Visitor


@pytest.fixture(name="covered")
def _covered(visitor: Visitor, mail: FakeMail) -> Visitor:
    """Somebody who has just paid for a month: protected to 14 June."""
    visitor.be_signed_in()
    visitor.apply(period="bulanan")
    visitor.pay()
    mail.sent.clear()
    return visitor


def reminded(mail: FakeMail) -> list[object]:
    """How many days before the end each reminder said it came."""
    return [values["days_left"] for _, message, values in mail.sent if message == "remind_cover"]


def test_each_reminder_goes_out_once_on_its_day(covered: Visitor, mail: FakeMail, held_clock: HeldClock) -> None:
    """7 days and 1 day before the end, whatever else is looked at in between; then never again."""
    for days in range(32):
        for _ in range(2):
            assert covered.portal.reminders.run_once(), days
        held_clock.advance(days=1)

    assert reminded(mail) == [7, 1]
    to, _, values = mail.sent[0]
    assert to == covered.email
    assert values["full_name"] == "Ujian bin Contoh"
    assert values["renew_url"] == "http://portal.invalid:8000/renew"
    assert "reminder.sent" in [entry["kind"] for entry in covered.portal.journal(0, 1000)]


def test_the_dashboard_says_it_as_well(covered: Visitor, held_clock: HeldClock) -> None:
    """From the seventh day before the end on."""
    held_clock.advance(days=23)
    covered.sign_in()
    page = covered.send("/choose-mode", mode="self_employed")

    assert page.testid("cover-status") == "AKAN TAMAT"
    assert "14 Jun 2019" in " ".join(page.find("//div[contains(@class,'warning')]//text()"))


def test_a_clock_that_jumps_sends_only_the_latest(covered: Visitor, mail: FakeMail, held_clock: HeldClock) -> None:
    """Over both days at once: nobody is told 'seven days' on the last one."""
    held_clock.advance(days=30)
    covered.portal.reminders.run_once()

    assert reminded(mail) == [0]


def test_a_clock_put_back_repeats_nothing(covered: Visitor, mail: FakeMail, held_clock: HeldClock) -> None:
    """What went out for this period went out."""
    held_clock.advance(days=30)
    covered.portal.reminders.run_once()
    held_clock.advance(days=-5)
    covered.portal.reminders.run_once()

    assert len(reminded(mail)) == 1


def test_a_mail_server_that_is_away_only_delays(covered: Visitor, mail: FakeMail, held_clock: HeldClock) -> None:
    """It is asked again until it takes the letter."""
    held_clock.advance(days=23)
    mail.down = True
    assert not covered.portal.reminders.run_once()
    assert not reminded(mail)

    mail.down = False
    assert covered.portal.reminders.run_once()
    assert reminded(mail) == [7]


def test_a_restart_repeats_nothing(
    covered: Visitor, mail: FakeMail, held_clock: HeldClock, make_portal: Callable[[], Flask]
) -> None:
    """What was sent is in the store."""
    held_clock.advance(days=23)
    covered.portal.reminders.run_once()
    make_portal().extensions["portal"].reminders.run_once()

    assert reminded(mail) == [7]


def test_the_worker_looks_by_itself(
    covered: Visitor, mail: FakeMail, held_clock: HeldClock, until: Callable[..., object]
) -> None:
    """Started as the front door starts it; stopped within its time."""
    held_clock.advance(days=23)
    worker = covered.portal.reminders
    worker.start()
    until(lambda: reminded(mail), "the reminder is sent")
    worker.stop()
