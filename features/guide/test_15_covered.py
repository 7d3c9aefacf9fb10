"""L15: the applicant sees cover, receipt and history."""

from __future__ import annotations

from pytest_bdd import parsers, scenarios, then

from features.applicant import Applicant

scenarios("guide/15_covered.ms.feature", "guide/15_covered.en.feature")


@then(parsers.re(r"sejarah menunjukkan (?P<count>\d+) resit"))
@then(parsers.re(r"the history shows (?P<count>\d+) receipts?"))
def history(applicant: Applicant, count: str) -> None:
    assert len(applicant.cover_on_the_dashboard().receipts) == int(count)


@then("sejarah tidak menunjukkan resit")
@then("the history shows no receipt")
def empty_history(applicant: Applicant) -> None:
    assert applicant.cover_on_the_dashboard().receipts == ()


@then("resit daripada sejarah boleh dimuat turun")
@then("the receipt in the history can be downloaded")
def receipt_of_the_history(applicant: Applicant) -> None:
    (address,) = applicant.cover_on_the_dashboard().receipts
    assert applicant.browser.fetch(address).response.body.startswith(b"%PDF-")
