"""Contributors made for load runs: real enough to renew, invented, and outside the books."""

from __future__ import annotations

import pytest

from reference_portal.errors import CallersMistake
from reference_portal.portal import Portal
from reference_portal.rules import contact, identity_number
from tests.reference_portal.fakes import HeldClock
from tests.reference_portal.visitor import Visitor


def test_each_may_sign_in_and_renew_without_an_upload(visitor: Visitor, portal: Portal, held_clock: HeldClock) -> None:
    """TAMAT TEMPOH, then the form, then the bank."""
    (person,) = portal.prepare_contributors({"count": 1})["contributors"]
    visitor.identity_number = person["identity_number"]
    page = visitor.send("/sign-in", identity_number=person["identity_number"])
    assert page.testid("ungkapan-rahsia") == person["secret_phrase"]
    visitor.send("/sign-in-password", password=person["password"])

    dashboard = visitor.send("/choose-mode", mode="self_employed")

    assert dashboard.testid("cover-status") == "TAMAT TEMPOH"
    assert visitor.send("/renew", plan="2", period="tahunan", declaration="ya").name == "pay_by_fpx"
    assert visitor.pay().testid("payment-status") == "BERJAYA"
    assert portal.totals()["receipts"] == {"count": 1, "sen": 232_80}


def test_those_who_are_not_registered_have_an_account_and_press_daftar(
    visitor: Visitor, portal: Portal, held_clock: HeldClock
) -> None:
    """On any day, before the scheme too: signed in, they are offered the form and nothing to renew."""
    held_clock.instant = held_clock.instant.replace(year=2017, month=6)
    (person,) = portal.prepare_contributors({"count": 1, "registered": False})["contributors"]
    page = visitor.send("/sign-in", identity_number=person["identity_number"])
    assert page.testid("ungkapan-rahsia") == person["secret_phrase"]
    visitor.send("/sign-in-password", password=person["password"])

    dashboard = visitor.send("/choose-mode", mode="self_employed")

    assert dashboard.find("//a[normalize-space()='Daftar']/@href") == ["/apply"]
    assert visitor.open("/renew").name == "dashboard"
    assert visitor.open("/apply").name == "apply"


@pytest.mark.parametrize("registered", ["no", 0, None])
def test_a_wish_that_is_neither_yes_nor_no_is_refused(portal: Portal, registered: object) -> None:
    """Registered or not, as a boolean."""
    with pytest.raises(CallersMistake, match="registered"):
        portal.prepare_contributors({"count": 1, "registered": registered})


def test_they_add_nothing_to_the_books(portal: Portal) -> None:
    """No order and no receipt comes of making them."""
    portal.prepare_contributors({"count": 50})

    assert portal.totals() == {"paid_orders": {"count": 0, "sen": 0}, "receipts": {"count": 0, "sen": 0}}


def test_no_two_are_alike_and_all_are_invented(portal: Portal, held_clock: HeldClock) -> None:
    """Place codes nobody holds, mobiles nobody has, addresses that lead nowhere."""
    people = [person for _ in range(2) for person in portal.prepare_contributors({"count": 100})["contributors"]]

    assert len({person["identity_number"] for person in people}) == 200
    assert len({person["email"] for person in people}) == 200
    for person in people:
        assert (
            identity_number.parse(person["identity_number"], held_clock.now().date()).age_on(held_clock.now().date())
            > 20
        )
        assert contact.mobile(person["mobile"]).startswith("+60110")
        assert person["email"].endswith("@example.invalid")
        assert contact.full_name(person["full_name"])


@pytest.mark.parametrize("count", [0, -1, 5001, "5", 1.5, True, None])
def test_a_count_that_is_none_is_refused(portal: Portal, count: object) -> None:
    """A whole number from 1 to 5000."""
    with pytest.raises(CallersMistake, match="a whole number from 1 to 5000"):
        portal.prepare_contributors({"count": count})


def test_before_the_scheme_nobody_can_have_paid(portal: Portal, held_clock: HeldClock) -> None:
    """Their cover could not have ended."""
    held_clock.instant = held_clock.instant.replace(year=2017, month=7)

    with pytest.raises(CallersMistake, match="move the clock on"):
        portal.prepare_contributors({"count": 1})
