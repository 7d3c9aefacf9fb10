"""Where a scenario begins: how far the applicant has come, and what the clock says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from pytest_bdd import given, parsers, step

from features.applicant import Applicant
from features.control import START, Control
from features.people import Application, Person

Shortcut = Callable[[Applicant, str], None]

UNITS = {"saat": 1, "minit": 60, "jam": 3600, "hari": 86400, "second": 1, "minute": 60, "hour": 3600, "day": 86400}


@pytest.fixture
def bring(control: Control) -> Shortcut:
    """Brings somebody new to the page of a step behind the log-in.

    With an account the portal has prepared, so that hundreds of scenarios need not register first; a portal that
    prepares nobody is walked from the home page.
    """

    def bring(applicant: Applicant, step: str) -> None:
        if told := control.account():
            applicant.come_with_an_account(Person.from_contributor(told))
        applicant.reach(step)

    return bring


def moment(text: str) -> datetime:
    """`11/07/2019 23:59:59` in Malaysia time."""
    return datetime.strptime(text, "%d/%m/%Y %H:%M:%S").replace(tzinfo=START.tzinfo)


@given(parsers.parse('jam menunjukkan "{text}"'))
@given(parsers.parse('the clock says "{text}"'))
def time_stands(control: Control, text: str) -> None:
    """Time stands still there, so that a second is exact."""
    control.set_clock(moment(text), running=False)


@step(parsers.re(r"(?P<count>\d+) (?P<unit>saat|minit|jam|hari) berlalu"))
@step(parsers.re(r"(?P<count>\d+) (?P<unit>second|minute|hour|day)s? pass(es)?"))
def time_passes(control: Control, count: str, unit: str) -> None:
    """For every room at once."""
    control.advance(timedelta(seconds=int(count) * UNITS[unit]))


@given("halaman log masuk terbuka")
@given("the log-in page is open")
def at_the_log_in_page(applicant: Applicant) -> None:
    """After L01."""
    applicant.reach("first_time")


@given("borang akaun terbuka")
@given("the account form is open")
def at_the_account_form(applicant: Applicant) -> None:
    """After L02."""
    applicant.reach("register")


@given("borang akaun telah dihantar")
@given("the account form has been sent")
def waits_for_the_otp(applicant: Applicant) -> None:
    """After L03."""
    applicant.reach("confirm_mobile")


@given("nombor telefon telah disahkan")
@given("the mobile number has been confirmed")
def mobile_confirmed(applicant: Applicant) -> None:
    """After L04."""
    applicant.reach("registered")


@given("akaun iPERKESO telah wujud")
@given("the iPERKESO account exists")
def has_an_account(applicant: Applicant) -> None:
    """After L07."""
    applicant.reach("sign_in")


@given("papan pemuka terbuka")
@given("the dashboard is open")
def at_the_dashboard(applicant: Applicant) -> None:
    """After L10."""
    applicant.reach("dashboard")


@given("borang caruman terbuka")
@given("the contribution form is open")
def at_the_form(applicant: Applicant, bring: Shortcut) -> None:
    """After L11a."""
    bring(applicant, "apply")


@given("borang caruman telah dihantar")
@given("the contribution form has been sent")
def at_the_choice_of_bank(applicant: Applicant, bring: Shortcut) -> None:
    """After L12."""
    bring(applicant, "pay_by_fpx")


@given("caruman telah dibayar")
@given("the contribution has been paid")
def paid(applicant: Applicant, bring: Shortcut) -> None:
    """After L13."""
    bring(applicant, "receipt")


@given("pemohon dilindungi")
@given("the applicant is covered")
def covered(applicant: Applicant) -> None:
    """After L15."""
    applicant.reach("renew")


@given(parsers.parse('borang caruman pemandu "{category}" di "{region}" terbuka'))
@given(parsers.parse('the contribution form of a "{category}" driver in "{region}" is open'))
def form_of_a_driver(applicant: Applicant, bring: Shortcut, category: str, region: str) -> None:
    """After L11a, by somebody who drives that, there."""
    applicant.application = Application.of(category, region)
    bring(applicant, "apply")


@given("seorang pencarum yang perlindungannya telah tamat berada di papan pemuka", target_fixture="applicant")
@given("a contributor whose cover has ended is at the dashboard", target_fixture="applicant")
def cover_ended(control: Control, newcomer: Callable[[Person], Applicant]) -> Applicant:
    """Prepared by the portal's control door, then signed in as anybody does."""
    (told,) = control.contributors(1)
    contributor = newcomer(Person.from_contributor(told))
    contributor.sign_in_again()
    return contributor
