"""L09: the applicant checks the **Ungkapan Rahsia**, types **Kata Laluan** and presses **Log Masuk**."""

from __future__ import annotations

from pytest_bdd import given, parsers, scenarios, step, then, when

from features.applicant import Applicant

scenarios("guide/09_sign_in_password.ms.feature", "guide/09_sign_in_password.en.feature")


@given("nombor kad pengenalan telah dihantar")
@given("the identity number has been sent")
def number_sent(applicant: Applicant) -> None:
    applicant.reach("sign_in_password")


@when("pemohon menaip kata laluannya")
@when("the applicant types the password")
def type_the_password(applicant: Applicant) -> None:
    applicant.sign_in_password()


@step(parsers.re(r"pemohon cuba kata laluan yang salah (?P<times>\d+) kali"))
@step(parsers.re(r"the applicant tries a wrong password (?P<times>\d+) times?"))
def try_wrong(applicant: Applicant, times: str) -> None:
    for _time in range(int(times)):
        give_password(applicant, f"{applicant.person.password}x")


@when("pemohon cuba kata laluan yang betul")
@when("the applicant tries the right password")
def try_right(applicant: Applicant) -> None:
    give_password(applicant, applicant.person.password)


@then("ungkapan rahsia pemohon dipaparkan")
@then("the applicant's secret phrase is shown")
def phrase_is_shown(applicant: Applicant) -> None:
    assert applicant.person.secret_phrase == applicant.phrase_shown()


def give_password(applicant: Applicant, password: str) -> None:
    """From wherever the last refusal left the applicant."""
    if applicant.page.name == "sign_in":
        applicant.sign_in()
    applicant.refused(applicant.sign_in_password, password=password)
