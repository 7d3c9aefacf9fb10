"""L06: looking at the link uses nothing, the button uses it once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.reference_portal.fakes import HeldClock
from tests.reference_portal.visitor import Visitor


@pytest.fixture(name="mailed")
def _mailed(visitor: Visitor) -> Visitor:
    """Somebody whose link is in the mailbox."""
    visitor.register()
    visitor.confirm_mobile()
    return visitor


def test_scanners_may_look_as_often_as_they_like(mailed: Visitor) -> None:
    """GET and HEAD change nothing; the button works afterwards."""
    for _ in range(3):
        assert mailed.open(mailed.link()).name == "activate"
        assert mailed.client.head(mailed.link()).status_code == 200

    assert mailed.activate().name == "set_secrets"


def test_nothing_is_confirmed_before_the_button_was_pressed(mailed: Visitor) -> None:
    """Looking at the link says what the button will do; afterwards it is said that it was done."""
    assert "telah disahkan" not in mailed.open(mailed.link()).words
    page = mailed.activate()

    assert page.name == "set_secrets"
    assert "Alamat emel anda telah disahkan." in page.words
    assert "telah disahkan" not in mailed.open("/set-secrets").words


def test_the_link_works_in_another_browser(mailed: Visitor, somebody: Callable[[], Visitor]) -> None:
    """Mail is often read on another machine than the one that registered."""
    other = somebody()

    assert other.send(mailed.link()).name == "set_secrets"


def test_a_used_link_is_worth_nothing(mailed: Visitor) -> None:
    """E-ACT-02, to GET and POST; as long as the secrets are not set another link is offered."""
    mailed.activate()

    for page in (mailed.open(mailed.link()), mailed.send(mailed.link())):
        assert page.status == 410
        assert "tidak sah atau telah digunakan" in page.words
        assert page.find("//button[normalize-space()='Hantar semula pautan']")


def test_once_the_account_exists_no_link_is_offered(mailed: Visitor) -> None:
    """An old mail in the wrong hands opens nothing and asks for nothing."""
    mailed.activate()
    mailed.set_secrets()
    page = mailed.open(mailed.link())

    assert page.status == 410
    assert not page.find("//button[normalize-space()='Hantar semula pautan']")
    mailed.send("/registered/resend", token=mailed.link().rpartition("/")[2])
    assert len(mailed.mail.sent) == 1


@pytest.mark.parametrize(("hours", "page"), [(23.99, "set_secrets"), (24, "activate")])
def test_a_link_lives_a_day(mailed: Visitor, held_clock: HeldClock, hours: float, page: str) -> None:
    """One day to the second."""
    held_clock.advance(hours=hours)

    assert mailed.activate().name == page


def test_an_expired_link_can_be_replaced_by_its_holder(
    mailed: Visitor, somebody: Callable[[], Visitor], held_clock: HeldClock
) -> None:
    """E-ACT-01 with a button, also in a browser that knows nothing of the registration."""
    held_clock.advance(hours=25)
    other = somebody()
    page = other.open(mailed.link())
    assert "telah tamat tempoh" in page.words

    sent = other.send("/registered/resend", token=page.value("token"))

    assert sent.name == "registered"
    assert [to for to, _, _ in mailed.mail.sent] == [mailed.email, mailed.email]
    assert mailed.activate().name == "set_secrets"


@pytest.mark.parametrize("token", ["0" * 32, "x", "%00", "a" * 500])
def test_an_invented_link_is_no_link(visitor: Visitor, token: str) -> None:
    """E-ACT-02 and nothing to resend; never an error of ours."""
    page = visitor.open(f"/activate/{token}")

    assert page.status == 410
    assert "tidak sah atau telah digunakan" in page.words
    assert visitor.send(f"/activate/{token}").status == 410
