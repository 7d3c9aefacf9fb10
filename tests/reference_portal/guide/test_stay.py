"""The end of a session: announced with the seconds the server knows of, lengthened by a button, never by looking."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reference_portal.settings import PortalSettings
from tests.reference_portal.fakes import HeldClock
from tests.reference_portal.visitor import Visitor


@pytest.fixture(name="owner")
def _owner(visitor: Visitor) -> Visitor:
    """Somebody who is signed in."""
    return visitor.be_signed_in()


def left(visitor: Visitor) -> int:
    """What the script is told."""
    return int(visitor.look("/stay").answer.get_json()["seconds"])


def test_a_page_says_how_long_there_is_and_when_to_warn(owner: Visitor, visitor: Visitor) -> None:
    """Fifteen minutes, the last two of them announced; nothing of it for who is not signed in."""
    page = owner.open("/dashboard")
    (box,) = page.find("//dialog[@data-session]")

    assert (box.get("data-session"), box.get("data-warn")) == ("900", "120")
    assert "{n} saat" in box.get("data-text")
    visitor.client.delete_cookie("iperkeso_sandbox_8000")
    assert not visitor.open("/").find("//dialog")


def test_looking_lengthens_nothing_and_the_button_does(owner: Visitor, held_clock: HeldClock) -> None:
    """Thirteen minutes, two left; after **Teruskan** fifteen again."""
    held_clock.advance(minutes=13)
    assert [left(owner), left(owner)] == [120, 120]

    assert owner.send("/stay").answer.get_json() == {"seconds": 900}
    held_clock.advance(minutes=14, seconds=59)
    assert left(owner) == 1
    assert owner.open("/dashboard").name == "dashboard"


def test_the_button_comes_too_late_after_the_end(owner: Visitor, held_clock: HeldClock) -> None:
    """To the second; for strangers there is nothing to lengthen."""
    held_clock.advance(minutes=15)

    assert owner.send("/stay").answer.get_json() == {"seconds": 0}
    assert left(owner) == 0
    assert "Sesi anda telah tamat." in owner.open("/dashboard").words


def test_a_session_has_a_longest_time_whatever_is_pressed(owner: Visitor, held_clock: HeldClock) -> None:
    """Half an hour here; the page announces that end like any other."""
    owner.portal.stays._longest = timedelta(minutes=30)
    for _ in range(2):
        held_clock.advance(minutes=10)
        owner.send("/stay")
    assert left(owner) == 600
    held_clock.advance(minutes=10)

    assert owner.open("/dashboard").name == "sign_in"


def test_an_idle_time_shorter_than_the_usual_warning_has_none() -> None:
    """Rather than no start; a warning that was asked for and cannot be is refused."""
    assert PortalSettings(idle_minutes=5).warning_seconds == 0
    assert PortalSettings(idle_minutes=5, idle_warning_minutes=4).warning_seconds == 60
    with pytest.raises(ValueError, match="idle_warning_minutes"):
        PortalSettings(idle_minutes=5, idle_warning_minutes=5)
