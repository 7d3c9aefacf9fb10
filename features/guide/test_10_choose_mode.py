"""L10: the applicant chooses the mode **Saya bekerja sendiri**."""

from __future__ import annotations

from pytest_bdd import given, scenarios

from features.applicant import Applicant
from features.sentences.states import Shortcut

scenarios("guide/10_choose_mode.ms.feature", "guide/10_choose_mode.en.feature")


@given("pemohon telah log masuk")
@given("the applicant is signed in")
def signed_in(applicant: Applicant, bring: Shortcut) -> None:
    bring(applicant, "choose_mode")


@given('pemohon telah menekan "Log keluar"')
@given('the applicant has pressed "Log keluar"')
def signed_out(applicant: Applicant) -> None:
    applicant.sign_out()
