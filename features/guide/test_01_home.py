"""L01: the applicant opens the portal and presses **Log masuk**."""

from __future__ import annotations

from pytest_bdd import scenarios, when

from features.applicant import Applicant

scenarios("guide/01_home.ms.feature", "guide/01_home.en.feature")


@when('pemohon membuka portal dan menekan "Log masuk"')
@when('the applicant opens the portal and presses "Log masuk"')
def open_the_portal(applicant: Applicant) -> None:
    applicant.home()
