"""L03: the applicant fills the account form and presses **Seterusnya**."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pytest_bdd import given, parsers, scenarios, then, when

from features.applicant import Applicant
from features.labels import FIELDS
from features.people import People, Person

scenarios("guide/03_register.ms.feature", "guide/03_register.en.feature")


@given(parsers.parse('orang lain telah mempunyai akaun dengan "{field}" yang sama'))
@given(parsers.parse('somebody else already has an account with the same "{field}"'))
def somebody_has_it(applicant: Applicant, people: People, newcomer: Callable[[Person], Applicant], field: str) -> None:
    (name,) = FIELDS[field]
    somebody = replace(people.somebody(), **{name: getattr(applicant.person, name)})
    newcomer(somebody).reach("sign_in")


@when("pemohon menghantar borang akaun")
@when("the applicant sends the account form")
def send_the_form(applicant: Applicant) -> None:
    applicant.register()


@when("pemohon cuba menghantar borang akaun")
@when("the applicant tries to send the account form")
def try_to_send_the_form(applicant: Applicant) -> None:
    applicant.refused(applicant.register)


@when("pemohon menghantar borang akaun tanpa persetujuan")
@when("the applicant sends the account form without consent")
def send_without_consent(applicant: Applicant) -> None:
    applicant.refused(applicant.register, consent=None)


@then("halaman itu menyebut nombor telefon pemohon yang ditutup sebahagiannya")
@then("the page names the applicant's mobile number, partly hidden")
def names_the_number(applicant: Applicant) -> None:
    digits = "".join(filter(str.isdigit, applicant.person.mobile))
    shown = applicant.page.text
    assert digits[-4:] in shown
    assert "*" in shown
    assert digits not in "".join(filter(str.isdigit, shown))
