"""What an applicant may see in any step: the page, its words, what it offers, what the books say."""

from __future__ import annotations

from pytest_bdd import parsers, then

from features.applicant import Applicant
from features.forms import Upload
from features.labels import FIELDS, PAGES
from features.page import words
from features.seen import Cover

NEVER_SHOWN = ("csrf_token", "password", "password_confirm")


@then(parsers.parse("pemohon berada di {page}"))
@then(parsers.parse("the applicant is at {page}"))
def is_at(applicant: Applicant, page: str) -> None:
    """Told by the page itself."""
    assert PAGES[page] == applicant.page.name, applicant.page.alerts or applicant.page.body[:300]
    assert applicant.page.status == 200


@then(parsers.parse('halaman itu menyatakan "{message}"'))
@then(parsers.parse('the page says "{message}"'))
def says(applicant: Applicant, message: str) -> None:
    """Anywhere on the page."""
    assert message in applicant.page.text


@then(parsers.parse('di sebelah "{field}" tertulis "{message}"'))
@then(parsers.parse('beside "{field}" it says "{message}"'))
def says_beside(applicant: Applicant, field: str, message: str) -> None:
    """Where whoever reads the field reads the message too, and in the summary at the top."""
    beside = [applicant.page.error(name) or "" for name in FIELDS[field]]
    assert any(message in said for said in beside), (beside, applicant.page.alerts)
    assert any(message in alert for alert in applicant.page.alerts)
    assert applicant.page.status == 422


@then("segala yang ditaip masih ada")
@then("everything typed is still there")
def kept(applicant: Applicant) -> None:
    """Passwords and files excepted, which a browser may not be given back."""
    typed = {name: value for name, value in applicant.browser.sent if name not in NEVER_SHOWN}
    texts = {name: value for name, value in typed.items() if not isinstance(value, Upload)}
    assert texts
    assert texts == {name: applicant.page.value(name) for name in texts}


@then(parsers.parse('halaman itu menawarkan "{label}"'))
@then(parsers.parse('the page offers "{label}"'))
def offers(applicant: Applicant, label: str) -> None:
    """A button or link that can be pressed."""
    assert applicant.page.pressable(label) is not None, applicant.page.buttons()


@then(parsers.parse('halaman itu tidak menawarkan "{label}"'))
@then(parsers.parse('the page does not offer "{label}"'))
def does_not_offer(applicant: Applicant, label: str) -> None:
    """Not even a disabled one."""
    assert applicant.page.labelled(label) == []


@then(parsers.parse('halaman itu tidak membenarkan "{label}"'))
@then(parsers.parse('the page does not allow "{label}"'))
def does_not_allow(applicant: Applicant, label: str) -> None:
    """It is there to be read, and cannot be pressed."""
    assert label in applicant.page.text
    assert applicant.page.pressable(label) is None


@then("halaman itu bertanda SANDBOX")
@then("the page is marked SANDBOX")
def is_marked(applicant: Applicant) -> None:
    """In its title and on its face."""
    assert "SANDBOX" in applicant.page.title
    assert "SANDBOX" in applicant.page.text


@then("pemohon tidak log masuk")
@then("the applicant is not signed in")
def is_not_signed_in(applicant: Applicant) -> None:
    """The dashboard sends away."""
    assert applicant.browser.fetch(f"{applicant.addresses.portal}/dashboard").name == "sign_in"


@then("pemohon boleh log masuk")
@then("the applicant can sign in")
def can_sign_in(applicant: Applicant) -> None:
    """L01 and L08 to L10 succeed."""
    applicant.sign_in_again()
    assert applicant.page.name == "dashboard"


@then(parsers.parse('status bayaran ialah "{status}"'))
@then(parsers.parse('the payment status is "{status}"'))
def payment_status(applicant: Applicant, status: str) -> None:
    """On the receipt page."""
    assert status == applicant.payment_status(), applicant.page.body[:300]


@then(parsers.parse('papan pemuka menunjukkan status "{status}"'))
@then(parsers.parse('the dashboard shows the status "{status}"'))
def cover_status(applicant: Applicant, status: str) -> None:
    """The word on the present cover."""
    assert applicant.page.name == "dashboard"
    assert status == Cover.of(applicant.page).status


@then(parsers.re(r'papan pemuka menunjukkan status "(?P<status>[^"]*)" selepas itu'))
@then(parsers.re(r'the dashboard shows the status "(?P<status>[^"]*)" afterwards'))
def cover_status_afterwards(applicant: Applicant, status: str) -> None:
    """On the way back from the receipt."""
    applicant.browser.press("Papan pemuka")
    cover_status(applicant, status)


@then(parsers.parse('halaman itu meminta "{field}"'))
@then(parsers.parse('the page asks for "{field}"'))
def asks_for(applicant: Applicant, field: str) -> None:
    """By a label bound to a field."""
    labels = {words(label): label.get("for") for label in applicant.page.find("//label")}
    assert labels.get(field) in FIELDS[field]
