"""A real browser and a whole sandbox, for tests that walk as a person does."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from features.addresses import Addresses
from sandbox.world import World, WorldOptions

PROGRAMS = ("chromium-headless-shell", "chromium")
INSTALL = "sudo apt-get install chromium-headless-shell"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--js-flags=--no-opt --min-semi-space-size=64"]  # no page lives long enough to earn its optimised code


LIMIT_MS = 15_000


class Eyes:
    """Watches every page of a window: what its console says, what fails to load, and how it looks."""

    def __init__(self, window: BrowserContext) -> None:
        self.window = window
        self.complaints: list[str] = []
        window.set_default_timeout(LIMIT_MS)
        window.on("page", self._watch)

    def look_at(self, page: Page) -> None:
        """Fail unless the page is marked SANDBOX in title and on top, has one heading, and fits the window."""
        expect(page).to_have_title(re.compile(r"^\[SANDBOX\] ."))
        expect(page.get_by_test_id("sandbox-strip")).to_be_in_viewport()
        assert page.get_by_role("heading", level=1).count() == 1, f"{page.url} has not one heading"
        wide, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide <= room, f"{page.url} scrolls sideways: {wide} in {room}"

    def _watch(self, page: Page) -> None:
        page.on("console", lambda said: self._complain(said.type in ("error", "warning"), page, said.text))
        page.on("pageerror", lambda error: self._complain(True, page, str(error)))
        page.on("response", lambda answer: self._complain(answer.status >= 400, page, f"{answer.status} {answer.url}"))
        # While somebody listens the browser hands a file window over; else it shuts it unseen. To be told so takes it
        # a moment, in which a key pressed at once overtakes a listener of that moment: one listens all the time.
        page.on("filechooser", lambda _: None)

    def _complain(self, bad: bool, page: Page, what: str) -> None:
        if bad:
            self.complaints.append(f"{page.url}: {what}")


class NoBrowser(Exception):
    """The system has no browser these tests could drive."""


def find_browser() -> str:
    """The path of the first program found.

    Raises:
        NoBrowser: none is installed; says which command installs one.
    """
    for program in PROGRAMS:
        if path := shutil.which(program):
            return path
    raise NoBrowser(f"no {' or '.join(PROGRAMS)} on this system; install one with: {INSTALL}")


@pytest.fixture(name="chromium", scope="module")
def _chromium() -> Iterator[Browser]:
    """One browser for the tests of a module; closed after them, because its event loop would be in others' way."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(name="addresses")
def _addresses() -> Iterator[Addresses]:
    """A sandbox of its own for each test, on free ports."""
    with World(WorldOptions(fast_passwords=True)) as world:
        yield world.addresses


@pytest.fixture(name="eyes_of")
def _eyes_of() -> type[Eyes]:
    """`eyes_of(window)` before its first page is opened."""
    return Eyes


@pytest.fixture(name="find_browser")
def _find_browser() -> Callable[[], str]:
    """How the browser of these tests is found."""
    return find_browser
