"""L02: the applicant presses **Kali pertama? Daftar akaun iPERKESO?**."""

from __future__ import annotations

from pytest_bdd import scenarios, then

from features.applicant import Applicant

scenarios("guide/02_first_time.ms.feature", "guide/02_first_time.en.feature")

FIELDS = ("full_name", "identity_number", "email", "email_confirm", "mobile")


@then("borang itu masih kosong")
@then("the form is still empty")
def form_is_empty(applicant: Applicant) -> None:
    assert dict.fromkeys(FIELDS, "") == {field: applicant.page.value(field) for field in FIELDS}
    assert applicant.page.value("consent") is None
