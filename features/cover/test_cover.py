"""C-1 to C-5: what a contribution covers, what the receipt certifies, whom to ask."""

from __future__ import annotations

import io
from datetime import datetime

from pypdf import PdfReader
from pytest_bdd import given, parsers, scenarios, then, when

from features.applicant import Applicant
from features.control import Control
from features.errors import Refused
from features.page import Page
from features.people import Application
from features.seen import Receipt
from features.sentences.states import Shortcut, moment
from features.steps import STEPS

scenarios("cover/cover.ms.feature", "cover/cover.en.feature")

WHOM_TO_ASK = "bantuan@iperkeso.sandbox.invalid"


def pay_for(applicant: Applicant, bring: Shortcut, period: str) -> Receipt:
    """The first journey up to the receipt."""
    applicant.application = Application.of(period=period)
    bring(applicant, "receipt")
    return applicant.receipt()


def instant(receipt: Receipt, end: str) -> datetime:
    """`start` or `end` of the cover the receipt tells of."""
    return datetime.fromisoformat(receipt.facts["cover"][end])


@given(parsers.parse('pemohon telah membayar caruman "{period}" pada "{paid}"'))
@given(parsers.parse('the applicant has paid a "{period}" contribution on "{paid}"'))
def has_paid(applicant: Applicant, bring: Shortcut, control: Control, period: str, paid: str) -> None:
    control.set_clock(moment(paid), running=False)
    pay_for(applicant, bring, period)


@when(parsers.parse('pemohon membayar caruman "{period}"'), target_fixture="receipt")
@when(parsers.parse('the applicant pays a "{period}" contribution'), target_fixture="receipt")
def pays(applicant: Applicant, bring: Shortcut, period: str) -> Receipt:
    return pay_for(applicant, bring, period)


@when(parsers.parse('pencarum memperbaharui "{period}" dan membayar'), target_fixture="receipt")
@when(parsers.parse('the contributor renews "{period}" and pays'), target_fixture="receipt")
def renews(applicant: Applicant, period: str) -> Receipt:
    applicant.sign_in_again()
    applicant.renew(period=period)
    applicant.pay_by_fpx()
    return applicant.receipt()


@when("pemohon melalui semua langkah daripada laman utama hingga resit", target_fixture="seen")
@when("the applicant goes through all steps from the home page to the receipt", target_fixture="seen")
def goes_through(applicant: Applicant) -> list[Page]:
    seen = []
    for step in STEPS[:14]:
        getattr(applicant, step.name)()
        seen.append(applicant.page)
    return seen


@then(parsers.parse('perlindungan bermula pada "{text}"'))
@then(parsers.parse('cover starts on "{text}"'))
def starts(receipt: Receipt, text: str) -> None:
    assert moment(text) == instant(receipt, "start")


@then(parsers.parse('perlindungan tamat pada "{text}"'))
@then(parsers.parse('cover ends on "{text}"'))
def ends(receipt: Receipt, text: str) -> None:
    assert moment(text) == instant(receipt, "end")


@then(parsers.parse('papan pemuka menunjukkan "{words}" antara dua tempoh itu'))
@then(parsers.parse('the dashboard shows "{words}" between the two periods'))
def gap_is_shown(applicant: Applicant, words: str) -> None:
    applicant.browser.press("Papan pemuka")
    assert words in applicant.page.text


@then(parsers.parse('status perlindungan selepas log masuk semula ialah "{status}"'))
@then(parsers.parse('the cover status after signing in again is "{status}"'))
def status_now(applicant: Applicant, status: str) -> None:
    applicant.sign_in_again()
    assert status == applicant.cover_on_the_dashboard().status


@then(parsers.parse('resit memperakui bayaran pada "{text}"'))
@then(parsers.parse('the receipt certifies payment on "{text}"'))
def certifies(receipt: Receipt, text: str) -> None:
    assert moment(text) == datetime.fromisoformat(receipt.facts["paid_at"])


@then(parsers.parse('resit bercetak menyebut "{words}"'))
@then(parsers.parse('the printed receipt says "{words}"'))
def printed(receipt: Receipt, words: str) -> None:
    assert words in " ".join(page.extract_text() for page in PdfReader(io.BytesIO(receipt.pdf)).pages)


@then("pemohon tidak boleh membeli perlindungan")
@then("the applicant cannot buy cover")
def cannot_buy(applicant: Applicant, control: Control) -> None:
    try:
        applicant.reach("pay_by_fpx")
    except Refused:
        assert applicant.page.name in ("dashboard", "apply")
    else:
        raise AssertionError(f"an order was placed before the scheme began: {applicant.page.url}")
    assert control.totals("portal")["paid_orders"]["count"] == 0


@then("halaman itu menyatakan siapa yang boleh ditanya")
@then("the page tells whom to ask")
def tells_whom(applicant: Applicant) -> None:
    assert WHOM_TO_ASK in applicant.page.text


@then("setiap halaman portal yang dilihat menyatakan siapa yang boleh ditanya")
@then("every page of the portal that was seen tells whom to ask")
def every_page_tells(seen: list[Page]) -> None:
    assert [page.url for page in seen if WHOM_TO_ASK not in page.text] == []
    assert len(seen) == 14
