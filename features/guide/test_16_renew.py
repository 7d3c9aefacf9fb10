"""L16: a renewal is L01, then L08 to L14: a new order, a new receipt, a new period of cover."""

from __future__ import annotations

from datetime import timedelta

from pytest_bdd import given, parsers, scenarios, then, when

from features import documents
from features.applicant import Applicant
from features.control import START, Control
from features.sentences.states import Shortcut

scenarios("guide/16_renew.ms.feature", "guide/16_renew.en.feature")


@given(parsers.parse("seorang pencarum yang lesennya akan tamat dalam {days:d} hari"))
@given(parsers.parse("a contributor whose licence ends in {days:d} days"))
def licence_ends(applicant: Applicant, bring: Shortcut, days: int) -> None:
    bring(applicant, "apply")
    licence, *others = applicant.papers()
    ending = documents.paper(licence.kind, applicant.source, START.date() + timedelta(days=days))
    applicant.apply([ending, *others], period="bulanan")
    applicant.pay_by_fpx()


@when("pencarum cuba memperbaharui tanpa lesen baharu")
@when("the contributor tries to renew without a new licence")
def renew_without(applicant: Applicant) -> None:
    applicant.sign_in_again()
    applicant.refused(applicant.renew)


@when("pencarum memperbaharui dengan lesen baharu dan membayar")
@when("the contributor renews with a new licence and pays")
def renew_with(applicant: Applicant) -> None:
    applicant.renew(papers=applicant.papers_of("lesen_memandu"))
    applicant.pay_by_fpx()


@when("pencarum memperbaharui tetapi bank menolak bayaran")
@when("the contributor renews but the bank declines the payment")
def renewal_declined(applicant: Applicant) -> None:
    applicant.renew()
    applicant.refused(applicant.pay_by_fpx, card="5151")


@then("pencarum menerima resit yang baharu")
@then("the contributor receives a new receipt")
def new_receipt(applicant: Applicant, control: Control) -> None:
    receipt = applicant.receipt()
    assert receipt.facts["amount"] == "RM232.80"
    assert control.totals("portal")["receipts"]["count"] == 1


@then(parsers.parse("sejarah menunjukkan {count:d} resit selepas itu"))
@then(parsers.parse("the history shows {count:d} receipts afterwards"))
def history_afterwards(applicant: Applicant, count: int) -> None:
    applicant.browser.press("Papan pemuka")
    assert count == len(applicant.cover_on_the_dashboard().receipts)


@then("tiada SMS dihantar kepada pemohon")
@then("no SMS is sent to the applicant")
def no_text_message(applicant: Applicant) -> None:
    assert applicant.phone.messages() == []
