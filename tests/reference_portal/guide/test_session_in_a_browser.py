"""The end of a session with scripts: announced, counted down, lengthened, and what was typed is kept meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright

from reference_portal.settings import PortalSettings
from tests.browser.conftest import FLAGS, LIMIT_MS, find_browser
from tests.reference_portal.fakes import HeldClock
from tests.reference_portal.guide.test_documents_in_a_browser import serving
from tests.reference_portal.visitor import Visitor

Look = Callable[[str], Page]


@pytest.fixture(name="chromium", scope="module")
def _chromium() -> Iterator[Browser]:
    """One browser for all of them; closed after them, because its event loop would be in others' way."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(name="portal_settings")
def _portal_settings(portal_settings: PortalSettings) -> PortalSettings:
    """Nearly all of a session's life is announced, so that nobody waits for it."""
    return portal_settings.model_copy(update={"idle_minutes": 3, "idle_warning_minutes": 1})


@pytest.fixture(name="look")
def _look(portal_app: Flask, chromium: Browser, visitor: Visitor) -> Iterator[Look]:
    """`look(path)`: the page in a real browser whose own clock the test moves, with the cookie of who is signed in."""
    visitor.be_signed_in()
    with serving(portal_app) as address, ExitStack() as windows:

        def look(path: str) -> Page:
            cookie = visitor.client.get_cookie(portal_app.config["SESSION_COOKIE_NAME"], domain="localhost")
            assert cookie
            window = chromium.new_context(viewport={"width": 390, "height": 844})
            windows.callback(window.close)
            window.set_default_timeout(LIMIT_MS)
            window.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
            page = window.new_page()
            page.clock.install()
            page.goto(address + path)
            return page

        yield look


def pass_by(page: Page, clock: HeldClock, seconds: int) -> None:
    """The same time for the portal and for the page."""
    clock.advance(seconds=seconds)
    page.clock.run_for(seconds * 1000)


def test_the_end_is_announced_and_the_button_puts_it_off(look: Look, held_clock: HeldClock) -> None:
    """By a dialogue that takes the focus, counts down, and goes away; nothing typed is touched."""
    page = look("/apply")
    page.get_by_label("Bandar").fill("Kajang")
    dialog = page.get_by_role("dialog")
    pass_by(page, held_clock, 4)
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


def test_after_the_end_the_page_says_so_and_what_was_typed_is_kept(
    look: Look, held_clock: HeldClock, visitor: Visitor
) -> None:
    """On the screen as well as on the server, for when its owner has logged in again."""
    page = look("/apply")
    page.get_by_label("Bandar").fill("Kajang")
    pass_by(page, held_clock, 4)
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


def test_a_sandbox_whose_clock_stands_still_is_never_interrupted(look: Look) -> None:
    """The server is asked before anybody is told; a page of this machine's own time knows nothing."""
    page = look("/dashboard")
    with page.expect_response("**/stay"):
        page.clock.run_for(62_000)

    expect(page.get_by_role("dialog")).to_be_hidden()


def test_what_is_typed_is_kept_a_moment_after_the_last_key(look: Look, visitor: Visitor) -> None:
    """And said beside the button, without a word to anybody who listens."""
    page = look("/apply")
    page.get_by_label("Bandar").fill("Kajang")
    page.clock.run_for(3_100)

    expect(page.get_by_text("Draf disimpan.")).to_be_visible()
    assert visitor.open("/apply").value("town") == "Kajang"
