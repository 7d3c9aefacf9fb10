"""L05: the applicant reads that registration succeeded; the verification link has gone to the mailbox."""

from __future__ import annotations

from pytest_bdd import given, scenarios, then, when

from features.applicant import Applicant
from features.inbox import Letter

scenarios("guide/05_registered.ms.feature", "guide/05_registered.en.feature")


@given("emel pengaktifan yang pertama dipadam tanpa dibuka")
@given("the first activation mail is thrown away unopened")
def thrown_away(applicant: Applicant) -> None:
    applicant.inbox.new_letter()


@when("pemohon cuba log masuk sebelum akaun diaktifkan")
@when("the applicant tries to sign in before the account is activated")
def sign_in_too_early(applicant: Applicant) -> None:
    applicant.home()
    applicant.refused(applicant.sign_in)


@then(
    'emel pemohon menerima pautan di bawah perkataan "disini" dan alamat yang sama di bawahnya', target_fixture="letter"
)
@then(
    'the applicant\'s mailbox receives a link behind the word "disini" and the same address under it',
    target_fixture="letter",
)
def link_received(applicant: Applicant) -> Letter:
    letter = applicant.inbox.new_letter()
    assert letter.behind("disini") == letter.printed()
    assert letter.printed().startswith(f"{applicant.addresses.portal}/activate/")
    assert applicant.person.full_name in letter.text
    return letter


@then("emel itu bertanda SANDBOX")
@then("the mail is marked SANDBOX")
def marked(letter: Letter) -> None:
    assert "SANDBOX" in letter.subject.upper()
    assert "SANDBOX" in letter.text
    assert "SANDBOX" in letter.html
