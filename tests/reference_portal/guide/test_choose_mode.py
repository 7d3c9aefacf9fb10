"""L10: one mode, and where it leads."""

from __future__ import annotations

import pytest

from tests.reference_portal.fakes import HeldClock
from tests.reference_portal.visitor import Visitor


@pytest.fixture(name="signed_in")
def _signed_in(visitor: Visitor) -> Visitor:
    """Somebody who has typed the password and chosen nothing yet."""
    visitor.have_an_account()
    visitor.sign_in()
    return visitor


def test_self_employed_leads_to_the_dashboard(signed_in: Visitor) -> None:
    """The guide's button."""
    assert signed_in.open("/choose-mode").find("//button[normalize-space()='Saya bekerja sendiri']")
    assert signed_in.send("/choose-mode", mode="self_employed").name == "dashboard"


@pytest.mark.parametrize("mode", ["", "employer", None])
def test_another_mode_is_refused(signed_in: Visitor, mode: str | None) -> None:
    """Only what is offered can be chosen, on a forged post too."""
    page = signed_in.send("/choose-mode", mode=mode)

    assert page.status == 422
    assert "Sila pilih satu pilihan." in page.words
    assert signed_in.open("/dashboard").name == "choose_mode"


def test_it_leads_to_the_page_that_was_asked_for(visitor: Visitor) -> None:
    """Asked for the form, sent to log in, back at the form after the mode."""
    visitor.have_an_account()
    assert visitor.open("/apply").name == "sign_in"
    assert visitor.sign_in().name == "choose_mode"

    assert visitor.send("/choose-mode", mode="self_employed").name == "apply"


def test_idle_for_a_quarter_of_an_hour_ends_the_session(signed_in: Visitor, held_clock: HeldClock) -> None:
    """14:59 is still in, 15:00 is out, with a sentence and a way back."""
    held_clock.advance(minutes=14, seconds=59)
    assert signed_in.open("/choose-mode").name == "choose_mode"
    held_clock.advance(minutes=15)
    page = signed_in.open("/choose-mode")

    assert page.name == "sign_in"
    assert "Sesi anda telah tamat. Sila log masuk semula." in page.words


def test_being_seen_keeps_the_session_alive(signed_in: Visitor, held_clock: HeldClock) -> None:
    """Ten minutes, five times over."""
    for _ in range(5):
        held_clock.advance(minutes=10)
        assert signed_in.open("/choose-mode").name == "choose_mode"


def test_a_clock_set_back_keeps_people_in(signed_in: Visitor, held_clock: HeldClock) -> None:
    """And their idle time counts from then on."""
    held_clock.advance(days=-30)
    assert signed_in.open("/choose-mode").name == "choose_mode"
    held_clock.advance(minutes=16)
    assert signed_in.open("/choose-mode").name == "sign_in"


def test_logging_out_revokes_the_cookie(signed_in: Visitor) -> None:
    """A copy of the cookie taken before is worth nothing after; pressing twice does no harm."""
    copy = signed_in.app.test_client()
    with signed_in.client.session_transaction() as cookie, copy.session_transaction() as stolen:
        stolen.update(cookie)

    assert "Anda telah log keluar." in signed_in.send("/sign-out").words
    assert signed_in.send("/sign-out").name == "home"
    signed_in.client = copy
    assert signed_in.open("/dashboard").name == "sign_in"
