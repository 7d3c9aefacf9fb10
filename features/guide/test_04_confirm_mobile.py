"""L04: the applicant types the OTP received on the phone and presses **Seterusnya**."""

from __future__ import annotations

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from features.applicant import Applicant

scenarios("guide/04_confirm_mobile.ms.feature", "guide/04_confirm_mobile.en.feature")


def other_than(otp: str) -> str:
    """A code of the same length that is surely wrong."""
    return f"{(int(otp) + 1) % 10 ** len(otp):0{len(otp)}}"


@pytest.fixture
def right_otp(applicant: Applicant) -> str:
    """The code on the phone, unless an earlier sentence has read it already."""
    return applicant.phone.one_time_password()


@given("pemohon telah menyimpan nombor OTP yang pertama", target_fixture="first_otp")
@given("the applicant has kept the first OTP", target_fixture="first_otp")
def keep_the_first(applicant: Applicant) -> str:
    return applicant.phone.one_time_password()


@given(parsers.parse("pemohon telah menaip nombor OTP yang salah {times:d} kali"), target_fixture="right_otp")
@given(parsers.parse("the applicant has typed a wrong OTP {times:d} times"), target_fixture="right_otp")
def typed_wrong(applicant: Applicant, times: int) -> str:
    otp = applicant.phone.one_time_password()
    for _time in range(times):
        applicant.refused(applicant.confirm_mobile, otp=other_than(otp))
    return otp


@when("pemohon menaip nombor OTP daripada SMS terbaharu")
@when("the applicant types the OTP of the newest SMS")
def type_the_newest(applicant: Applicant) -> None:
    applicant.confirm_mobile()


@when("pemohon menaip nombor OTP yang salah")
@when("the applicant types a wrong OTP")
def type_wrong(applicant: Applicant) -> None:
    typed_wrong(applicant, 1)


@when("pemohon cuba nombor OTP yang betul")
@when("the applicant tries the right OTP")
def try_the_right(applicant: Applicant, right_otp: str) -> None:
    applicant.refused(applicant.confirm_mobile, otp=right_otp)


@when("pemohon cuba nombor OTP yang pertama")
@when("the applicant tries the first OTP")
def try_the_first(applicant: Applicant, first_otp: str) -> None:
    assert first_otp != applicant.phone.one_time_password()
    applicant.refused(applicant.confirm_mobile, otp=first_otp)


@then("pemohon masih di halaman OTP")
@then("the applicant is still at the OTP page")
def still_there(applicant: Applicant) -> None:
    assert applicant.page.name == "confirm_mobile"
    assert applicant.page.error("otp")
    assert applicant.browser.fetch(f"{applicant.addresses.portal}/registered").name == "confirm_mobile"


@then("telefon pemohon menerima satu SMS sahaja")
@then("the applicant's phone receives only one SMS")
def one_text_message(applicant: Applicant) -> None:
    assert len(applicant.phone.messages()) == 1
