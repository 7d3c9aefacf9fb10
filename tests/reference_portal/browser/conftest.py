"""A real browser on a portal without wires: for what only a browser shows."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright

from emulators.foundation.serving import Server
from tests.browser.conftest import FLAGS, LIMIT_MS, find_browser
from tests.reference_portal.visitor import Visitor

Look = Callable[..., Page]


_open = ExitStack()
_running: list[Browser] = []


@pytest.fixture(name="chromium", scope="module")
def _chromium() -> Browser:
    """One browser for the tests of this folder: starting it costs as much as six of them. A dead one is replaced."""
    if _running and not _running[0].is_connected():
        _open.close()
    if not _running:
        with ExitStack() as beginning:
            playwright = beginning.enter_context(sync_playwright())
            browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
            beginning.callback(browser.close)
            _open.enter_context(beginning.pop_all())
        _open.callback(_running.clear)
        _running.append(browser)
    return _running[0]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None]:
    """The browser is closed after the last of them, however it ends: its event loop would be in others' way."""
    try:
        yield
    finally:
        if nextitem is None or nextitem.path.parent != item.path.parent:
            _open.close()


@pytest.fixture(name="address")
def _address(portal_app: Flask) -> Iterator[str]:
    """The portal on a port of its own, as the sandbox serves it: what a page breaks off is given back."""
    server = Server("127.0.0.1", 0)
    server.serve(portal_app)
    yield server.url
    server.stop()


@pytest.fixture(name="look")
def _look(portal_app: Flask, address: str, chromium: Browser) -> Iterator[Look]:
    """`look(visitor, path)`: the page in a window on a phone, with the visitor's cookies; `window` has more wishes."""
    windows = []

    def look(visitor: Visitor, path: str, *, width: int = 390, language: str = "ms", **window: object) -> Page:
        opened = chromium.new_context(viewport={"width": width, "height": 844}, **window)  # type: ignore[arg-type]
        windows.append(opened)
        opened.set_default_timeout(LIMIT_MS)
        session = visitor.client.get_cookie(portal_app.config["SESSION_COOKIE_NAME"], domain="localhost")
        if session is not None:
            opened.add_cookies([{"name": session.key, "value": session.value, "url": address}])
        opened.add_cookies([{"name": "iperkeso_bahasa", "value": language, "url": address}])
        page = opened.new_page()
        page.goto(address + path)
        return page

    yield look
    for window in windows:
        window.close()
