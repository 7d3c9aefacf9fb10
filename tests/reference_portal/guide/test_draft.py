"""What was typed into a long form is not lost: by a session that slept in, by a refusal, by going away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from reference_portal.storage import accounts
from tests.reference_portal.fakes import HeldClock
from tests.reference_portal.visitor import Page, Visitor, paper


@pytest.fixture(name="owner")
def _owner(visitor: Visitor) -> Visitor:
    """Somebody who is signed in."""
    return visitor.be_signed_in()


def come_again(visitor: Visitor) -> Page:
    """Log in and choose the mode: the page that was wanted."""
    visitor.sign_in()
    return visitor.send("/choose-mode", mode="self_employed")


def chosen(page: Page, name: str) -> list[Any]:
    """Which radio buttons of that name are pressed."""
    return page.find(f"//input[@name='{name}'][@checked]/@value")


def test_a_form_sent_after_the_session_slept_in_is_there_after_log_in(owner: Visitor, held_clock: HeldClock) -> None:
    """Words and choices, documents' numbers and days; not the declaration, which is made anew."""
    owner.open("/apply")
    held_clock.advance(minutes=15)

    page = owner.apply()
    assert page.name == "sign_in"
    assert "Sesi anda telah tamat." in page.words
    assert "Apa yang anda taip telah disimpan." in page.words
    page = come_again(owner)

    assert (page.name, page.value("address_1"), page.value("vehicle_number")) == (
        "apply",
        "No. 1, Jalan Contoh",
        "ZZX 1234",
    )
    assert "Draf yang disimpan pada 15 Mei 2019, 9:15:00 pagi" in page.words
    assert (chosen(page, "plan"), chosen(page, "category"), chosen(page, "declaration")) == (["1"], ["teksi"], [])
    assert page.value("kad_psv_number") == "SBX-PSV-000123"


def test_it_is_its_owners_and_nobody_elses(
    owner: Visitor, somebody: Callable[[], Visitor], held_clock: HeldClock
) -> None:
    """Another person who logs in at the same browser finds an empty form."""
    other = somebody().have_an_account()
    held_clock.advance(minutes=15)
    owner.apply()
    owner.identity_number = other.identity_number

    page = come_again(owner)

    assert (page.name, page.value("address_1")) == ("apply", "")


def test_a_password_that_was_changed_ends_this_as_well(owner: Visitor, held_clock: HeldClock) -> None:
    """Whoever holds a cookie of before writes nothing any more."""
    held_clock.advance(minutes=16)
    assert owner.send("/draft/apply", quietly="1", town="Kajang").status == 204
    with owner.portal.database.write() as connection:
        account = accounts.with_identity(connection, owner.identity_number.replace("-", ""))
        assert account
        owner.portal.stays.end_everywhere(connection, account.id)

    assert owner.send("/draft/apply", quietly="1", town="Bangi").status == 403


def test_a_session_that_was_ended_keeps_nothing(owner: Visitor, held_clock: HeldClock) -> None:
    """A copied cookie of somebody who logged out writes into nobody's draft."""
    with owner.client.session_transaction() as session:
        held = dict(session)
    owner.send("/sign-out")
    with owner.client.session_transaction() as session:
        session.update(held)
    held_clock.advance(minutes=20)

    assert owner.apply().name == "sign_in"
    assert come_again(owner).value("address_1") == ""


def test_a_refused_form_is_kept(owner: Visitor) -> None:
    """Whoever goes away to look for a document finds the form as it was."""
    assert owner.apply(vehicle_number="WXY 1234", town="").status == 422
    page = owner.open("/apply")

    assert (page.value("vehicle_number"), page.value("address_1"), page.value("town")) == (
        "WXY 1234",
        "No. 1, Jalan Contoh",
        "",
    )


def test_a_draft_is_over_once_an_application_was_handed_in(owner: Visitor, held_clock: HeldClock) -> None:
    """What was declared then is newer."""
    owner.apply(vehicle_number="ZZX 9", town="")
    held_clock.advance(seconds=1)
    assert owner.apply().name == "pay_by_fpx"

    page = owner.open("/apply")

    assert (page.value("vehicle_number"), "Draf" in page.words.replace("Simpan draf", "")) == ("ZZX 1234", False)


def test_the_button_keeps_words_and_files(owner: Visitor) -> None:
    """**Simpan draf**, without scripts: back on the form, nothing judged, good files stored."""
    (button,) = owner.open("/apply").find("//button[normalize-space()='Simpan draf']")
    page = owner.send(
        button.get("formaction"), address_1="Jalan", plan="9", **paper("kad_psv", "SBX-PSV-000123", date(2020, 1, 1))
    )

    assert (page.name, page.status, "Draf disimpan." in page.words) == ("apply", 200, True)
    assert (page.value("address_1"), "kad_psv.png" in page.words) == ("Jalan", True)


def test_the_script_keeps_words_quietly_and_late(owner: Visitor, held_clock: HeldClock) -> None:
    """204, also after the session slept in, and a page was opened in another tab meanwhile; for a day and no longer."""
    assert owner.send("/draft/apply", quietly="1", town="Kajang").status == 204
    held_clock.advance(minutes=15)
    assert owner.open("/dashboard").name == "sign_in"
    held_clock.advance(hours=23, minutes=59)
    assert owner.send("/draft/apply", quietly="1", town="Bangi").status == 204
    held_clock.advance(minutes=1)
    assert owner.send("/draft/apply", quietly="1", town="Ipoh").status == 403
    owner.sign_in()
    owner.send("/choose-mode", mode="self_employed")

    assert owner.open("/apply").value("town") == "Bangi"


def test_a_renewal_is_kept_as_well(visitor: Visitor, held_clock: HeldClock) -> None:
    """Plan and period."""
    visitor.be_covered()
    held_clock.advance(days=345)
    visitor.sign_in()
    visitor.send("/choose-mode", mode="self_employed")
    assert visitor.send("/renew", plan="3", period="bulanan").status == 422

    page = visitor.open("/renew")

    assert (chosen(page, "plan"), chosen(page, "period")) == (["3"], ["bulanan"])


@pytest.mark.parametrize(("path", "status"), [("/draft/apply", 403), ("/draft/nothing", 404)])
def test_strangers_have_no_draft(visitor: Visitor, path: str, status: int) -> None:
    """And no other form has one."""
    assert visitor.send(path, town="Kajang").status == status


def test_an_endless_answer_and_an_empty_form_are_no_trouble(owner: Visitor) -> None:
    """The one is cut, the other leaves the draft of before alone."""
    owner.send("/draft/apply", quietly="1", town="K" * 100_000)
    owner.send("/draft/apply", quietly="1", town=" ")

    assert owner.open("/apply").value("town") == "K" * 254


def test_a_draft_is_forgotten_after_a_month(owner: Visitor, held_clock: HeldClock) -> None:
    """Data of a form nobody finished is not kept for ever."""
    owner.send("/draft/apply", quietly="1", town="Kajang")
    held_clock.advance(days=30)

    assert come_again(owner).name == "dashboard"
    assert owner.open("/apply").value("town") == ""
