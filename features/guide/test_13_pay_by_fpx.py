"""L13: the applicant chooses a bank and pays with **FPX**."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from pytest_bdd import given, parsers, scenarios, then, when

from features.applicant import BANK, Applicant
from features.control import Control
from features.patience import until
from features.transport import HttpTransport

scenarios("guide/13_pay_by_fpx.ms.feature", "guide/13_pay_by_fpx.en.feature")

NOTHING = {"count": 0, "sen": 0}
ONE_YEAR_OF_PLAN_1 = {"count": 1, "sen": 15720}
CHECKS = 5
PAUSE = timedelta(seconds=10)
"""Nobody presses the same button many times a second; the portal asks FPX about each of these presses."""


def cancel_at_sign_in(applicant: Applicant) -> None:
    """Before anything was typed."""
    applicant.bank.cancel()


def cancel_at_confirmation(applicant: Applicant) -> None:
    """With account and amount on the screen."""
    applicant.bank.sign_in()
    applicant.bank.cancel()


PLACES: dict[str, Callable[[Applicant], None]] = {
    "di halaman log masuk bank": cancel_at_sign_in,
    "on the bank's sign-in page": cancel_at_sign_in,
    "di halaman pengesahan bank": cancel_at_confirmation,
    "on the bank's confirmation page": cancel_at_confirmation,
}


@when(parsers.parse("pemohon membatalkan bayaran {place}"))
@when(parsers.parse("the applicant cancels the payment {place}"))
def cancel(applicant: Applicant, place: str) -> None:
    applicant.choose_bank()
    PLACES[place](applicant)
    applicant.bank.go_back_to_the_portal()


@when("pemohon memberi kata laluan bank yang salah tiga kali")
@when("the applicant gives a wrong bank password three times")
def wrong_bank_password(applicant: Applicant) -> None:
    applicant.choose_bank()
    for _time in range(3):
        applicant.bank.sign_in(password="salah")  # noqa: S106  wrong on purpose
    applicant.bank.go_back_to_the_portal()


@when(parsers.parse('pemohon memilih bank "{bank}" juga'))
@when(parsers.parse('the applicant chooses the bank "{bank}" all the same'))
def choose_offline(applicant: Applicant, bank: str) -> None:
    applicant.browser.smuggle(bank=bank)
    applicant.browser.press("Bayar dengan FPX")


@when("pemohon menyemak status sehingga ia berubah")
@when("the applicant checks the status until it changes")
def check_status(applicant: Applicant, control: Control) -> None:
    for _check in range(CHECKS):
        if applicant.payment_status() != "MENUNGGU":
            return
        applicant.browser.press("Semak status")
        control.advance(PAUSE)


@when("pemohon mengesahkan bayaran di bank dan menutup pelayar")
@when("the applicant confirms the payment at the bank and closes the browser")
def close_the_browser(applicant: Applicant) -> None:
    applicant.choose_bank(BANK)
    applicant.bank.sign_in()
    applicant.bank.confirm()
    assert isinstance(applicant.browser.transport, HttpTransport)
    applicant.browser.transport.forget_cookies()


@then("FPX mengesahkan bayaran itu terus kepada portal")
@then("FPX confirms the payment to the portal directly")
def confirmed_directly(control: Control) -> None:
    acknowledged = until(lambda: next((entry for entry in control.journal("fpx") if is_direct_and_taken(entry)), None))
    assert acknowledged is not None, control.journal("fpx")
    assert control.totals("portal")["paid_orders"] == ONE_YEAR_OF_PLAN_1


@then("bank telah mendebit amaun itu sekali sahaja")
@then("the bank has debited the amount exactly once")
def debited_once(control: Control) -> None:
    assert control.totals("fpx")["debits"] == ONE_YEAR_OF_PLAN_1
    assert control.totals("portal")["paid_orders"] == ONE_YEAR_OF_PLAN_1
    assert control.totals("portal")["receipts"] == ONE_YEAR_OF_PLAN_1


@then("bank tidak mendebit apa-apa")
@then("the bank has debited nothing")
def debited_nothing(control: Control) -> None:
    assert control.totals("fpx")["debits"] == NOTHING
    assert control.totals("portal")["paid_orders"] == NOTHING
    assert control.totals("portal")["receipts"] == NOTHING


@given(parsers.parse('bank "{bank}" ditanda luar talian dan tidak boleh dipilih'))
@given(parsers.parse('the bank "{bank}" is marked offline and cannot be chosen'))
def offline(applicant: Applicant, bank: str) -> None:
    assert applicant.page.choices("bank")[bank] is False
    assert applicant.page.choices("bank")[BANK] is True
    assert "(Offline)" in applicant.page.text


@then("selepas log masuk semula pemohon mempunyai perlindungan dan resit")
@then("after signing in again the applicant has cover and a receipt")
def covered_afterwards(applicant: Applicant) -> None:
    applicant.sign_in_again()
    cover = applicant.cover_on_the_dashboard()
    assert cover.status == "AKTIF"
    assert len(cover.receipts) == 1


def is_direct_and_taken(entry: dict[str, Any]) -> bool:
    """Whether a journal entry of FPX tells of a direct AC which the portal answered with OK."""
    return entry["kind"] == "AC delivery" and entry["facts"]["acknowledged"] is True
