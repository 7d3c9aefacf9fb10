"""WCAG 2.2 AA as far as a program can see it: axe-core in a real browser, on every page, in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask, Response
from playwright.sync_api import Page, expect

from tests.reference_portal.visitor import PASSWORD, Visitor

Look = Callable[..., Page]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """rules => axe.run(document, {resultTypes: ['violations'], runOnly: rules}).then(found =>
  found.violations.map(wrong => `${wrong.id}: ${wrong.nodes.map(node => node.html).join("; ")}`))"""
REFLOW_PX = 320
"""WCAG 2.2, 1.4.10: what a window of 1280 px is at 400 %."""


class Examiner:
    """Opens every page in Malay on a phone and in English at a desk, and keeps what is wrong with it."""

    def __init__(self, visitor: Visitor, phone: Page, desk: Page) -> None:
        self._visitor = visitor
        self._windows = (phone, desk)
        self.wrong: list[str] = []
        self.seen: set[str] = set()

    def examine(self, path: str, press: str | None = None) -> None:
        """The page at that path, or what comes when its form is sent empty by the button `press`."""
        for page in self._windows:
            self._sign_in(page)
            page.goto(self.address + path)
            if press is not None:
                page.get_by_role("button", name=press, exact=True).click()
                expect(page.get_by_test_id("error-summary")).to_be_focused()
            page.add_script_tag(url="/axe.js")
            self.seen.add(page.locator("main").get_attribute("data-page") or "")
            self.wrong += [
                f"{path} in {page.locator('html').get_attribute('lang')}: {wrong}"
                for wrong in page.evaluate(RUN, RULES)
            ]
        self._reflow(self._windows[0], path)

    def _reflow(self, page: Page, path: str) -> None:
        room = page.viewport_size
        assert room is not None
        page.set_viewport_size({"width": REFLOW_PX, "height": room["height"]})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > REFLOW_PX:
            self.wrong.append(f"{path} scrolls sideways at {REFLOW_PX} px: {wide}")
        page.set_viewport_size(room)

    @property
    def address(self) -> str:
        """Where the portal is."""
        return self._windows[0].evaluate("location.origin")  # type: ignore[no-any-return]  # a string

    def _sign_in(self, page: Page) -> None:
        name = self._visitor.app.config["SESSION_COOKIE_NAME"]
        cookie = self._visitor.client.get_cookie(name, domain="localhost")
        if cookie is not None:
            page.context.add_cookies([{"name": name, "value": cookie.value, "url": self.address}])


@pytest.fixture(name="examiner")
def _examiner(visitor: Visitor, look: Look, portal_app: Flask) -> Examiner:
    """Two windows; axe comes from the portal itself, as its policy demands, and the browser compiles it once."""

    @portal_app.get("/axe.js")
    def axe() -> Response:
        return Response(AXE_SCRIPT, mimetype="text/javascript", headers={"Cache-Control": "max-age=60"})

    return Examiner(visitor, look(visitor, "/"), look(visitor, "/", width=1280, language="en"))


def test_axe_finds_nothing_on_any_page(examiner: Examiner, visitor: Visitor) -> None:
    """Before and after a mistake, with and without cover, waiting, paid and nowhere; no page scrolls sideways."""
    examiner.examine("/")
    examiner.examine("/sample-applicant/teksi/semenanjung/7")
    examiner.examine("/register", press="Seterusnya")
    examiner.examine("/sample-applicant")
    visitor.register()
    examiner.examine("/confirm-mobile", press="Seterusnya")
    visitor.confirm_mobile()
    examiner.examine("/registered")
    examiner.examine(visitor.link())
    visitor.activate()
    examiner.examine("/set-secrets", press="Seterusnya")
    visitor.set_secrets()
    examiner.examine("/sign-in", press="Seterusnya")
    visitor.send("/sign-in", identity_number=visitor.identity_number)
    examiner.examine("/sign-in-password", press="Log Masuk")
    examiner.examine("/forgot-password", press="Seterusnya")
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
    examiner.examine("/apply", press="Hantar & bayar")
    visitor.apply()
    examiner.examine("/pay-by-fpx", press="Bayar dengan FPX")
    visitor.send("/pay-by-fpx", bank="UJIAN001")
    examiner.examine("/pay-by-fpx?bank=lain")
    visitor.pay("51")
    examiner.examine(f"/receipt/{visitor.order_number()}")
    visitor.send(f"/receipt/{visitor.order_number()}/retry")
    visitor.pay()
    examiner.examine(f"/receipt/{visitor.order_number()}")
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
