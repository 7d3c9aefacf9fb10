"""L07: the applicant sets **Ungkapan Rahsia** and **Kata Laluan**; the account exists."""

from __future__ import annotations

from pytest_bdd import given, parsers, scenarios, when

from features.applicant import Applicant

scenarios("guide/07_set_secrets.ms.feature", "guide/07_set_secrets.en.feature")


@given("pautan pengaktifan telah dibuka")
@given("the activation link has been followed")
def link_followed(applicant: Applicant) -> None:
    applicant.reach("set_secrets")


@when("pemohon menetapkan ungkapan rahsia dan kata laluan")
@when("the applicant sets phrase and password")
def set_secrets(applicant: Applicant) -> None:
    applicant.set_secrets()


@when(
    parsers.re(
        r'pemohon cuba ungkapan "(?P<phrase>[^"]*)" dan kata laluan "(?P<password>[^"]*)" '
        r'yang disahkan sebagai "(?P<confirmation>[^"]*)"'
    )
)
@when(
    parsers.re(
        r'the applicant tries the phrase "(?P<phrase>[^"]*)" and the password "(?P<password>[^"]*)" '
        r'confirmed as "(?P<confirmation>[^"]*)"'
    )
)
def try_secrets(applicant: Applicant, phrase: str, password: str, confirmation: str) -> None:
    applicant.refused(applicant.set_secrets, secret_phrase=phrase, password=password, password_confirm=confirmation)


@when("pemohon cuba nombor kad pengenalannya sebagai kata laluan")
@when("the applicant tries their own identity number as the password")
def try_the_identity_number(applicant: Applicant) -> None:
    password = f"Kad#{applicant.person.identity_number}"
    applicant.refused(applicant.set_secrets, password=password, password_confirm=password)
