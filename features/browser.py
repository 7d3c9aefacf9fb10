"""A small browser without JavaScript: opens, fills, presses, follows redirects and self-posting pages."""

from __future__ import annotations

from urllib.parse import urldefrag, urljoin, urlsplit

from lxml.html import HtmlElement

from features.errors import NobodyAnswers, WhatThePageSaid
from features.forms import CannotFill, Filled, Typed, Upload, encoded, filled
from features.page import Page, is_disabled
from features.transport import HttpTransport, Response, Transport, Unreachable

MOST_HOPS = 12
"""Redirects and self-posting pages followed in a row before giving up."""

NOTHING = Page(Response(0, "about:blank"))


class Browser:
    """One window: a current page, what was typed into it, and a session that keeps cookies."""

    def __init__(self, transport: Transport | None = None) -> None:
        self.transport: Transport = transport or HttpTransport()
        self.page = NOTHING
        self.step = "-"
        """The step under way; names requests in statistics and errors."""
        self.sent: Filled = []
        """What the last form sent, field by field."""
        self._before = NOTHING
        self._typed: dict[str, Typed] = {}
        self._smuggled: Filled = []

    def open(self, url: str) -> Page:
        """Go to an address, absolute or relative to the present page."""
        return self._arrive(self._send("GET", urljoin(self.page.url, url)))

    def fill(self, **fields: Typed) -> None:
        """Type into fields, by their name; nothing is sent until a button is pressed."""
        self._typed.update(fields)

    def smuggle(self, **fields: str | Upload) -> None:
        """Send values with the next form although the page does not offer them: what a hand-made request does."""
        self._smuggled += list(fields.items())

    def back(self) -> Page:
        """Show the page before this one again, as it was."""
        self.page, self._before = self._before, NOTHING
        self._typed, self._smuggled = {}, []
        return self.page

    def press(self, label: str) -> Page:
        """Press the button or follow the link that reads `label`.

        Raises:
            WhatThePageSaid: there is none, it is disabled, or its form has not the fields that were typed into.
        """
        element = self.page.pressable(label)
        if element is None:
            there = "a disabled" if self.page.labelled(label) else "no"
            raise self._said(f"to press {label!r} (there is {there} such button or link among {self.page.buttons()})")
        if element.tag == "a":
            return self.open(element.get("href", ""))
        form = self._form_of(element)
        if form is None:
            raise self._said(f"a form around {label!r}")
        return self._submit(form, element)

    def download(self, label: str) -> Page:
        """Fetch what the link `label` leads to; the present page stays."""
        link = self.page.pressable(label)
        if link is None or link.tag != "a":
            raise self._said(f"a link {label!r}")
        return self.fetch(link.get("href", ""))

    def fetch(self, url: str) -> Page:
        """Fetch an address beside the present page, which stays."""
        return self._follow(self._send("GET", urljoin(self.page.url, url)))

    def _submit(self, form: HtmlElement, pressed: HtmlElement | None) -> Page:
        try:
            sent = filled(self.page, form, self._typed, pressed)
        except CannotFill as error:
            raise self._said(str(error)) from error
        smuggled = {name for name, _value in self._smuggled}
        sent = [(name, value) for name, value in sent if name not in smuggled] + self._smuggled
        self.sent = sent
        action = (pressed.get("formaction") if pressed is not None else None) or form.get("action") or self.page.url
        target = urljoin(self.page.url, action)
        if form.get("method", "get").lower() != "post":
            query = encoded(form, sent)[0].decode()
            return self._arrive(self._send("GET", f"{target.partition('?')[0]}?{query}"))
        body, content_type = encoded(form, sent)
        return self._arrive(self._send("POST", target, body, content_type))

    def _form_of(self, button: HtmlElement) -> HtmlElement | None:
        if button.get("form"):
            return next(iter(self.page.find(f"//form[@id='{button.get('form')}']")), None)
        return next(button.iterancestors("form"), None)

    def _send(self, method: str, url: str, body: bytes | None = None, content_type: str = "") -> Page:
        headers = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
        if self.page.url.startswith("http"):
            headers["Referer"] = urldefrag(self.page.url).url
        if body is not None:
            here = urlsplit(self.page.url)
            headers |= {"Content-Type": content_type, "Origin": f"{here.scheme}://{here.netloc}"}
        try:
            answer = self.transport.request(method, urldefrag(url).url, data=body, headers=headers, name=self.step)
        except Unreachable as error:
            raise NobodyAnswers(self.step, method, url, error) from error
        if answer.status in (307, 308) and body is not None and "location" in answer.headers:
            return self._send(method, urljoin(answer.url, answer.headers["location"]), body, content_type)
        return Page(answer)

    def _follow(self, page: Page) -> Page:
        for _hop in range(MOST_HOPS):
            if not 300 <= page.status < 400 or "location" not in page.response.headers:
                return page
            page = self._send("GET", urljoin(page.url, page.response.headers["location"]))
        raise WhatThePageSaid(self.step, f"an end after {MOST_HOPS} redirects", page)

    def _arrive(self, page: Page) -> Page:
        self._before, self.page = self.page, self._follow(page)
        self._typed, self._smuggled = {}, []
        posting = self.page.find("//form[@data-self-post]")
        if not posting:
            return self.page
        self._self_posts += 1
        if self._self_posts > MOST_HOPS:
            raise self._said(f"an end after {MOST_HOPS} self-posting pages")
        try:
            buttons = self.page.find(".//button | .//input[@type='submit']", posting[0])
            return self._submit(posting[0], next((button for button in buttons if not is_disabled(button)), None))
        finally:
            self._self_posts -= 1

    _self_posts = 0

    def _said(self, expected: str) -> WhatThePageSaid:
        return WhatThePageSaid(self.step, expected, self.page)
