"""L08: the applicant types the registered identity-card number and presses **Seterusnya**."""

from __future__ import annotations

from pytest_bdd import parsers, scenarios, then, when

from features.applicant import Applicant
from features.people import People

scenarios("guide/08_sign_in.ms.feature", "guide/08_sign_in.en.feature")

WAYS = {
    "dengan sengkang": "-",
    "tanpa sengkang": "",
    "dengan ruang": " ",
    "with hyphens": "-",
    "without hyphens": "",
    "with spaces": " ",
}


@when(parsers.parse("pemohon menaip nombor kad pengenalannya {way}"))
@when(parsers.parse("the applicant types their own identity number {way}"))
def type_the_number(applicant: Applicant, way: str) -> None:
    applicant.sign_in(applicant.person.identity_number.replace("-", WAYS[way]))


@when(parsers.re(r'pemohon cuba log masuk dengan nombor "(?P<number>[^"]*)"'))
@when(parsers.re(r'the applicant tries to sign in with the number "(?P<number>[^"]*)"'))
def try_the_number(applicant: Applicant, number: str) -> None:
    applicant.refused(applicant.sign_in, identity_number=number)


@when("seseorang menaip nombor kad pengenalan yang belum berdaftar", target_fixture="unknown")
@when("somebody types an identity number that is not registered", target_fixture="unknown")
def type_an_unknown_number(applicant: Applicant, people: People) -> str:
    unknown = people.somebody().identity_number
    applicant.sign_in(unknown)
    return unknown


@then("halaman log masuk kedua menunjukkan satu ungkapan yang sama setiap kali")
@then("the second log-in page shows one and the same phrase each time")
def same_phrase(applicant: Applicant, people: People, unknown: str) -> None:
    first = applicant.phrase_shown()
    applicant.home()
    applicant.sign_in(people.somebody().identity_number)
    others = applicant.phrase_shown()
    applicant.home()
    applicant.sign_in(unknown)
    assert first
    assert first == applicant.phrase_shown()
    assert first != others


@then(parsers.parse('kata laluan apa pun dijawab dengan "{message}"'))
@then(parsers.parse('any password is answered with "{message}"'))
def any_password(applicant: Applicant, message: str) -> None:
    applicant.browser.fill(password=applicant.person.password)
    applicant.browser.press("Log Masuk")
    assert message in applicant.page.text
