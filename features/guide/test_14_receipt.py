"""L14: the applicant downloads the contribution receipt, offered once, and only once, payment has succeeded."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime

from pypdf import PdfReader
from pytest_bdd import parsers, scenarios, then, when

from features.applicant import Applicant
from features.control import START
from features.seen import Receipt

scenarios("guide/14_receipt.ms.feature", "guide/14_receipt.en.feature")


def printed(receipt: Receipt) -> str:
    """The words of the PDF."""
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(receipt.pdf)).pages)
    return " ".join(text.split())


@when("pemohon memuat turun resit", target_fixture="receipt")
@when("the applicant downloads the receipt", target_fixture="receipt")
def download(applicant: Applicant) -> Receipt:
    return applicant.receipt()


@when("orang lain yang log masuk membuka resit itu", target_fixture="somebody")
@when("somebody else who is signed in opens that receipt", target_fixture="somebody")
def somebody_opens(applicant: Applicant, newcomer: Callable[[], Applicant]) -> Applicant:
    somebody = newcomer()
    somebody.reach("dashboard")
    somebody.browser.open(applicant.page.url)
    return somebody


@then(parsers.parse('resit itu memperakui nama, amaun "{amount}", tarikh dan masa bayaran'))
@then(parsers.parse('the receipt certifies the name, the amount "{amount}", date and time of payment'))
def certifies(applicant: Applicant, receipt: Receipt, amount: str) -> None:
    paid_at = datetime.fromisoformat(receipt.facts["paid_at"])
    assert START.date() == paid_at.date()
    assert applicant.person.full_name == receipt.facts["full_name"]
    assert amount == receipt.facts["amount"]
    words = printed(receipt)
    assert applicant.person.full_name.casefold() in words.casefold()
    assert amount in words
    assert "15 Mei 2019" in words
    assert f"{paid_at:%M:%S}" in words
    assert receipt.number in words


@then(parsers.parse('resit itu bertanda "{mark}"'))
@then(parsers.parse('the receipt is marked "{mark}"'))
def marked(receipt: Receipt, mark: str) -> None:
    assert mark in printed(receipt)
    assert receipt.number.startswith("SBX-")


@then("nombor kad pengenalan pada resit itu ditutup sebahagiannya")
@then("the identity number on the receipt is partly hidden")
def hidden(applicant: Applicant, receipt: Receipt) -> None:
    number = applicant.person.identity_number
    assert number not in printed(receipt)
    assert number not in str(receipt.facts)
    assert f"{number[:-4]}***{number[-1]}" in printed(receipt)


@then("resit yang dimuat turun selepas log masuk semula adalah sama setiap bait")
@then("the receipt downloaded after signing in again is the same to the byte")
def same_bytes(applicant: Applicant, receipt: Receipt) -> None:
    applicant.sign_in_again()
    again = applicant.browser.fetch(receipt.url)
    assert again.status == 200
    assert receipt.pdf == again.response.body


@then("alamat resit itu juga tidak memberi apa-apa")
@then("the address of the receipt yields nothing either")
def no_receipt(applicant: Applicant) -> None:
    for copy in ("resit.pdf", "resit.json"):
        assert applicant.browser.fetch(f"{applicant.page.url}/{copy}").status in (403, 404, 409)


@then("orang lain itu tidak melihat apa-apa tentangnya")
@then("that somebody sees nothing of it")
def sees_nothing(applicant: Applicant, somebody: Applicant) -> None:
    assert somebody.page.status in (403, 404)
    assert applicant.person.full_name not in somebody.page.text
    for copy in ("resit.pdf", "resit.json"):
        assert somebody.browser.fetch(f"{applicant.page.url}/{copy}").status in (403, 404)
