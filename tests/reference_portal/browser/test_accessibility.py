"""WCAG 2.2 AA as far as a program can see it: axe-core in a real browser, on every page, in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask, Response
from playwright.sync_api import Page

from tests.reference_portal.visitor import PASSWORD, Visitor
from tests.reference_portal.visitor import Page as Answer

Look = Callable[..., Page]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """rules => axe.run(document, {resultTypes: ['violations'], runOnly: rules}).then(found =>
  found.violations.map(wrong => `${wrong.id}: ${wrong.nodes.map(node => node.html).join("; ")}`))"""
SHOW = """html => {
  const page = new DOMParser().parseFromString(html, "text/html");
  document.title = page.title;
  document.documentElement.lang = page.documentElement.lang;
  document.body.replaceWith(document.adoptNode(page.body));
}"""
"""Another page in the same document: the style sheet is there, and axe is warm; loading both for each took a minute."""
REFLOW_PX = 320
"""WCAG 2.2, 1.4.10: what a window of 1280 px is at 400 %."""


class Examiner:
    """Looks at every page in Malay on the narrowest screen and in English at a desk; keeps what is wrong."""

    def __init__(self, visitor: Visitor, narrow: Page, desk: Page) -> None:
        self._visitor = visitor
        self._windows = {"ms": narrow, "en": desk}
        self.wrong: list[str] = []
        self.seen: set[str] = set()
        for window in self._windows.values():
            window.add_script_tag(url="/axe.js")

    def examine(self, path: str) -> None:
        """The page at that path."""
        self._both(path, lambda: self._visitor.open(path))

    def mistake(self, path: str) -> None:
        """The page after its form was sent empty: the summary on top is what gets the focus."""
        self._both(path, lambda: self._visitor.send(path))
        assert self._windows["ms"].locator("[data-testid=error-summary][autofocus][tabindex]").count() == 1

    def examine_live(self, look: Look, path: str) -> None:
        """The page as its scripts make it."""
        page = look(self._visitor, path)
        page.add_script_tag(url="/axe.js")
        self._judge(page, f"{path} with scripts")

    def _both(self, path: str, ask: Callable[[], Answer]) -> None:
        for language, window in self._windows.items():
            self._visitor.client.set_cookie("iperkeso_bahasa", language)
            answer = ask()
            self.seen.add(answer.name)
            window.evaluate(SHOW, answer.text)
            self._judge(window, f"{path} in {language}")
        self._visitor.client.set_cookie("iperkeso_bahasa", "ms")
        wide = self._windows["ms"].evaluate("document.documentElement.scrollWidth")
        if wide > REFLOW_PX:
            self.wrong.append(f"{path} scrolls sideways at {REFLOW_PX} px: {wide}")

    def _judge(self, window: Page, where: str) -> None:
        self.wrong += [f"{where}: {wrong}" for wrong in window.evaluate(RUN, RULES)]


@pytest.fixture(name="examiner")
def _examiner(visitor: Visitor, look: Look, portal_app: Flask) -> Examiner:
    """Two windows; axe comes from the portal itself, as its policy demands."""

    @portal_app.get("/axe.js")
    def axe() -> Response:
        return Response(AXE_SCRIPT, mimetype="text/javascript", headers={"Cache-Control": "max-age=60"})

    return Examiner(visitor, look(visitor, "/", width=REFLOW_PX), look(visitor, "/", width=1280))


def test_axe_finds_nothing_on_any_page(examiner: Examiner, visitor: Visitor, look: Look) -> None:
    """Before and after a mistake, with and without cover, waiting, paid and nowhere; no page scrolls sideways."""
    examiner.examine("/")
    examiner.examine("/sample-applicant/teksi/semenanjung/7")
    examiner.mistake("/register")
    examiner.examine("/sample-applicant")
    visitor.register()
    examiner.mistake("/confirm-mobile")
    visitor.confirm_mobile()
    examiner.examine("/registered")
    examiner.examine(visitor.link())
    visitor.activate()
    examiner.mistake("/set-secrets")
    examiner.examine_live(look, "/set-secrets")
    visitor.set_secrets()
    examiner.mistake("/sign-in")
    visitor.send("/sign-in", identity_number=visitor.identity_number)
    examiner.mistake("/sign-in-password")
    examiner.mistake("/forgot-password")
    visitor.send("/forgot-password", identity_number=visitor.identity_number)
    visitor.portal.afterwards.run_once()
    examiner.examine("/reset-code")
    visitor.send("/reset-code", otp=visitor.otp())
    examiner.examine("/reset-password")
    visitor.sign_in()
    examiner.examine("/choose-mode")
    visitor.send("/choose-mode", mode="self_employed")
    examiner.examine("/dashboard")
    examiner.examine("/account")
    examiner.examine("/change-password")
    examiner.examine("/change-email")
    examiner.examine("/change-phone")
    visitor.send("/change-phone", mobile="011-0777 4567", password=PASSWORD)
    examiner.examine("/confirm-change/phone")
    examiner.mistake("/apply")
    visitor.apply()
    examiner.mistake("/pay-by-fpx")
    visitor.send("/pay-by-fpx", bank="UJIAN001")
    examiner.examine("/pay-by-fpx?bank=lain")
    visitor.pay("51")
    examiner.examine(f"/receipt/{visitor.order_number()}")
    visitor.send(f"/receipt/{visitor.order_number()}/retry")
    visitor.pay()
    examiner.examine(f"/receipt/{visitor.order_number()}")
    examiner.examine_live(look, f"/receipt/{visitor.order_number()}")
    examiner.examine("/dashboard")
    examiner.examine("/renew")
    examiner.examine("/receipt-check/forged")
    examiner.examine("/nowhere")

    assert examiner.wrong == []
    assert examiner.seen == {
        *("home", "register", "forgot_password", "confirm_mobile", "registered", "activate", "set_secrets", "sign_in"),
        *("sign_in_password", "choose_mode", "dashboard", "account", "change_phone", "apply", "pay_by_fpx", "receipt"),
        *("renew", "receipt_check", "error", "sample_applicant", "reset_code", "reset_password", "change_password"),
        *("change_email", "confirm_change"),
    }
