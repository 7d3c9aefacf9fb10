"""A network of canned pages, so that the browser is tested without a server."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pytest

from features.browser import Browser
from features.transport import Response, Unreachable

HTML = {"content-type": "text/html; charset=utf-8"}


@dataclass
class Sent:
    """One request as the network saw it."""

    method: str
    url: str
    data: bytes | None
    headers: Mapping[str, str]
    name: str


@dataclass
class CannedNetwork:
    """A transport that answers by method and address, and remembers what was asked."""

    answers: dict[tuple[str, str], Response] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)

    def page(self, url: str, html: str, method: str = "GET", status: int = 200) -> None:
        """Put a page at an address."""
        self.answers[method, url] = Response(status, url, HTML, html.encode())

    def redirect(self, url: str, to: str, method: str = "GET", status: int = 303) -> None:
        """Put a redirect at an address."""
        self.answers[method, url] = Response(status, url, {"location": to})

    def request(self, method: str, url: str, *, data: bytes | None, headers: Mapping[str, str], name: str) -> Response:
        """Answer as prepared."""
        self.sent.append(Sent(method, url, data, headers, name))
        if (method, url) not in self.answers:
            raise Unreachable(f"nothing was prepared for {method} {url}")
        return self.answers[method, url]


@pytest.fixture(name="network")
def _network() -> CannedNetwork:
    return CannedNetwork()


@pytest.fixture(name="browser")
def _browser(network: CannedNetwork) -> Browser:
    return Browser(network)


@pytest.fixture(name="shows")
def _shows(network: CannedNetwork, browser: Browser) -> Callable[[str], Browser]:
    """A browser that shows the page given."""

    def shows(html: str) -> Browser:
        network.page("http://portal/page", html)
        browser.open("http://portal/page")
        return browser

    return shows
