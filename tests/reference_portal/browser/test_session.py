"""The end of a session with scripts: announced, counted down, lengthened, and what was typed is kept meanwhile."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from reference_portal.settings import PortalSettings
from tests.reference_portal.fakes import HeldClock
from tests.reference_portal.visitor import Visitor

OpenPage = Callable[[str], Page]


@pytest.fixture(name="portal_settings")
def _portal_settings(portal_settings: PortalSettings) -> PortalSettings:
    """Nearly all of a session's life is announced, so that nobody waits for it."""
    return portal_settings.model_copy(update={"idle_minutes": 3, "idle_warning_minutes": 1})


@pytest.fixture(name="open_page")
def _open_page(look: Callable[..., Page], visitor: Visitor) -> OpenPage:
    """`open_page(path)`: as who is signed in, in a window whose own clock the test moves."""
    visitor.be_signed_in()

    def open_page(path: str) -> Page:
        page = look(visitor, path)
        page.clock.install()
        page.reload()
        return page

    return open_page


def pass_by(page: Page, clock: HeldClock, seconds: int) -> None:
    """The same time for the portal and for the page."""
    clock.advance(seconds=seconds)
    page.clock.run_for(seconds * 1000)


def test_the_end_is_announced_and_the_button_puts_it_off(open_page: OpenPage, held_clock: HeldClock) -> None:
    """By a dialogue that takes the focus, counts down, and goes away; nothing typed is touched."""
    page = open_page("/apply")
    page.get_by_label("Bandar").fill("Kajang")
    dialog = page.get_by_role("dialog")
    pass_by(page, held_clock, 4)
    expect(page.get_by_text("Draf disimpan.")).to_be_visible()
    pass_by(page, held_clock, 55)
    expect(dialog).to_be_hidden()

    pass_by(page, held_clock, 2)

    expect(dialog).to_contain_text("Sesi anda akan tamat dalam 11")
    expect(page.get_by_role("button", name="Teruskan")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="Sesi anda akan tamat")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("status").filter(has_text="Sesi anda telah diteruskan.")).to_have_count(1)
    expect(page.get_by_label("Bandar")).to_have_value("Kajang")
    pass_by(page, held_clock, 59)
    expect(dialog).to_be_hidden()
    pass_by(page, held_clock, 2)
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_a_clock_that_was_set_forward_is_noticed(open_page: OpenPage, held_clock: HeldClock) -> None:
    """Half a minute of the page's own time later, although by that time the end is far away."""
    page = open_page("/account")
    held_clock.advance(seconds=150)
    page.clock.run_for(31_000)
    page.clock.run_for(1_000)

    expect(page.get_by_role("dialog")).to_contain_text("Sesi anda akan tamat dalam")


def test_after_the_end_the_page_says_so_and_what_was_typed_is_kept(
    open_page: OpenPage, held_clock: HeldClock, visitor: Visitor
) -> None:
    """On the screen as well as on the server, for when its owner has logged in again."""
    page = open_page("/apply")
    page.get_by_label("Bandar").fill("Kajang")
    pass_by(page, held_clock, 4)
    expect(page.get_by_text("Draf disimpan.")).to_be_visible()
    pass_by(page, held_clock, 57)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()

    held_clock.advance(seconds=120)
    page.clock.run_for(121_000)

    expect(dialog).to_contain_text("Apa yang ditaip dalam borang ini masih ada di sini")
    expect(page.get_by_role("link", name="Log masuk semula")).to_be_focused()
    visitor.sign_in()
    visitor.send("/choose-mode", mode="self_employed")
    assert visitor.open("/apply").value("town") == "Kajang"


def test_nobody_is_asked_whether_they_are_here_while_they_type(open_page: OpenPage, held_clock: HeldClock) -> None:
    """Keeping what was typed is word enough: the session goes on."""
    page = open_page("/apply")
    pass_by(page, held_clock, 58)
    page.get_by_label("Bandar").fill("Kajang")
    with page.expect_response("**/stay") as told:
        pass_by(page, held_clock, 2)

    assert told.value.json() == {"seconds": 180}
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_sandbox_whose_clock_stands_still_is_never_interrupted(open_page: OpenPage) -> None:
    """The server is asked before anybody is told; a page of this machine's own time knows nothing."""
    page = open_page("/dashboard")
    with page.expect_response("**/stay"):
        page.clock.run_for(62_000)

    expect(page.get_by_role("dialog")).to_be_hidden()


def test_what_is_typed_is_kept_a_moment_after_the_last_key(open_page: OpenPage, visitor: Visitor) -> None:
    """And said beside the button, without a word to anybody who listens."""
    page = open_page("/apply")
    page.get_by_label("Bandar").fill("Kajang")
    page.clock.run_for(3_100)

    expect(page.get_by_text("Draf disimpan.")).to_be_visible()
    assert visitor.open("/apply").value("town") == "Kajang"
