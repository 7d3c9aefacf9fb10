"""L06: the applicant opens the mail and presses **disini** (L06a) or the address printed under it (L06b)."""

from __future__ import annotations

from pytest_bdd import given, parsers, scenarios, when

from features.applicant import Applicant

scenarios("guide/06_activate.ms.feature", "guide/06_activate.en.feature")


@given("emel pengaktifan telah diterima", target_fixture="link")
@given("the activation mail has arrived", target_fixture="link")
def mail_arrived(applicant: Applicant) -> str:
    applicant.reach("activate")
    assert applicant.letter is not None
    return applicant.letter.behind("disini")


@given(parsers.parse("pengimbas emel telah melawat pautan itu {times:d} kali"))
@given(parsers.parse("a mail scanner has visited the link {times:d} times"))
def scanned(applicant: Applicant, link: str, times: int) -> None:
    for _time in range(times):
        assert applicant.browser.fetch(link).status == 200
        answer = applicant.browser.transport.request("HEAD", link, data=None, headers={}, name="scanner")
        assert answer.status == 200


@given("pemohon telah menetapkan ungkapan rahsia dan kata laluan")
@given("the applicant has set phrase and password")
def secrets_set(applicant: Applicant) -> None:
    applicant.reach("sign_in")


@when('pemohon menekan "disini" dalam emel dan meneruskan pengaktifan')
@when('the applicant presses "disini" in the mail and goes on with the activation')
def press_disini(applicant: Applicant) -> None:
    applicant.activate("disini")


@when("pemohon membuka alamat yang tercetak dalam emel dan meneruskan pengaktifan")
@when("the applicant opens the address printed in the mail and goes on with the activation")
def open_the_printed(applicant: Applicant) -> None:
    applicant.activate("printed")


@when("pemohon membuka pautan itu sekali lagi")
@when("the applicant opens the link once more")
def open_again(applicant: Applicant, link: str) -> None:
    applicant.browser.open(link)
    if applicant.page.pressable("Teruskan pengaktifan") is not None:
        applicant.browser.press("Teruskan pengaktifan")


@when("pemohon membuka pautan yang telah diubah satu aksara")
@when("the applicant opens the link with one character changed")
def open_tampered(applicant: Applicant, link: str) -> None:
    place = link.rindex("/") + 5
    open_again(applicant, link[:place] + ("A" if link[place] != "A" else "B") + link[place + 1 :])
